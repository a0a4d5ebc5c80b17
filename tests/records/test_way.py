"""The whole way of one record, step by step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from records.models import RecordState
from tests.records import factories
from tests.records.factories import NOW, Scene

S = RecordState


@pytest.mark.parametrize("state", RecordState.values)
def test_a_record_reaches_every_state_through_the_services(scene: Scene, state: str) -> None:
    record = factories.BUILDERS[state](scene)

    assert factories.fresh(record).state == state


def test_recognition_shows_the_record_and_makes_the_subject_owe(scene: Scene) -> None:
    record = factories.disclosed(scene, sanctions=("PUBLIC_CRITICISM", "RECTIFY_ORDER"))

    assert record.public_from == date(2026, 5, 11)
    assert record.public_until == date(2027, 5, 11)
    assert record.repair_from == date(2026, 8, 11)
    assert record.situation_reports.get().due_on == date(2026, 5, 25)
    assert record.rectifications.get().due_on == (NOW + timedelta(days=30)).date()
    assert {measure.code for measure in record.measures.all()} == {"PUBLIC_CRITICISM", "RECTIFY_ORDER"}
