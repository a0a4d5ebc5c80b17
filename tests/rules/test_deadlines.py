"""Deadlines: derived day by day, rolled, paused and resumed, kept with their reasons, one open under each rule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.acts import NoActOpen, act
from ledger.refusals import Conflict
from rules import calendar, deadlines, parameters
from rules.derivation import COUNTED, OFF, PAUSED, ROLLED, START, Derivation, Pause, derive, from_json
from rules.models import Deadline, Suspension
from tests.accounts.factories import NOW
from tests.rules.scenes import People
from tests.rules.test_calendar import VECTORS
from tests.rules.workshop import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RULES = {1: "push.repair_sync_days", 2: "objection.accept_days", 3: "repair.decide_days", 5: "record.review_days",
         7: "push.record_create_days", 10: "report.situation_days", 20: "publicity.ogi_days"}  # fmt: skip


@pytest.mark.parametrize(("start", "n", "due"), VECTORS)
def test_the_vectors_hold_for_the_rules_that_count_so_many_days(start: date, n: int, due: date) -> None:
    derived = derive(RULES[n], start)
    assert (derived.due_on, derived.amount, derived.provisional) == (due, n, False)


def test_the_strip_names_every_day_the_mock_names() -> None:
    derived = derive("push.record_create_days", date(2026, 4, 29))
    assert derived.due_on == date(2026, 5, 12)
    assert [(each.day.day, each.kind, each.number, each.why) for each in derived.steps] == [
        (29, START, None, "周三"), (30, COUNTED, 1, "周四"),
        (1, OFF, None, "劳动节"), (2, OFF, None, "劳动节"), (3, OFF, None, "劳动节"), (4, OFF, None, "劳动节"),
        (5, OFF, None, "劳动节"), (6, COUNTED, 2, "周三"), (7, COUNTED, 3, "周四"), (8, COUNTED, 4, "周五"),
        (9, COUNTED, 5, "调休上班"), (10, OFF, None, "周日"), (11, COUNTED, 6, "周一"), (12, COUNTED, 7, "周二"),
    ]  # fmt: skip


@pytest.mark.parametrize(("received", "due"), [
    (date(2026, 5, 14), date(2026, 7, 14)),  # scenario 71
    (date(2026, 5, 11), date(2026, 7, 13)),  # ends on Saturday 11 July, so on Monday
    (date(2026, 12, 31), date(2027, 3, 1)),  # clamped to 28 February, a Sunday
])  # fmt: skip
def test_scenario_71_a_period_of_months_rolls_to_the_next_worked_day(received: date, due: date) -> None:
    derived = derive("judicial.suggestion_reply_months", received)
    assert derived.due_on == due
    assert derived.provisional == (due.year == 2027)


def test_a_calendar_day_period_that_ends_on_a_make_up_saturday_stays_there() -> None:
    assert derive("rectify.default_days", date(2026, 9, 10)).due_on == date(2026, 10, 10)


def test_rolling_can_be_switched_off_as_data(people: People) -> None:
    with act(kind="rules.change", actor=people.approver, role="approver", now=NOW):
        row = parameters.row("deadline.roll_forward", on=NOW.date())
        row.value = False
        row.save()
    assert derive("judicial.suggestion_reply_months", date(2026, 5, 11)).due_on == date(2026, 7, 11)


@pytest.mark.parametrize(("profile", "due"), [
    ("GD", date(2026, 10, 12)), ("SZ", date(2026, 10, 8)), ("HN", date(2026, 10, 9)),
])  # fmt: skip
def test_the_profile_chooses_the_number(profile: str, due: date) -> None:
    assert derive("objection.decide_days", date(2026, 9, 29), profile).due_on == (
        calendar.add_working_days(date(2026, 9, 29), {"GD": 5, "SZ": 2, "HN": 3}[profile]).day
    )
    assert profile != "SZ" or derive("objection.decide_days", date(2026, 9, 29), profile).due_on == due


def test_scenario_42_the_extension_in_shenzhen_counts_the_make_up_saturday() -> None:
    first = derive("objection.decide_days", date(2026, 9, 29), "SZ").due_on
    assert first == date(2026, 10, 8)
    assert derive("objection.extension_days", first, "SZ").due_on == date(2026, 10, 12)


def test_scenario_81_the_two_clocks_of_a_repair() -> None:
    assert derive("repair.decide_days", date(2026, 9, 24)).due_on == date(2026, 9, 30)
    assert derive("repair.feedback_total_days", date(2026, 9, 24)).due_on == date(2026, 10, 15)


def test_scenario_43_four_working_days_of_expert_time_move_the_deadline_by_four() -> None:
    plain = derive("objection.decide_days", date(2026, 6, 1)).due_on
    paused = derive(
        "objection.decide_days", date(2026, 6, 1), None, [Pause(date(2026, 6, 3), date(2026, 6, 8), "专家论证")]
    )
    assert plain == date(2026, 6, 8)
    assert paused.due_on == calendar.add_working_days(plain, 4).day
    assert [each.why for each in paused.steps if each.kind == PAUSED] == ["专家论证"] * 6


def test_an_open_pause_leaves_no_due_date_and_says_why() -> None:
    derived = derive("objection.decide_days", date(2026, 6, 1), None, [Pause(date(2026, 6, 3), None, "专家论证")])
    assert (derived.due_on, derived.paused_because) == (None, "专家论证")
    later = derive("objection.decide_days", date(2026, 6, 1), None, [Pause(date(2026, 6, 30), None, "专家论证")])
    assert later.due_on == date(2026, 6, 8)


def test_a_number_that_counts_no_days_derives_no_deadline() -> None:
    with pytest.raises(ValueError, match="counts switch"):
        derive("deadline.roll_forward", date(2026, 5, 11))


def test_a_kept_derivation_reads_back_as_it_was() -> None:
    for rule in ("push.record_create_days", "judicial.suggestion_reply_months", "rectify.default_days"):
        derived = derive(rule, date(2026, 5, 11), None, [Pause(date(2026, 5, 13), date(2026, 5, 14), "核查")])
        assert from_json(derived.as_json()) == derived


@QUICK
@given(start=st.dates(date(2025, 1, 1), date(2026, 6, 30)), n=st.sampled_from([1, 2, 3, 5, 7, 10, 20]),
       offset=st.integers(0, 25), length=st.integers(0, 15))  # fmt: skip
def test_a_pause_moves_a_deadline_by_the_working_days_it_takes_away(
    start: date, n: int, offset: int, length: int
) -> None:
    plain = derive(RULES[n], start).due_on
    pause = Pause(start + timedelta(days=1 + offset), start + timedelta(days=1 + offset + length))
    moved = derive(RULES[n], start, None, [pause]).due_on
    assert plain is not None
    assert moved is not None
    if pause.from_on > plain:
        assert moved == plain
        return
    day, lost = start, 0
    while day < moved:
        day += timedelta(days=1)
        lost += calendar.is_workday(day) and pause.covers(day)
    assert calendar.working_days_between(start, moved) == n + lost
    assert not pause.covers(moved)


@QUICK
@given(start=st.dates(date(2025, 1, 1), date(2026, 6, 30)), n=st.sampled_from([3, 5, 10]),
       cuts=st.lists(st.integers(1, 20), min_size=2, max_size=2, unique=True))  # fmt: skip
def test_two_pauses_that_touch_are_one(start: date, n: int, cuts: list[int]) -> None:
    first, last = sorted(cuts)
    middle = start + timedelta(days=first)
    whole = [Pause(start + timedelta(days=1), start + timedelta(days=last))]
    parted = [Pause(start + timedelta(days=1), middle), Pause(middle, start + timedelta(days=last))]
    assert derive(RULES[n], start, None, whole).due_on == derive(RULES[n], start, None, parted).due_on


@QUICK
@given(start=st.dates(date(2025, 1, 1), date(2027, 6, 30)))
def test_strips_run_day_by_day_and_count_to_the_number(start: date) -> None:
    for rule in ("push.record_create_days", "rectify.default_days", "suggestion.reply_months"):
        derived = derive(rule, start)
        assert derived.due_on == derived.steps[-1].day
        assert [each.day for each in derived.steps] == [start + timedelta(days=n) for n in range(len(derived.steps))]
        numbers = [each.number for each in derived.steps if each.kind == COUNTED]
        assert numbers == list(range(1, len(numbers) + 1))
        assert derived.unit == "m" or len(numbers) == derived.amount
        assert derived.steps[-1].kind in (COUNTED, ROLLED)


# --- kept on objects ---------------------------------------------------------------------------------------------------


@pytest.fixture
def case(people: People) -> Case:
    return people.case()


def start(people: People, case: Case, rule: str = "objection.decide_days", on: date = date(2026, 6, 1)) -> Deadline:
    with act(kind="workshop.start", actor=people.clerk, role="clerk", obj=case, now=NOW):
        return deadlines.start(
            obj=case, rule=rule, started_on=on, owner_role="appeals", owner_department=people.bureau, now=NOW
        )


def test_a_deadline_is_kept_with_its_owner_and_its_derivation(people: People, case: Case) -> None:
    held = deadlines.open_for(case)
    start(people, case)
    only = held.get()
    assert (only.due_on, only.owner_role, only.label) == (date(2026, 6, 8), "appeals", "异议处理")
    assert isinstance(deadlines.kept_derivation(only), Derivation)


def test_a_deadline_needs_an_act(people: People, case: Case) -> None:
    with pytest.raises(NoActOpen):
        deadlines.start(
            obj=case, rule="record.review_days", started_on=NOW.date(), owner_role="", owner_department=None, now=NOW
        )
    assert not Deadline.objects.exists()


def test_starting_again_closes_the_one_before(people: People, case: Case) -> None:
    start(people, case)
    start(people, case, on=date(2026, 6, 10))
    assert deadlines.open_for(case).get().started_on == date(2026, 6, 10)
    assert Deadline.objects.filter(closed_on=NOW.date()).count() == 1


def test_two_open_deadlines_of_one_rule_are_impossible_in_the_database(people: People, case: Case) -> None:
    held = start(people, case)
    facts = {name: value for name, value in held.__dict__.items() if name not in {"_state", "id"}}
    with pytest.raises(IntegrityError, match="deadline_one_open_per_rule"), transaction.atomic():
        Deadline(**facts).save_base(raw=True, force_insert=True)


def test_a_paused_deadline_has_no_day_until_it_is_resumed(people: People, case: Case) -> None:
    start(people, case)
    with act(kind="workshop.pause", actor=people.clerk, role="clerk", obj=case, now=NOW):
        paused = deadlines.suspend(obj=case, rule="objection.decide_days", from_on=date(2026, 6, 3), reason="专家论证")
        assert paused.is_paused
        with pytest.raises(Conflict, match="已经暂停"):
            deadlines.suspend(obj=case, rule="objection.decide_days", from_on=date(2026, 6, 4), reason="再次")
        resumed = deadlines.resume(obj=case, rule="objection.decide_days", to_on=date(2026, 6, 8))
    assert resumed.due_on == date(2026, 6, 12)
    assert Suspension.objects.get().to_on == date(2026, 6, 8)


def test_paused_deadlines_stand_last_in_the_list(people: People, case: Case) -> None:
    start(people, case)
    start(people, case, rule="rectify.default_days")
    with act(kind="workshop.pause", actor=people.clerk, role="clerk", obj=case, now=NOW):
        deadlines.suspend(obj=case, rule="objection.decide_days", from_on=date(2026, 6, 3), reason="专家论证")
    assert [each.rule for each in deadlines.open_for(case)] == ["rectify.default_days", "objection.decide_days"]


def test_closing_what_is_paused_ends_the_pause_too(people: People, case: Case) -> None:
    start(people, case)
    with act(kind="workshop.end", actor=people.clerk, role="clerk", obj=case, now=NOW):
        deadlines.suspend(obj=case, rule="objection.decide_days", from_on=date(2026, 5, 8), reason="专家论证")
        assert deadlines.close(obj=case, rule="objection.decide_days", now=NOW)
        assert not deadlines.close(obj=case, rule="objection.decide_days", now=NOW)
    assert Suspension.objects.get().to_on == NOW.date()


def test_only_a_standing_clock_is_resumed(people: People, case: Case) -> None:
    start(people, case)
    with (
        pytest.raises(Conflict, match="没有暂停"),
        act(kind="workshop.resume", actor=people.clerk, role="clerk", obj=case, now=NOW),
    ):
        deadlines.resume(obj=case, rule="objection.decide_days", to_on=date(2026, 6, 8))


def test_lists_ask_once_for_all_their_deadlines(people: People, django_assert_num_queries: Any) -> None:
    cases = [people.case() for _place in range(5)]
    for each in cases:
        start(people, each)
    with django_assert_num_queries(1):
        assert len(list(deadlines.open_on(Case, [str(each.pk) for each in cases]))) == 5
