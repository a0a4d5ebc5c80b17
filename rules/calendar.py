"""
Working days: read from the announced calendar, and from Monday to Friday less the fixed holidays where none is announced.

A day counted without an announced calendar makes its result provisional; nothing here ever raises for a far year
(domain 3.6).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ledger.memory import remember
from rules.models import CalendarDay, Parameter

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
FIXED_HOLIDAYS = "calendar.fixed_holidays"
ALERT_FROM = "calendar.alert_from"


@dataclass(frozen=True)
class Day:
    """One day: worked or not, its name (a holiday, 调休上班 or the weekday), announced or only assumed."""

    day: date
    is_workday: bool
    name: str
    official: bool


@dataclass(frozen=True)
class Counted:
    """The result of counting working days; ``days`` are all days walked after the start, the last included."""

    day: date
    provisional: bool
    days: list[Day] = field(default_factory=list)


class Table:
    """The calendar as a look-up that reads months at a time; ``overlay`` shows what a new calendar would make of it."""

    def __init__(self, overlay: Mapping[date, Day] | None = None) -> None:
        self._overlay = dict(overlay or {})
        self._days: dict[date, Day] = {}
        self._read: set[tuple[int, int]] = set()
        self._fixed: dict[int, dict[tuple[int, int], str]] = {}

    def day(self, day: date) -> Day:
        """This will give a day, announced or assumed."""
        if day in self._overlay:
            return self._overlay[day]
        if (day.year, day.month) not in self._read:
            self._fetch(day)
        return self._days.get(day) or self._assumed(day)

    def _assumed(self, day: date) -> Day:
        """Without an announced calendar: Monday to Friday less the statutory fixed dates."""
        if day.year not in self._fixed:
            self._fixed[day.year] = fixed_holidays(day.year)
        if name := self._fixed[day.year].get((day.month, day.day)):
            return Day(day, False, name, False)
        return Day(day, day.weekday() < 5, weekday(day), False)

    def _fetch(self, day: date) -> None:
        """Read the month of the day and the three that follow, since counting goes forward."""
        first = day.replace(day=1)
        last = add_months(first, 4) - ONE_DAY if first.year < date.max.year else date.max
        rows = remember(("calendar", first), lambda: list(CalendarDay.objects.filter(day__range=(first, last))))
        for each in rows:
            self._days[each.day] = Day(each.day, each.is_workday, each.name or weekday(each.day), True)
        month = first
        while month <= last:
            self._read.add((month.year, month.month))
            month = add_months(month, 1)


def day_of(day: date) -> Day:
    """This will give what the calendar says of a day."""
    return Table().day(day)


def is_workday(day: date) -> bool:
    """This will say whether a day is worked, make-up Saturdays and Sundays included."""
    return day_of(day).is_workday


def name(day: date) -> str:
    """This will give a day's name: the holiday, 调休上班, or the weekday."""
    return day_of(day).name


def add_working_days(start: date, n: int, *, table: Table | None = None) -> Counted:
    """
    This will give the n-th working day after a start day; the start is day 0 and does not count (domain 2.4).

    :raises ValueError: n is negative
    """
    if n < 0:
        raise ValueError("working days are counted forward")
    look = table or Table()
    walked: list[Day] = []
    day, counted = start, 0
    while counted < n:
        day += ONE_DAY
        walked.append(look.day(day))
        counted += walked[-1].is_workday
    return Counted(day, any(not each.official for each in walked), walked)


def working_days_between(a: date, b: date) -> int:
    """This will count the working days after ``a`` up to and including ``b``; negative where ``b`` lies before ``a``."""
    if b < a:
        return -working_days_between(b, a)
    look, day, counted = Table(), a, 0
    while day < b:
        day += ONE_DAY
        counted += look.day(day).is_workday
    return counted


def next_workday(day: date, *, table: Table | None = None) -> Counted:
    """This will give the day itself where it is worked, else the first worked day after it (the roll-forward rule)."""
    look = table or Table()
    walked = [look.day(day)]
    while not walked[-1].is_workday:
        day += ONE_DAY
        walked.append(look.day(day))
    return Counted(day, any(not each.official for each in walked), walked)


def add_months(day: date, n: int) -> date:
    """This will give the same day of the month n calendar months on, clamped to the month's end (domain 2.2)."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weekday(day: date) -> str:
    """This will give the weekday in Chinese."""
    return WEEKDAYS[day.weekday()]


def has_year(year: int) -> bool:
    """This will say whether the calendar of a year is loaded."""
    return CalendarDay.objects.filter(day=date(year, 1, 1)).exists()


def missing_year(on: date) -> int | None:
    """
    This will give the first year whose calendar is due and not loaded, else None.

    This year is always due, the next from the day of the parameter ``calendar.alert_from`` (1 December) on.
    """
    row = Parameter.objects.on(on).filter(key=ALERT_FROM, profile="").first()
    due = [on.year, on.year + 1] if row and f"{on:%m-%d}" >= row.value else [on.year]
    return next((year for year in due if not has_year(year)), None)


def alert(on: date) -> str | None:
    """This will give the sentence that asks for next year's calendar from 1 December on, or None where it is there."""
    year = missing_year(on)
    if year is None:
        return None
    return _("%(year)d年的工作日日历还没有导入：跨年期限都是暂定的。请按国务院办公厅通知导入。") % {"year": year}


def fixed_holidays(year: int) -> dict[tuple[int, int], str]:
    """This will give the fixed dates of a year (month, day) with their names; without the rules loaded, none."""
    from_rules = remember(("fixed holidays", year), lambda: _fixed_rows(year))
    return {(int(text[:2]), int(text[3:5])): text[6:] or _("法定节假日") for text in from_rules}


def _fixed_rows(year: int) -> list[str]:
    row = Parameter.objects.on(date(year, 1, 1)).filter(key=FIXED_HOLIDAYS, profile="").first()
    return list(row.value) if row else []
