"""Deadlines climb: near their day the holder is told, past it the head, later the superior; each once for a due date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from ledger import acts
from ledger.actors import SYSTEM
from records.models import Escalation, Level, NoticeKind
from records.selectors.notifications import addressees, matters
from records.services.notifications import sending
from rules import calendar, parameters
from rules.clock import local_day
from rules.deadlines import owner_words
from rules.models import Deadline

HOLDER, HEAD, SUPERIOR = "escalation.holder_days", "escalation.head_days", "escalation.superior_days"
AT_ONCE, ELSEWHERE = "escalation.superior_at_once", "escalation.reminded_elsewhere"


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

    A paused deadline waits, a moved one climbs anew from its new day.
    """
    ladder = _ladder(local_day(now))
    rows = Deadline.objects.filter(closed_on=None, due_on__lte=ladder.soon).exclude(owner_department=None)
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
        told = 0
        for kind, users in _addressed(deadline, level, now):
            for user in users:
                told += _tell(deadline, level, kind, user, now)
        Escalation(deadline=deadline, level=level, due_on=due, reached_on=local_day(now), told=told).save()


def _addressed(deadline: Deadline, level: Level, now: datetime) -> list[tuple[NoticeKind, list[User]]]:
    owner = deadline.owner_department
    holders = addressees.holders(deadline, now=now)
    if level == Level.HOLDER:
        return [(NoticeKind.REMINDER, holders)]
    if level == Level.SUPERIOR:
        return [(NoticeKind.ESCALATION, addressees.superiors(owner, now=now))] if owner else []
    heads = addressees.heads(owner, now=now)
    leading = {user.person_id for user in heads}
    return [
        (NoticeKind.ESCALATION, heads),
        (NoticeKind.OVERDUE, [user for user in holders if user.person_id not in leading]),
    ]


def _tell(deadline: Deadline, level: Level, kind: NoticeKind, user: User, now: datetime) -> int:
    matter = matters.seen(deadline.object_type, deadline.object_id, reader=user, now=now)
    told = matters.kind_of(deadline.object_type)
    if matter is None and told is not None and told.is_sealed:
        return 0  # a sealed case is not even named to whoever may not open it
    text = _words(deadline, matter, str(told.machine.label) if told else _("事项"), local_day(now))
    made = sending.notify(
        to=[user.person], kind=kind, obj=matter.case if matter else None, text=text, now=now,
        once=f"{deadline.pk}:{level.value}:{deadline.due_on}",
    )  # fmt: skip
    return len(made)


def _words(deadline: Deadline, matter: matters.Matter | None, noun: str, today: date) -> str:
    due = deadline.due_on or today
    what = matter.words if matter else _("有一件%(noun)s") % {"noun": noun}
    words = {
        "what": what, "label": deadline.label, "day": wording.day(due), "owner": owner_words(deadline),
        "left": wording.working_days(calendar.working_days_between(today, due)),
    }  # fmt: skip
    if due < today:
        return _("%(what)s逾期：%(label)s到%(day)s止没有办结（%(owner)s），%(left)s") % words
    return _("%(what)s快到期：%(label)s，%(day)s止，%(left)s") % words
