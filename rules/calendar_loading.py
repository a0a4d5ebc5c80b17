"""Loads announced years into the calendar: from ``chinesecalendar``, or from a notice a person has confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

import chinese_calendar

from ledger import acts, memory
from ledger.actors import SYSTEM, Actor
from rules.models import CalendarDay

PACKAGE = "chinesecalendar"
HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
MAKE_UP = "调休上班"
ONE_DAY = timedelta(days=1)


def known_years() -> list[int]:
    """This will give the years the package holds; it raises for any other, so nobody asks it beyond these."""
    holidays = chinese_calendar.constants.holidays
    return sorted({day.year for day in holidays})


def load_years(*, years: Iterable[int] | None = None, actor: Actor = SYSTEM, now: datetime) -> int:
    """
    This will load the years the package holds, one act a year, and give the number of days written.

    A year that is there is left alone, so a second run writes nothing and a confirmed notice is never overwritten.
    """
    wanted = [year for year in known_years() if years is None or year in set(years)]
    there = set(CalendarDay.objects.filter(day__month=1, day__day=1).values_list("day__year", flat=True))
    return sum(_load(year, actor, now) for year in wanted if year not in there)


def year_days(year: int, exceptions: Mapping[date, tuple[bool, str]]) -> list[CalendarDay]:
    """This will give every day of a year: Monday to Friday worked, but for the exceptions (worked?, name)."""
    days, day = [], date(year, 1, 1)
    while day.year == year:
        worked, name = exceptions.get(day, (day.weekday() < 5, ""))
        days.append(CalendarDay(day=day, is_workday=worked, name=name))
        day += ONE_DAY
    return days


def _load(year: int, actor: Actor, now: datetime) -> int:
    days = year_days(year, _exceptions(year))
    for each in days:
        each.source = f"国务院办公厅{year}年节假日安排（{PACKAGE} 数据）"
    with acts.act(kind="calendar.load", actor=actor, role="system", now=now):
        CalendarDay.objects.bulk_create(days)
    memory.forget()
    return len(days)


def _exceptions(year: int) -> dict[date, tuple[bool, str]]:
    """Days off with their names (weekends inside a holiday included) and make-up working days."""
    constants = chinese_calendar.constants
    off = {day: (False, HOLIDAYS.get(name, name)) for day, name in constants.holidays.items() if day.year == year}
    worked = {day: (True, MAKE_UP) for day in constants.workdays if day.year == year}
    return {**off, **worked}
