"""Disclosure policies by class and date, the transition of April 2026, discipline periods, proposed severities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ledger.acts import act
from ledger.refusals import Invalid
from rules import discipline, disclosure_policy, parameters, severity
from rules.disclosure_policy import NoPolicy, choose, period
from rules.models import DisclosurePolicy
from tests.accounts.factories import NOW
from tests.rules.scenes import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def chosen(source_type: str, level: str, on: date, **facts: Any) -> disclosure_policy.Policy:
    return choose(
        source_type=source_type, severity=level, recognised_on=on, is_person=facts.pop("is_person", False), **facts
    )


def test_a_general_record_is_shown_twelve_months_and_may_be_repaired_after_three() -> None:
    policy = chosen("COURT_JUDGMENT", "general", date(2026, 5, 11))
    held = period(policy, date(2026, 5, 11))
    assert (policy.scheme, policy.publish_by_default, policy.is_law) == ("CREDIT_REPAIR_2026", True, True)
    assert (held.first_day, held.last_day, held.repair_from) == (
        date(2026, 5, 11),
        date(2027, 5, 11),
        date(2026, 8, 11),
    )


def test_a_minor_record_is_not_public_by_default_and_at_most_three_months() -> None:
    policy = chosen("ADMIN_PENALTY", "minor", date(2026, 5, 11))
    held = period(policy, date(2026, 5, 11))
    assert policy.publish_by_default is False
    assert (held.last_day, held.repair_from) == (date(2026, 8, 11), date(2026, 5, 11))


@pytest.mark.parametrize(("on", "scheme"), [
    (date(2023, 4, 30), "LEGACY"), (date(2023, 5, 1), "ORDER58"), (date(2026, 3, 31), "ORDER58"),
    (date(2026, 4, 1), "CREDIT_REPAIR_2026"), (date(2031, 1, 1), "CREDIT_REPAIR_2026"),
])  # fmt: skip
@pytest.mark.parametrize("level", ["minor", "general", "serious", "GENERAL"])
def test_the_scheme_is_that_of_the_day_of_recognition(on: date, scheme: str, level: str) -> None:
    assert chosen("ADMIN_PENALTY", level, on).scheme == scheme


def test_safety_has_its_own_minimum_under_order_58_only() -> None:
    held = chosen("ADMIN_PENALTY", "general", date(2025, 6, 1), safety=True)
    assert (held.scheme, held.min_months, held.max_months) == ("ORDER58_SAFETY", 12, 36)
    assert chosen("ADMIN_PENALTY", "general", date(2026, 6, 1), safety=True).scheme == "CREDIT_REPAIR_2026"


@pytest.mark.parametrize(("level", "start", "last", "by"), [
    ("general", date(2026, 3, 31), date(2027, 3, 31), "CREDIT_REPAIR_2026"),
    ("serious", date(2026, 3, 31), date(2029, 3, 31), ""),  # both end the same day
    ("general", date(2024, 6, 1), date(2026, 3, 31), "CREDIT_REPAIR_2026"),  # would have ended before: ends as it begins
    ("minor", date(2026, 3, 1), date(2026, 6, 1), "CREDIT_REPAIR_2026"),
    ("general", date(2023, 5, 1), date(2026, 3, 31), "CREDIT_REPAIR_2026"),
])  # fmt: skip
def test_a_record_running_at_the_change_ends_with_whichever_ends_earlier(
    level: str, start: date, last: date, by: str
) -> None:
    policy = chosen("ADMIN_PENALTY", level, start)
    held = period(policy, start)
    assert policy.scheme == "ORDER58"
    assert (held.last_day, held.shortened_by) == (last, by)
    assert held.repair_from <= last


def test_the_transition_can_be_switched_off(people: People) -> None:
    with act(kind="rules.change", actor=people.approver, role="approver", now=NOW):
        row = parameters.row(disclosure_policy.TRANSITION_SWITCH, on=date(2026, 4, 1))
        row.value = False
        row.save()
    policy = chosen("ADMIN_PENALTY", "general", date(2026, 3, 31))
    assert period(policy, date(2026, 3, 31)).last_day == date(2029, 3, 31)


@pytest.mark.parametrize("source_type", ["CONTRACT_DEFAULT", "ARREARS"])
def test_defaults_of_government_may_be_repaired_as_soon_as_performed(source_type: str) -> None:
    policy = chosen(source_type, "serious", date(2026, 5, 11))
    held = period(policy, date(2026, 5, 11))
    assert (policy.scheme, policy.until_performed, policy.is_law) == ("GOV_DEFAULT", True, False)
    assert (held.repair_from, held.last_day) == (date(2026, 5, 11), date(2029, 5, 11))


def test_before_1103_a_default_follows_the_classes_of_its_day() -> None:
    assert chosen("CONTRACT_DEFAULT", "general", date(2023, 8, 9)).scheme == "ORDER58"


def test_a_person_is_never_public_by_default_and_only_while_the_sanction_lasts() -> None:
    policy = chosen("GOV_SANCTION", "serious", date(2026, 5, 11), is_person=True)
    assert (policy.scheme, policy.publish_by_default, policy.max_months) == ("OFFICIAL", False, None)
    months = discipline.measure("DEMERIT", on=date(2026, 5, 11)).months
    assert period(policy, date(2026, 5, 11), effect_months=months).last_day == date(2027, 5, 11)
    assert period(policy, date(2026, 5, 11)).last_day is None


def test_periods_are_clamped_and_never_roll_to_a_working_day() -> None:
    policy = chosen("ADMIN_PENALTY", "minor", date(2026, 11, 30))
    assert period(policy, date(2026, 11, 30)).last_day == date(2027, 2, 28)  # a Sunday


def test_a_day_without_a_policy_is_a_fault_not_a_guess() -> None:
    with pytest.raises(NoPolicy, match="load_rules"):
        chosen("ADMIN_PENALTY", "general", date(1999, 1, 1))


def test_a_policy_can_be_traced_to_its_row() -> None:
    policy = chosen("ADMIN_PENALTY", "general", date(2026, 5, 11))
    row = disclosure_policy.row_of(policy, date(2026, 5, 11))
    assert row == DisclosurePolicy.objects.get(scheme="CREDIT_REPAIR_2026", severity="general")


@pytest.mark.parametrize(("code", "ends"), [
    ("WARNING", date(2026, 11, 11)), ("DEMERIT", date(2027, 5, 11)), ("SERIOUS_DEMERIT", date(2027, 11, 11)),
    ("DEMOTION", date(2028, 5, 11)), ("REMOVAL", date(2028, 5, 11)), ("DISMISSAL", None), ("CRITICISM", None),
    ("PARTY_WARNING", date(2027, 5, 11)), ("PARTY_SERIOUS_WARNING", date(2027, 11, 11)),
    ("PARTY_REMOVAL", date(2028, 5, 11)), ("PARTY_PROBATION", date(2027, 5, 11)), ("ADMONITION", date(2026, 11, 11)),
])  # fmt: skip
def test_discipline_has_effect_for_its_months(code: str, ends: date | None) -> None:
    assert discipline.effect_ends_on(code, decided_on=date(2026, 5, 11)) == ends


def test_permanent_and_merged_measures_say_so_and_unknown_ones_are_refused() -> None:
    assert discipline.measure("DISMISSAL", on=date(2026, 5, 11)).is_permanent
    assert discipline.measure("MERGED", on=date(2026, 5, 11)).most_months == 48
    assert discipline.measure("PARTY_WARNING", on=date(2026, 5, 11)).is_restricted
    with pytest.raises(Invalid, match="没有“FINE”"):
        discipline.measure("FINE", on=date(2026, 5, 11))


@pytest.mark.parametrize(("facts", "level", "rule"), [
    ({"source_type": "JUDGMENT_DEFAULTER"}, "serious", "DEFAULTER"),
    ({"marks": {"fraud"}}, "serious", "FRAUD"),
    ({"marks": {"refused", "corrected"}}, "serious", "REFUSED"),
    ({"marks": {"repeated"}}, "serious", "REPEATED"),
    ({"marks": {"casualties"}}, "serious", "CASUALTIES"),
    ({"measure": "REMOVAL"}, "serious", "REMOVED"),
    ({"social_impact": "severe"}, "serious", "SEVERE_IMPACT"),
    ({"measure": "DEMERIT"}, "general", "DEMERIT"),
    ({"source_type": "RECTIFY_OVERDUE"}, "general", "LATE"),
    ({"loss_yuan": Decimal("0.01"), "measure": "WARNING"}, "general", "LOSS"),
    ({"measure": "WARNING"}, "minor", "WARNED"),
    ({"marks": {"corrected"}, "loss_yuan": Decimal(0)}, "minor", "CORRECTED"),
    ({}, "general", "OTHERWISE"),
])  # fmt: skip
def test_the_proposed_severity_follows_the_first_fitting_row(facts: dict[str, Any], level: str, rule: str) -> None:
    given = {
        "source_type": "ADMIN_PENALTY",
        "loss_yuan": None,
        "social_impact": "limited",
        "on": date(2026, 5, 11),
        **facts,
    }
    held = severity.propose(**given)
    assert (held.severity, held.rule) == (level, rule)
    assert held.because
