"""What waits for a person, by working days left; every count is the length of the list behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from records.models import UNDECIDED, DishonestyRecord, RecordState
from records.selectors import waiting
from records.workflow.clocks import HEARING, REPORTING, REVIEW
from rules import calendar, deadlines
from rules.clock import ZONE, local_day
from rules.models import Deadline, Hand

S = RecordState
CLOCKS: dict[str, tuple[str, ...]] = {
    S.DRAFT: (REPORTING,),
    S.RETURNED: (REPORTING,),
    S.PENDING_REVIEW: (REVIEW, REPORTING),
    S.NOTIFIED: (HEARING, REPORTING),
    S.PENDING_APPROVAL: (REVIEW, REPORTING),
}
"""Which deadline counts in which state: the step's own, else the one of the whole way."""


@dataclass(frozen=True)
class Waiting:
    """One record that waits, for what, and how long; `days_left` is negative when overdue, None without a clock."""

    record: DishonestyRecord
    task: str
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
    done: list[DishonestyRecord]

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
    grants = user.grants(now)
    tasks = waiting.tasks(user=user, grants=grants, now=now)
    own = DishonestyRecord.objects.filter(filer_id=user.person_id)
    drafts = list(own.filter(state=S.DRAFT).with_names())
    others = [record for record in _handed_on(user) if record.pk not in tasks]
    mine = list(DishonestyRecord.objects.filter(pk__in=tasks).with_names())
    clocks = _clocks([*mine, *drafts, *others])
    today = local_day(now)
    rows = [_row(record, tasks[record.pk], clocks, today) for record in mine]
    return Inbox(
        mine=_sorted(rows),
        returned=_sorted(
            row for row in rows if row.record.state == S.RETURNED and row.record.filer_id == user.person_id
        ),
        drafts=_sorted(_row(record, _("继续填写"), clocks, today) for record in drafts),
        others=_sorted(_row(record, _("等待办理"), clocks, today) for record in others),
        done=_done(user, now),
    )


def _handed_on(user: User) -> list[DishonestyRecord]:
    """Undecided records the person has a hand in; drafts wait for nobody."""
    touched = _touched(user)
    rows = DishonestyRecord.objects.filter(pk__in=touched, state__in=set(UNDECIDED) - {S.DRAFT})
    return list(rows.with_names())


def _touched(user: User, since: datetime | None = None) -> list[UUID]:
    held = Hand.objects.filter(object_type=DishonestyRecord._meta.label_lower, person_id=user.person_id)
    if since is not None:
        held = held.filter(at__gte=since)
    return [UUID(key) for key in held.values_list("object_id", flat=True).distinct()]


def _done(user: User, now: datetime) -> list[DishonestyRecord]:
    """What the person has had a hand in since Monday."""
    today = local_day(now)
    since = datetime.combine(today - timedelta(days=today.weekday()), time.min, tzinfo=ZONE)
    rows = DishonestyRecord.objects.filter(pk__in=_touched(user, since)).exclude(state=S.DRAFT)
    return list(rows.with_names().order_by("-registered_on", "-id"))


def _clocks(records: Iterable[DishonestyRecord]) -> dict[tuple[str, str], Deadline]:
    keys = [str(record.pk) for record in records]
    return {(clock.object_id, clock.rule): clock for clock in deadlines.open_on(DishonestyRecord, keys)}


def _row(record: DishonestyRecord, task: str, clocks: dict[tuple[str, str], Deadline], today: date) -> Waiting:
    rules = CLOCKS.get(record.state, ())
    clock = next((clocks[str(record.pk), rule] for rule in rules if (str(record.pk), rule) in clocks), None)
    if clock is None:
        return Waiting(record, task, holder=waiting.holder(record))
    left = None if clock.due_on is None else calendar.working_days_between(today, clock.due_on)
    return Waiting(
        record,
        task,
        clock.due_on,
        _signed(left, clock.due_on, today),
        clock.provisional,
        clock.is_paused,
        clock.started_on,
        waiting.holder(record),
    )


def _signed(left: int | None, due: date | None, today: date) -> int | None:
    """A day passed on a weekend is past all the same, though no working day lies between."""
    return -1 if left == 0 and due is not None and due < today else left


def _sorted(rows: Iterable[Waiting]) -> list[Waiting]:
    """The nearest day first; what has no day or stands still comes last."""
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.record.number))
