"""Deadlines climb: near their day the holder is told, past it the head, later the superior; each once for a due date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accounts import wording
from ledger import acts
from ledger.actors import SYSTEM
from records.models import Escalation, Level
from records.selectors.notifications import addressees
from records.services.notifications import occasions
from rules import calendar, parameters
from rules.clock import local_day
from rules.deadlines import SUBJECT, owner_words
from rules.models import Deadline

HOLDER, HEAD, SUPERIOR = "escalation.holder_days", "escalation.head_days", "escalation.superior_days"
AT_ONCE, ELSEWHERE = "escalation.superior_at_once", "escalation.reminded_elsewhere"
OCCASION = {Level.HOLDER: "deadline.near", Level.HEAD: "deadline.missed", Level.SUPERIOR: "deadline.climbed"}


@dataclass(frozen=True)
class Ladder:
    """The last due days that have reached each level today, computed once a run."""

    today: date
    soon: date  # due on or before this day: the holder is told
    head: date  # due on or before this day: the head is told
    superior: date
    at_once: frozenset[str]
    elsewhere: frozenset[str]  # rules with reminders of their own before the day

    def levels(self, deadline: Deadline) -> list[Level]:
        """Return the levels a deadline has reached."""
        due = deadline.due_on
        if due is None:
            return []
        if due >= self.today:
            return [Level.HOLDER] if due <= self.soon and deadline.rule not in self.elsewhere else []
        reached = [Level.HEAD] if due <= self.head else []
        superior = self.head if deadline.rule in self.at_once else self.superior
        return [*reached, Level.SUPERIOR] if due <= superior else reached


def escalate_due(*, now: datetime) -> int:
    """
    Tell whoever each open deadline has reached since; this will be safe to repeat, and gives how many steps were taken.

    A paused deadline waits, a moved one climbs anew from its new day. What the subject may do within a period is his right:
    nobody is chased for it.
    """
    ladder = _ladder(local_day(now))
    rows = (
        Deadline.objects.filter(closed_on=None, due_on__lte=ladder.soon)
        .exclude(owner_department=None)
        .exclude(owner_role=SUBJECT)
    )
    known = set(Escalation.objects.filter(deadline__in=rows).values_list("deadline_id", "level", "due_on"))
    taken = 0
    for deadline in rows.select_related("owner_department__parent").order_by("due_on", "id"):
        for level in ladder.levels(deadline):
            if (deadline.pk, level.value, deadline.due_on) not in known:
                _step(deadline, level, now)
                taken += 1
    return taken


def _ladder(today: date) -> Ladder:
    def number(key: str) -> int:
        return int(parameters.value(key, on=today))

    return Ladder(
        today=today,
        soon=calendar.add_working_days(today, number(HOLDER)).day,
        head=_before(today, number(HEAD)),
        superior=_before(today, number(SUPERIOR)),
        at_once=frozenset(parameters.value(AT_ONCE, on=today)),
        elsewhere=frozenset(parameters.value(ELSEWHERE, on=today)),
    )


def _before(today: date, days: int) -> date:
    """The last due day after which more than so many working days have begun: yesterday for none."""
    day = today - calendar.ONE_DAY
    while calendar.working_days_between(day, today - calendar.ONE_DAY) < days:
        day -= calendar.ONE_DAY
    return day


def _step(deadline: Deadline, level: Level, now: datetime) -> None:
    due = deadline.due_on or local_day(now)  # a paused deadline has no day and reaches no level
    with acts.act(kind="notification.escalate", actor=SYSTEM, role="system", now=now):
        made = occasions.tell(
            OCCASION[level],
            places={"holder": deadline.owner_department},
            holders=addressees.holders(deadline, now=now),
            about=(deadline.object_type, deadline.object_id),
            words={
                "label": deadline.label, "day": wording.day(due), "owner": owner_words(deadline),
                "left": wording.working_days(_left(due, local_day(now))),
            },
            now=now,
            once=f"{deadline.pk}:{level.value}:{deadline.due_on}",
        )  # fmt: skip
        Escalation(deadline=deadline, level=level, due_on=due, reached_on=local_day(now), told=len(made)).save()


def _left(due: date, today: date) -> int:
    """Working days left; a day passed on a weekend is past all the same, though no working day lies between."""
    left = calendar.working_days_between(today, due)
    return -1 if due < today and left == 0 else left
