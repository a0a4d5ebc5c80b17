"""What the clock does to promises: reminders before the due date, overdue after it; safe to repeat."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import wording
from ledger import acts
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records import words
from records.models import Commitment, CommitmentReminder, CommitmentState
from records.services.commitments import performance
from records.services.notifications import tell
from records.workflow.commitments.clocks import WARNINGS
from records.workflow.commitments.machine import COMMITMENT
from rules import calendar, parameters
from rules.clock import local_day


def lapse_due(*, now: datetime) -> int:
    """Turn overdue what was due until yesterday and nobody claimed; this will do nothing the second time."""
    over = Commitment.objects.filter(state=CommitmentState.ACTIVE, due_on__lt=local_day(now))
    return sum(_lapse(promise, now=now) for promise in over.order_by("due_on", "number"))


def _lapse(promise: Commitment, *, now: datetime) -> bool:
    try:
        performance.lapse(promise, now=now)
    except Conflict:  # claimed, changed, or turned by another worker since the list was read
        return False
    return True


def remind_due(*, now: datetime) -> int:
    """
    Write the reminders whose day has come, each once; this will do nothing the second time. Return how many were written.

    A reminder whose day was missed is made good on the next run; where several were missed, the nearest alone counts.
    """
    today = local_day(now)
    warnings = sorted(int(days) for days in parameters.value(WARNINGS, on=today))
    running = Commitment.objects.filter(state=CommitmentState.ACTIVE, due_on__gte=today)
    return sum(_remind(promise, warnings, today, now) for promise in running.order_by("due_on", "number"))


def _remind(promise: Commitment, warnings: list[int], today: date, now: datetime) -> bool:
    due = words.settled(promise.due_on)
    left = calendar.working_days_between(today, due)
    step = next((days for days in warnings if left <= days), None)
    if step is None or promise.reminders.filter(due_on=due, days_before__lte=step).exists():
        return False
    try:
        _write(promise, step, due, now)
    except Conflict:  # another worker was quicker since the list was read
        return False
    return True


def _write(promise: Commitment, step: int, due: date, now: datetime) -> None:
    with acts.act(kind="commitment.remind", actor=SYSTEM, role="system", obj=promise, now=now):
        held = COMMITMENT.lock(promise)
        if held.reminders.filter(due_on=due, days_before=step).exists():
            raise Conflict(_("已经提醒过"))
        CommitmentReminder(commitment=held, days_before=step, due_on=due, reminded_on=local_day(now)).save()
        _tell(held, step, due, now)


def _tell(promise: Commitment, step: int, due: date, now: datetime) -> None:
    """The clerks of the department and the official who answers for the promise."""
    left = wording.working_days(calendar.working_days_between(local_day(now), due))
    official = promise.responsible_official
    tell(
        "promise.near",
        places={"unit": promise.department},
        persons=[official.person] if official is not None else [],
        case=promise,
        words={"title": promise.title, "number": promise.number, "day": words.day(due), "left": left},
        now=now,
        once=f"commitment.due:{promise.pk}:{due}:{step}",
    )
