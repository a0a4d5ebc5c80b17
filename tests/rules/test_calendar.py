"""Working days: the official vectors, the fallback that never raises, and what counting always keeps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import chinese_calendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import calendar, calendar_loading
from rules.models import CalendarDay
from tests.accounts.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
ANY_DAY = st.dates(date(1999, 1, 1), date(2080, 12, 31))

VECTORS = [
    (date(2026, 9, 24), 7, date(2026, 10, 12)),
    (date(2026, 9, 30), 3, date(2026, 10, 10)),
    (date(2026, 4, 30), 10, date(2026, 5, 18)),
    (date(2026, 2, 13), 5, date(2026, 2, 27)),
    (date(2026, 9, 29), 2, date(2026, 10, 8)),
    (date(2026, 6, 18), 20, date(2026, 7, 17)),
    (date(2026, 5, 11), 10, date(2026, 5, 25)),
    (date(2026, 9, 25), 1, date(2026, 9, 28)),
]
MAKE_UPS = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
WEEKDAY_HOLIDAYS = [
    "01-01",
    "01-02",
    "02-16",
    "02-17",
    "02-18",
    "02-19",
    "02-20",
    "02-23",
    "04-06",
    "05-01",
    "05-04",
    "05-05",
    "06-19",
    "09-25",
    "10-01",
    "10-02",
    "10-05",
    "10-06",
    "10-07",
]


@pytest.mark.parametrize(("start", "n", "due"), VECTORS)
def test_working_days_of_2026_are_counted_as_the_state_council_arranged_them(start: date, n: int, due: date) -> None:
    counted = calendar.add_working_days(start, n)
    assert (counted.day, counted.provisional) == (due, False)
    assert calendar.working_days_between(start, due) == n


def test_make_up_weekends_are_worked_and_holidays_are_not() -> None:
    off = {day.day for day in CalendarDay.objects.filter(day__year=2026, is_workday=False) if day.day.weekday() < 5}
    worked = {day.day for day in CalendarDay.objects.filter(day__year=2026, is_workday=True) if day.day.weekday() >= 5}
    assert worked == {date.fromisoformat(text) for text in MAKE_UPS}
    assert off == {date.fromisoformat(f"2026-{text}") for text in WEEKDAY_HOLIDAYS}
    assert calendar.name(date(2026, 5, 9)) == "调休上班"
    assert calendar.name(date(2026, 10, 2)) == "国庆节"
    assert calendar.name(date(2026, 5, 11)) == "周一"


def test_every_year_of_the_package_agrees_with_it_day_by_day() -> None:
    for row in CalendarDay.objects.filter(day__year__lte=2026):
        assert row.is_workday == chinese_calendar.is_workday(row.day), row.day


def test_loading_the_calendar_twice_writes_nothing_the_second_time() -> None:
    assert calendar_loading.load_years(now=NOW) == 0
    assert CalendarDay.objects.count() == 8401


@pytest.mark.parametrize(("day", "is_workday"), [
    (date(2027, 1, 1), False), (date(2027, 1, 4), True), (date(2027, 2, 8), True), (date(2027, 5, 2), False),
    (date(2027, 10, 4), True), (date(2027, 10, 2), False), (date(1998, 3, 2), True), (date(2003, 5, 2), True),
])  # fmt: skip
def test_beyond_the_calendar_weekends_and_fixed_holidays_are_off(day: date, is_workday: bool) -> None:
    found = calendar.day_of(day)
    assert (found.is_workday, found.official) == (is_workday, False)


def test_scenario_75_twenty_working_days_over_an_unknown_year_are_provisional_and_ask_for_the_calendar() -> None:
    counted = calendar.add_working_days(date(2026, 12, 10), 20)
    assert (counted.day, counted.provisional) == (date(2027, 1, 8), True)
    assert "2027" in str(calendar.alert(date(2026, 12, 10)))


@pytest.mark.parametrize(("on", "missing"), [
    (date(2026, 11, 30), None), (date(2026, 12, 1), 2027), (date(2026, 12, 31), 2027), (date(2027, 1, 1), 2027),
])  # fmt: skip
def test_the_alert_for_next_year_begins_on_the_first_of_december(on: date, missing: int | None) -> None:
    assert calendar.missing_year(on) == missing


def test_a_count_that_ends_before_the_unknown_year_is_not_provisional() -> None:
    assert calendar.add_working_days(date(2026, 12, 10), 15) == calendar.Counted(
        date(2026, 12, 31), False, calendar.add_working_days(date(2026, 12, 10), 15).days
    )


@pytest.mark.parametrize(("start", "n", "end"), [
    (date(2026, 5, 11), 3, date(2026, 8, 11)), (date(2026, 11, 30), 3, date(2027, 2, 28)),
    (date(2027, 11, 30), 3, date(2028, 2, 29)), (date(2028, 2, 29), 12, date(2029, 2, 28)),
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 5, 11), 0, date(2026, 5, 11)),
    (date(2026, 3, 31), -1, date(2026, 2, 28)), (date(2026, 12, 31), 36, date(2029, 12, 31)),
])  # fmt: skip
def test_months_keep_the_day_and_are_clamped_to_the_end_of_the_month(start: date, n: int, end: date) -> None:
    assert calendar.add_months(start, n) == end


@QUICK
@given(start=DAYS, n=st.integers(0, 40))
def test_the_nth_working_day_is_worked_and_n_of_them_lie_behind_it(start: date, n: int) -> None:
    counted = calendar.add_working_days(start, n)
    assert calendar.working_days_between(start, counted.day) == n
    assert n == 0 or calendar.is_workday(counted.day)
    assert len(counted.days) == (counted.day - start).days


@QUICK
@given(start=DAYS, a=st.integers(0, 20), b=st.integers(0, 20))
def test_counting_in_two_steps_is_counting_at_once(start: date, a: int, b: int) -> None:
    once = calendar.add_working_days(start, a + b)
    assert calendar.add_working_days(calendar.add_working_days(start, a).day, b).day == once.day


@QUICK
@given(one=ANY_DAY, other=ANY_DAY.filter(lambda day: True), n=st.integers(0, 30))
def test_a_later_start_never_ends_earlier_and_nothing_ever_raises(one: date, other: date, n: int) -> None:
    first, second = sorted((one, min(other, one + timedelta(days=400))))
    assert calendar.add_working_days(first, n).day <= calendar.add_working_days(second, n).day


@QUICK
@given(start=ANY_DAY, n=st.integers(0, 120))
def test_months_move_exactly_n_months_and_never_past_the_day(start: date, n: int) -> None:
    end = calendar.add_months(start, n)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == n
    assert end.day <= start.day
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


def test_a_long_count_asks_for_months_not_for_days(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        calendar.add_working_days(date(2026, 3, 2), 60)
