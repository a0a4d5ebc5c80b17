"""A deadline day by day, as pages draw it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from records.selectors import history
from records.services import drafting
from records.web import strips
from records.workflow.commitments.machine import COMMITMENT
from rules.derivation import derive
from tests.records.factories import Scene

START = date(2026, 5, 11)


@pytest.mark.parametrize(("days", "is_cut"), [(30, False), (90, True)])
def test_a_long_strip_says_how_many_days_it_leaves_out(scene: Scene, days: int, is_cut: bool) -> None:
    derived = derive("rectify.default_days", START, amount=days)

    cells = strips._cells(derived, START)

    gaps = [each for each in cells if each["day"] == "…"]
    assert bool(gaps) is is_cut
    shown = len(cells) - len(gaps)
    left_out = sum(int(each["name"].strip("略天")) for each in gaps)
    assert shown + left_out == len(derived.steps)
    assert cells[0]["mark"] == "起"
    assert cells[-1]["day"] == f"{(last := derived.due_on or START + timedelta(days)).month}/{last.day}"


def test_what_another_case_drafted_is_told_in_words(scene: Scene) -> None:
    assert history.title("record.open_draft") == "由其他事项起草"
    assert drafting._from(COMMITMENT.model(number="AFJ-CN-2026-0007")) == "由承诺 AFJ-CN-2026-0007 起草，待填报人补全"
