"""What waits for a person over all kinds of cases, by working days left; every count is the length of the list behind it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from accounts.models import RoleGrant, User
from ledger import reading
from records.models import Complaint
from records.selectors import waiting
from records.selectors.waiting import Task
from records.workflow.kinds import KINDS, CaseKind
from rules import calendar, deadlines
from rules.clock import ZONE, local_day
from rules.models import Deadline, Hand
from rules.workflow import hands

RETURNED = ("returned", "supplement")
HELD_SECONDS = 3600


@dataclass(frozen=True)
class Waiting:
    """One case that waits, for what, and how long; `days_left` is negative when overdue, None without a clock."""

    kind: CaseKind
    case: Any
    task: str
    edits: bool = False
    due_on: date | None = None
    days_left: int | None = None
    provisional: bool = False
    paused: bool = False
    since: date | None = None
    holder: str = ""


@dataclass(frozen=True)
class Inbox:
    """The five lists of the start page."""

    mine: list[Waiting]
    returned: list[Waiting]
    drafts: list[Waiting]
    others: list[Waiting]
    done: list[Waiting]

    @property
    def overdue(self) -> int:
        """How many of mine are past their day."""
        return sum(1 for item in self.mine if item.days_left is not None and item.days_left < 0)

    @property
    def due_today(self) -> int:
        """How many of mine are due today."""
        return sum(1 for item in self.mine if item.days_left == 0)

    @property
    def paused(self) -> int:
        """How many of mine have their clock stopped."""
        return sum(1 for item in self.mine if item.paused)


def inbox(*, user: User, now: datetime) -> Inbox:
    """Return what waits for the user and what he waits for; the number of queries does not grow with the rows."""
    asked = waiting.tasks(user=user, grants=user.grants(now), now=now)
    touched = _touched(user)
    lists: tuple[list[Waiting], ...] = ([], [], [], [], [])
    for kind in KINDS.values():
        for held, found in zip(lists, _of_kind(kind, user, asked[kind.name], touched, now), strict=True):
            held.extend(found)
    mine, returned, drafts, others, done = lists
    return Inbox(
        mine=_sorted(mine),
        returned=_sorted(returned),
        drafts=_sorted(drafts),
        others=_sorted(others),
        done=sorted(done, key=lambda row: row.kind.number(row.case), reverse=True),
    )


def count(*, user: User, grants: list[RoleGrant], now: datetime) -> int:
    """
    Return how many cases wait for the user: the length of the first list.

    Every page shows it, so it is counted anew only when it may have changed: with the next entry of the log, with a
    complaint taken in without one, or with the next day. Without the memory store it is counted every time.
    """
    key = _unchanged(user, now)
    held: int | None = _held(key)
    if held is None:
        held = sum(len(found) for found in waiting.tasks(user=user, grants=grants, now=now).values())
        _hold(key, held)
    return held


def _held(key: str) -> int | None:
    try:
        held: int | None = cache.get(key)
    except RedisError:  # the store is away: everything is counted anew
        return None
    return held


def _hold(key: str, waiting_now: int) -> None:
    with suppress(RedisError):
        cache.set(key, waiting_now, timeout=HELD_SECONDS)


def _unchanged(user: User, now: datetime) -> str:
    """A key that is another as soon as something the count stands on may be another."""
    today = local_day(now)
    quietly = Complaint.objects.filter(received_on=today).count()
    return f"waiting:{user.pk}:{reading.last_change()}:{today.isoformat()}:{quietly}"


def _of_kind(
    kind: CaseKind, user: User, asked: dict[UUID, Task], touched: list[Hand], now: datetime
) -> tuple[list[Waiting], ...]:
    """The five lists of one kind: three queries, however many cases."""
    own = [hand for hand in touched if hand.object_type == kind.machine.model._meta.label_lower]
    authored = {hand.object_id for hand in own if hand.part in hands.AUTHORS}
    monday = _monday(now)
    recent = {hand.object_id for hand in own if hand.at >= monday}
    if not asked and not own:
        return [], [], [], [], []
    model: Any = kind.machine.model
    rows = model._default_manager.visible_to(user, now) if kind.is_sealed else model._default_manager
    running = set(rows.filter(_running(kind), pk__in={hand.object_id for hand in own}).values_list("pk", flat=True))
    cases = list(rows.filter(pk__in={*asked, *running, *map(UUID, recent)}).select_related(*kind.related))
    clocks = _clocks(kind, cases)
    today = local_day(now)

    def row(case: Any, task: Task) -> Waiting:
        return _row(kind, case, task, clocks, today)

    mine = [row(case, asked[case.pk]) for case in cases if case.pk in asked]
    drafts = [
        row(case, (_("继续填写"), True)) for case in cases if case.state in kind.drafts and str(case.pk) in authored
    ]
    rest = [case for case in cases if case.pk not in asked and case.state not in kind.drafts]
    others = [row(case, (_("等待办理"), False)) for case in rest if case.pk in running]
    done = [
        Waiting(kind, case, _("已经手")) for case in cases if str(case.pk) in recent and case.state not in kind.drafts
    ]
    returned = [each for each in mine if each.case.state in RETURNED and str(each.case.pk) in authored]
    return mine, returned, drafts, others, done


def _running(kind: CaseKind) -> Q:
    """The cases somebody is asked to do something in, and drafts."""
    states = [Q(state__in=ask.states) & ask.where for ask in kind.asks]
    return reduce(or_, states, Q(state__in=kind.drafts))


def _touched(user: User) -> list[Hand]:
    return list(Hand.objects.filter(person_id=user.person_id).only("object_type", "object_id", "part", "at"))


def _monday(now: datetime) -> datetime:
    today = local_day(now)
    return datetime.combine(today - timedelta(days=today.weekday()), time.min, tzinfo=ZONE)


def _clocks(kind: CaseKind, cases: list[Any]) -> dict[tuple[str, str], Deadline]:
    keys = [str(case.pk) for case in cases]
    found = deadlines.open_on(kind.machine.model, keys) if keys and kind.clocks else ()
    return {(clock.object_id, clock.rule): clock for clock in found}


def _row(kind: CaseKind, case: Any, task: Task, clocks: dict[tuple[str, str], Deadline], today: date) -> Waiting:
    rules = kind.clocks.get(case.state, ())
    clock = next((clocks[str(case.pk), rule] for rule in rules if (str(case.pk), rule) in clocks), None)
    words, edits = task
    holder = waiting.holder(kind, case)
    if clock is None:
        return Waiting(kind, case, words, edits, holder=holder)
    left = None if clock.due_on is None else calendar.working_days_between(today, clock.due_on)
    return Waiting(
        kind,
        case,
        words,
        edits,
        clock.due_on,
        _signed(left, clock.due_on, today),
        clock.provisional,
        clock.is_paused,
        clock.started_on,
        holder,
    )


def _signed(left: int | None, due: date | None, today: date) -> int | None:
    """A day passed on a weekend is past all the same, though no working day lies between."""
    return -1 if left == 0 and due is not None and due < today else left


def _sorted(rows: Iterable[Waiting]) -> list[Waiting]:
    """The nearest day first; what has no day or stands still comes last."""
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.kind.number(row.case)))
