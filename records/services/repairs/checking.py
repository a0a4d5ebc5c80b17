"""Acceptance: the office checks the papers, tells what is missing once, and sends the application to who recognised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM, Actor
from ledger.refusals import Conflict
from records import words
from records.models import CreditRepair, RepairState, SupplementNotice
from records.services import remarks
from records.services.repairs import checklist, telling
from records.workflow.repairs import clocks
from records.workflow.repairs.machine import REPAIR
from rules.clock import local_day


def accept(*, actor: User, repair: CreditRepair, version: int, now: datetime, request_key: str = "") -> CreditRepair:
    """
    Accept an application whose papers are complete; this will also send it on where the deciding office is one's own.

    :raises Conflict: a required material is missing
    :raises NotAllowed: the actor has a hand in the record or is tied to its subject
    """

    def then(accepted: CreditRepair) -> None:
        checklist.pass_all(accepted)
        if _is_of_the_deciding_office(actor, accepted, now):
            forward(actor=SYSTEM, repair=accepted, version=None, now=now)

    REPAIR.perform(
        "accept",
        repair,
        actor=actor,
        now=now,
        version=version,
        request_key=request_key,
        then=then,
        accepted_on=local_day(now),
        officer_id=actor.person_id,
    )
    return _fresh(repair)


def _is_of_the_deciding_office(actor: User, repair: CreditRepair, now: datetime) -> bool:
    """Nothing has to be sent where the officer already sits in the department that recognised the record."""
    return any(grant.role == "appeals" and grant.department_id == repair.department_id for grant in actor.grants(now))


def _fresh(repair: CreditRepair) -> CreditRepair:
    found: CreditRepair = CreditRepair.objects.with_names().get(pk=repair.pk)
    return found


def ask_supplement(
    *, actor: User, repair: CreditRepair, told: Mapping[str, str], version: int, now: datetime
) -> SupplementNotice:
    """
    Tell the applicant everything that is missing and until when, in one notice; the office's clocks stop until it comes.

    Materials nobody handed in are named whether ticked or not (深圳经济特区社会信用条例 art. 81: told once).

    :param told: code of the material → what is wrong with it
    :raises Invalid: nothing lacks
    :raises Conflict: a notice was given before
    """
    made: list[SupplementNotice] = []

    def then(asked: CreditRepair) -> None:
        items = checklist.lacking(asked, told)
        checklist.mark_lacking(asked, items)
        notice = SupplementNotice(repair=asked, items=items, told_on=local_day(now), told_by_id=actor.person_id)
        notice.save()
        made.append(notice)
        missing = "、".join(item["label"] for item in items)
        until = words.day(clocks.supplement_due_on(asked))
        said = _("修复申请%(number)s须在%(until)s前补正（含当日），逾期视为撤回：%(missing)s")
        telling.tell(asked, said % {"number": asked.number, "until": until, "missing": missing}, now=now)

    REPAIR.perform(
        "ask_supplement",
        repair,
        actor=actor,
        now=now,
        version=version,
        then=then,
        supplement_told_on=local_day(now),
        officer_id=actor.person_id,
    )
    return made[0]


def not_accept(*, actor: User, repair: CreditRepair, reason: str, version: int, now: datetime) -> CreditRepair:
    """
    Refuse to take up an application, with the reason; this will leave the record as it is.

    :raises Invalid: no reason
    """
    said = remarks.clean(reason)

    def then(ended: CreditRepair) -> None:
        remarks.note(ended, actor=actor, action="not_accept", text=said, now=now)
        telling.tell(ended, _("修复申请%s不予受理") % ended.number, now=now)

    return REPAIR.perform(
        "not_accept",
        repair,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=then,
        not_accepted_because=said,
        officer_id=actor.person_id,
        ended_on=local_day(now),
    )


def forward(*, actor: Actor, repair: CreditRepair, version: int | None, now: datetime) -> CreditRepair:
    """Send an accepted application to the department that recognised the record; this will start its 3 working days."""
    return REPAIR.perform("forward", repair, actor=actor, now=now, version=version, forwarded_on=local_day(now))


def forward_due(*, now: datetime) -> int:
    """Send on by itself what was accepted before today and nobody sent; return how many. Safe to repeat."""
    waiting = CreditRepair.objects.filter(state=RepairState.ACCEPTED, accepted_on__lt=local_day(now))
    return sum(_forward(repair, now) for repair in waiting.order_by("accepted_on", "number"))


def lapse_due(*, now: datetime) -> int:
    """
    Deem withdrawn what was not completed in time, and tell the applicant; return how many. Safe to repeat.

    The record stays as it is, and the applicant is free to ask again.
    """
    waiting = (
        CreditRepair.objects.filter(state=RepairState.SUPPLEMENT).with_names().order_by("supplement_told_on", "number")
    )
    return sum(_lapse(repair, now) for repair in waiting if _is_late(repair, now))


def _is_late(repair: CreditRepair, now: datetime) -> bool:
    due = clocks.supplement_due_on(repair)
    return due is not None and due < local_day(now)


def _lapse(repair: CreditRepair, now: datetime) -> bool:
    said = _("补正期满没有补正，视为撤回")

    def then(lapsed: CreditRepair) -> None:
        told = _("修复申请%s逾期没有补正，视为撤回；记录不变，材料补齐以后可以再申请") % lapsed.number
        telling.tell(lapsed, told, now=now)

    try:
        REPAIR.perform(
            "lapse", repair, actor=SYSTEM, now=now, then=then, withdrawn_because=said, ended_on=local_day(now)
        )
    except Conflict:  # the applicant was quicker
        return False
    return True


def _forward(repair: CreditRepair, now: datetime) -> bool:
    try:
        forward(actor=SYSTEM, repair=repair, version=None, now=now)
    except Conflict:  # somebody sent it since the list was read
        return False
    return True
