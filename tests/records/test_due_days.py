"""Until when the platform must know: each operation has a rule of its own, and the rules are the region's to say."""

from __future__ import annotations

from datetime import date

import pytest

from exchange.models import Report
from records import report
from records.services import litigation
from records.workflow.commitments import telling
from rules.clock import local_day
from rules.models import Parameter
from tests.records import factories
from tests.records.commitments import promising
from tests.records.factories import NOW, Scene

MOVED = date(2026, 5, 20)
"""Seven working days after Monday 11 May 2026."""


def give(key: str, days: int = 7) -> None:
    """Let a rule count more days."""
    with factories.changing_the_law():
        row = Parameter.objects.get(key=key, profile="")
        row.value = days
        row.save()
    factories.memory.forget()


@pytest.mark.parametrize(
    ("op", "key"),
    [
        ("U", "push.update_days"),
        ("E", "push.expire_days"),
        ("R", "push.repair_sync_days"),
        ("W", "push.withdraw_days"),
    ],
)
def test_an_operation_obeys_its_own_rule_and_no_other(scene: Scene, op: str, key: str) -> None:
    record = factories.disclosed(scene)
    before = {each: report.due_at(record, op=each, now=NOW) for each in report.DUE_RULES}

    give(key)

    after = {each: report.due_at(record, op=each, now=NOW) for each in report.DUE_RULES}
    assert {each for each in after if after[each] != before[each]} == {op}
    assert local_day(after[op]) == MOVED


def test_other_words_in_force_obey_the_rule_of_corrections(scene: Scene) -> None:
    record = factories.disclosed(scene)
    give("record.correction_days")

    litigation.flag(
        actor=scene.approver, record=record, suspended=False, reason="已提起诉讼", version=record.version, now=NOW
    )

    told = Report.objects.filter(subject_id=record.pk).latest("version")
    assert (told.operation, local_day(told.due_at)) == ("U", MOVED)


def test_a_promise_obeys_the_rule_of_updates(scene: Scene) -> None:
    made = promising.claimed(scene)
    give("push.update_days")

    promising.fulfil(scene, made)

    told = Report.objects.filter(subject_id=made.pk).latest("version")
    assert (told.operation, local_day(told.due_at)) == ("U", MOVED)
    assert telling.DUE_RULES["U"] == "push.update_days"
