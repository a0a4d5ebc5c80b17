"""A record that was never shown ends with its period like one that was: its measures, its sharing, and the platform is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from disclosure import answers
from disclosure.models import Document
from exchange.models import Report
from ledger import memory
from ledger.refusals import Conflict, NotAllowed
from ledger.verification.run import verify
from records.models import DishonestyRecord, RecordState, SanctionState
from records.services import duties, ending
from records.tasks import turn_day
from records.workflow.archives import restricting
from records.workflow.archives.restricting import Subject
from records.workflow.record import RECORD
from rules import clock
from rules.models import Code
from tests.records import factories
from tests.records.factories import NOW, Scene
from tests.records.proofs import refused

S = RecordState
LAST = date(2026, 8, 11)
"""The last day of a minor record of 2026-05-11: three months at most (国办发〔2025〕22号)."""


def on(day: date) -> datetime:
    """Return ten in the morning of a day."""
    return datetime.combine(day, NOW.time(), tzinfo=NOW.tzinfo)


AFTER = on(LAST + timedelta(days=1))


def active(record: DishonestyRecord) -> set[str]:
    """Return the measures that bind."""
    return set(record.measures.filter(state=SanctionState.ACTIVE).values_list("code", flat=True))


def verdict(record: DishonestyRecord, day: date, purpose: str) -> str:
    """Return what a credit check that sees unshown records says of the unit."""
    subject = Subject(record.subject_department)
    found = restricting.find(subjects=[subject], purpose=purpose, public_only=False, on=day)
    return str(found[subject.key].verdict)


def test_it_binds_to_its_last_day_and_ends_the_night_after(scene: Scene) -> None:
    record = factories.effective(scene)
    assert (record.period_until, record.public_until) == (LAST, None)

    assert ending.expire_due(now=on(LAST)) == 0
    assert active(record) == {"PUBLIC_CRITICISM"}

    assert ending.expire_due(now=AFTER) == 1
    assert ending.expire_due(now=AFTER) == 0
    held = factories.fresh(record)
    assert (held.state, held.ended_as, held.ended_on) == (S.EXPIRED, "expired", LAST)
    assert active(held) == set()
    assert not Document.objects.filter(pk=record.pk).exists()
    told = list(Report.objects.filter(subject_id=record.pk).order_by("version"))
    assert [row.operation for row in told] == ["C", "E"]
    assert (told[1].fields["is_public"], told[1].fields["sanctions"]) == (False, [])
    assert not verify().findings


def test_the_nightly_task_does_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    record = factories.effective(scene)
    monkeypatch.setattr(clock, "now", lambda: AFTER)

    assert turn_day()["expired"] == 1
    assert turn_day()["expired"] == 0

    assert factories.fresh(record).state == S.EXPIRED
    assert {row.ended_because for row in record.measures.all()} == {"expired"}


def test_the_public_learns_as_little_as_before(scene: Scene, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    record = factories.effective(scene)
    ending.expire_due(now=AFTER)
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    answers.forget_pages()

    assert client.get(f"/documents/{record.pk}/").status_code == 404
    assert client.get(f"/api/v1/documents/{record.pk}/").status_code == 404
    assert str(record.pk) not in client.get("/api/v1/changes/").content.decode()


def test_nobody_ends_it_before_its_last_day_has_passed(scene: Scene) -> None:
    record = factories.effective(scene)

    with refused(Conflict, "公示期还没有满"):
        ending.run_out(record=record, now=on(LAST))


def test_no_person_can(scene: Scene) -> None:
    record = factories.effective(scene)

    for user in scene.everyone().values():
        with refused(NotAllowed, "系统"):
            RECORD.perform("run_out", record, actor=user, now=AFTER, reason="理由")


def test_what_waited_for_its_text_to_be_cleared_waits_no_longer(scene: Scene) -> None:
    record = factories.recognised(scene, facts=f"{factories.FACTS}联系电话13800138000。")
    assert record.publication_waits
    over = factories.day_after(record.period_until)

    ending.expire_due(now=over)

    held = factories.fresh(record)
    assert (held.state, held.publication_waits) == (S.EXPIRED, False)


def test_an_official_is_sanctioned_no_longer_than_his_discipline_has_effect(scene: Scene) -> None:
    record = factories.recognised(scene, content=factories.about_official(scene), sanctions=("AWARD_RESTRICT",))
    assert record.period_until is not None
    over = factories.day_after(record.period_until)

    ending.expire_due(now=over)

    assert factories.fresh(record).state == S.EXPIRED
    assert active(record) == set()


def test_a_document_recognised_after_its_period_binds_for_that_day_only(scene: Scene) -> None:
    late = on(date(2027, 6, 1))
    record = factories.recognised(scene, now=late)
    assert record.state == S.EFFECTIVE

    ending.expire_due(now=late)

    assert factories.fresh(record).state == S.EXPIRED
    assert active(record) == set()


def test_credit_checks_stop_using_it_on_the_day_even_if_the_night_is_late(scene: Scene) -> None:
    record = factories.effective(scene, sanctions=("PUBLIC_CRITICISM",))

    assert verdict(record, LAST, "AWARD") != "clear"
    assert verdict(record, LAST + timedelta(days=1), "AWARD") == "clear"


def test_a_measure_that_outlasts_by_its_basis_runs_on_but_the_record_restricts_nothing_itself(scene: Scene) -> None:
    with factories.changing_the_law():
        row = Code.objects.get(list_name="sanction", code="LOSS_RECOVERY")
        row.facts = {**row.facts, "outlasts_disclosure": True}
        row.save()
    memory.forget()
    record = factories.recognised(
        scene,
        severity="serious",
        sanctions=("LOSS_RECOVERY", "PUBLIC_CRITICISM"),
        facts=f"{factories.FACTS}13800138000",
    )
    assert record.state == S.EFFECTIVE
    assert verdict(record, record.period_until, "AWARD") == "restricted"  # type: ignore[arg-type]
    over = factories.day_after(record.period_until)

    assert verdict(record, over.date(), "AWARD") == "notice"  # before the night as well as after it
    ending.expire_due(now=over)

    assert active(record) == {"LOSS_RECOVERY"}
    assert verdict(record, over.date(), "AWARD") == "notice"
    assert duties.end_due(now=over + timedelta(days=400)) == 0
