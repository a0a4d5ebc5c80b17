"""The end of a complaint: the rating, the close by the clock, a withdrawal, and the mark of a malicious report."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records.models import Complaint, ComplaintState, ComplaintWithdrawal
from records.services import remarks
from records.services.complaints import telling
from records.services.intake import thread
from records.workflow.complaints import clocks
from records.workflow.complaints.machine import COMPLAINT
from rules import deadlines
from rules.clock import local_day


def close_due(*, now: datetime) -> int:
    """
    Close every answered complaint whose days for a rating are over; this will do nothing the second time.

    Return how many were closed.
    """
    today = local_day(now)
    open_ = Complaint.objects.filter(state__in=(ComplaintState.ANSWERED, ComplaintState.RATED))
    keys = {str(key): key for key in open_.values_list("pk", flat=True)}
    due = deadlines.open_on(Complaint, list(keys)).filter(rule=clocks.CLOSING, due_on__lt=today)
    return sum(_close(keys[clock.object_id], now=now) for clock in due)


def _close(key: UUID, *, now: datetime) -> bool:
    try:
        COMPLAINT.perform("close", Complaint.objects.get(pk=key), actor=SYSTEM, now=now, closed_on=local_day(now))
    except Conflict:  # another worker was quicker
        return False
    return True


def withdraw(*, actor: User, complaint: Complaint, reason: str, version: int, now: datetime) -> Complaint:
    """
    Note that the reporter takes his complaint back; this will end it here.

    :raises Invalid: no reason
    """
    text = remarks.clean(reason)
    return COMPLAINT.perform(
        "withdraw",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=telling.noted(actor=actor, action="withdraw", text=text, now=now),
        closed_on=local_day(now),
    )


def carry_withdrawals(*, now: datetime) -> int:
    """
    End the cases whose senders took them back by receipt before today; a case decided or joined meanwhile goes on.

    Return how many were ended.
    """
    asked = ComplaintWithdrawal.objects.filter(asked_on__lt=local_day(now), complaint__state__in=thread.WITHDRAWABLE)
    cases = Complaint.objects.filter(pk__in=asked.values("complaint_id")).order_by("id")
    return sum(_take_back(case, now=now) for case in cases if thread.may_withdraw(case))


def _take_back(complaint: Complaint, *, now: datetime) -> bool:
    said = _("举报人凭查询码撤回")
    try:
        COMPLAINT.perform("withdraw", complaint, actor=SYSTEM, now=now, reason=said, closed_on=local_day(now))
    except Conflict:  # another worker was quicker, or it was decided this minute
        return False
    return True


def mark_malicious(*, actor: User, complaint: Complaint, reason: str, version: int, now: datetime) -> Complaint:
    """
    Mark a report found false as malicious; this will stay inside and never show who sent it.

    :raises Conflict: it was not found false, or is marked already
    :raises Invalid: no reason
    """
    text = remarks.clean(reason)
    return COMPLAINT.perform(
        "mark_malicious",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=telling.noted(actor=actor, action="mark_malicious", text=text, now=now),
        is_malicious=True,
    )
