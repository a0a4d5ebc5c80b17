"""No sanction outlives its cause: every end of a record ends its measures in the same act, and the clock ends the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from disclosure.models import Document
from exchange.models import Report
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, NotAllowed
from ledger.verification.run import verify
from records.models import DishonestyRecord, RecordState, Sanction, SanctionState
from records.services import duties, mitigation
from records.services.repairs import revoking
from rules import calendar, codes
from rules.clock import local_day
from rules.models import Code
from tests.records import factories as records
from tests.records.duties import factories
from tests.records.factories import NOW, Scene
from tests.records.repairs import cases as repairs

WITHOUT_SANCTIONS = (RecordState.REPAIRED, RecordState.EXPIRED, RecordState.WITHDRAWN, RecordState.ARCHIVED)
BECAUSE = {
    RecordState.REPAIRED: "repaired",
    RecordState.EXPIRED: "expired",
    RecordState.WITHDRAWN: "withdrawn",
    RecordState.ARCHIVED: "withdrawn",
}


def active(record: DishonestyRecord) -> set[str]:
    """Return the codes in force."""
    return set(record.measures.filter(state=SanctionState.ACTIVE).values_list("code", flat=True))


QUICK = (RecordState.PENDING_APPROVAL, RecordState.EFFECTIVE, *WITHOUT_SANCTIONS)


@pytest.mark.parametrize(
    "state", [pytest.param(each, marks=() if each in QUICK else pytest.mark.matrix) for each in RecordState.values]
)
def test_sanctions_are_in_force_in_exactly_the_states_their_record_is(scene: Scene, state: str) -> None:
    record = records.BUILDERS[state](scene)

    in_force = state in (RecordState.EFFECTIVE, RecordState.DISCLOSED)
    assert bool(active(record)) is in_force
    if state in WITHOUT_SANCTIONS:
        assert {row.ended_because for row in record.measures.all()} == {BECAUSE[RecordState(state)]}


def test_every_measure_carries_its_basis_and_days(scene: Scene) -> None:
    record = factories.in_force(scene)
    for measure in record.measures.all():
        assert measure.basis
        assert measure.starts_on == local_day(NOW)
        assert measure.ends_on == record.period_until


@pytest.mark.parametrize(
    ("discipline", "source", "basis"),
    [("DISMISSAL", "GOV_SANCTION", "GSL"), ("CRITICISM", "ACCOUNTABILITY", "GF76"), ("", "ACCOUNTABILITY", "GF76")],
)
def test_a_persons_measure_without_a_period_of_discipline_ends_with_the_term_of_the_rules(
    scene: Scene, discipline: str, source: str, basis: str
) -> None:
    content = records.about_official(scene, discipline=discipline, source_type=source, basis_codes=(basis,))
    record = records.recognised(scene, content=content, sanctions=("AWARD_RESTRICT",))
    measure = record.measures.get()
    assert record.period_until is None
    assert measure.ends_on == calendar.add_months(local_day(NOW), 12)

    assert duties.end_due(now=factories.on(measure.ends_on)) == 0
    assert duties.end_due(now=factories.after(measure.ends_on)) == 1
    assert duties.end_due(now=factories.after(measure.ends_on)) == 0
    measure.refresh_from_db()
    assert (measure.state, measure.ended_because) == (SanctionState.ENDED, "term")
    assert factories.fresh(record).state == RecordState.EFFECTIVE, "the record itself stands"


def test_a_persons_measure_ends_with_the_discipline_where_that_has_a_period(scene: Scene) -> None:
    record = records.recognised(scene, content=records.about_official(scene), sanctions=("AWARD_RESTRICT",))
    assert record.measures.get().ends_on == record.period_until == date(2027, 5, 11)


def test_the_clock_ends_what_was_never_public(scene: Scene) -> None:
    record = records.effective(scene)
    last = max(measure.ends_on for measure in record.measures.all() if measure.ends_on)

    assert duties.end_due(now=factories.on(last)) == 0
    assert duties.end_due(now=factories.after(last)) == 1
    assert duties.end_due(now=factories.after(last)) == 0
    assert {(row.ended_because, row.ended_on) for row in record.measures.all()} == {("term", last)}


def test_only_a_basis_that_says_so_lets_a_measure_outlast_the_disclosure(scene: Scene) -> None:
    with records.changing_the_law():
        row = Code.objects.get(list_name="sanction", code="LOSS_RECOVERY")
        row.facts = {**row.facts, "outlasts_disclosure": True}
        row.save()
    records.memory.forget()
    record = records.expired(scene, sanctions=("LOSS_RECOVERY", "PUBLIC_CRITICISM"))

    assert active(record) == {"LOSS_RECOVERY"}
    factories.withdraw(scene, record)
    assert active(record) == set()


def test_no_measure_outlives_the_disclosure_in_the_database_of_the_walk(scene: Scene) -> None:
    for build in (records.disclosed, records.expired, factories.lightened):
        build(scene)
    for measure in Sanction.objects.filter(state=SanctionState.ACTIVE).select_related("record"):
        assert measure.record.state in (RecordState.EFFECTIVE, RecordState.DISCLOSED)
        assert measure.ends_on is not None
        assert measure.record.period_until is not None
        assert measure.ends_on <= measure.record.period_until


def test_what_is_not_on_the_list_cannot_be_imposed(scene: Scene) -> None:
    with pytest.raises(Invalid):
        records.recognised(scene, sanctions=("PILLORY",))


def test_a_revoked_repair_puts_the_measures_back(scene: Scene) -> None:
    record = records.repaired(scene)
    before = {row.code for row in record.measures.all()}
    with records.changing_the_law():
        duties.reinstate(record, now=NOW + timedelta(days=100))

    assert active(record) == before


def revoked_after_lightening(scene: Scene, until: date | None, *, on: datetime) -> DishonestyRecord:
    """Lighten one of two measures, repair the record in August, and revoke the repair, all by the acts of people."""
    record = records.disclosed(scene, sanctions=("PUBLIC_CRITICISM", "HONOUR_DISQUALIFY"))
    claim = factories.examined(scene, factories.filed(scene, record))
    mitigation.lighten(
        actor=scene.second, claim=claim, changed={"HONOUR_DISQUALIFY": until}, reply="主动挽回损失，从轻。",
        version=claim.version, now=NOW,
    )  # fmt: skip
    repair = repairs.approved(scene, found=records.fresh(record))
    assert active(record) == set()
    proposal = revoking.propose(
        actor=scene.approver, repair=repair, ground="FORGED_MATERIAL", reason="银行回单系伪造", version=repair.version, now=on
    )  # fmt: skip
    revoking.sign(actor=scene.second, proposal=proposal, now=on)
    return records.fresh(record)


@pytest.mark.parametrize("build", [records.disclosed, records.effective])
def test_a_measure_that_ends_before_its_record_is_told_and_leaves_the_page(scene: Scene, build: Any) -> None:
    record = build(scene, sanctions=("PUBLIC_CRITICISM", "HONOUR_DISQUALIFY"))
    claim, last = factories.examined(scene, factories.filed(scene, record)), date(2026, 6, 30)
    mitigation.lighten(
        actor=scene.second, claim=claim, changed={"HONOUR_DISQUALIFY": last}, reply="主动挽回损失，从轻。",
        version=claim.version, now=NOW,
    )  # fmt: skip
    label = codes.label("sanction", "HONOUR_DISQUALIFY", NOW.date())
    before = Report.objects.filter(subject_id=record.pk).count()
    assert duties.end_due(now=factories.on(last)) == 0

    assert duties.end_due(now=factories.after(last)) == 1
    assert duties.end_due(now=factories.after(last)) == 0

    told = Report.objects.filter(subject_id=record.pk).order_by("version")
    assert (told.count(), told.last().operation) == (before + 1, "U")  # type: ignore[union-attr]
    assert told.last().fields["sanctions"] == ["PUBLIC_CRITICISM"]  # type: ignore[union-attr]
    if records.fresh(record).state == RecordState.DISCLOSED:
        shown = json.loads(Document.objects.get(pk=record.pk).body)
        measures = next(point["text"] for point in shown["fields"]["points"] if point["label"] == "采取措施")
        assert label not in measures
        assert len(shown["corrections"]) == 1  # that of the claim; the end of a term corrects nothing
    assert not verify().findings


def test_a_revoked_repair_brings_a_lightened_measure_back_as_it_was(scene: Scene) -> None:
    lighter = date(2026, 12, 31)
    record = revoked_after_lightening(scene, lighter, on=repairs.THEN + timedelta(days=30))

    assert record.state == RecordState.DISCLOSED
    again = {row.code: row for row in record.measures.filter(state=SanctionState.ACTIVE)}
    assert set(again) == {"PUBLIC_CRITICISM", "HONOUR_DISQUALIFY"}
    assert (again["HONOUR_DISQUALIFY"].ends_on, again["HONOUR_DISQUALIFY"].lightened_on) == (lighter, local_day(NOW))
    assert (again["PUBLIC_CRITICISM"].ends_on, again["PUBLIC_CRITICISM"].lightened_on) == (record.period_until, None)
    assert {row.basis for row in record.measures.filter(code="HONOUR_DISQUALIFY")} == {again["HONOUR_DISQUALIFY"].basis}


@pytest.mark.parametrize("until", [date(2026, 8, 31), None], ids=["its last day is over", "waived by the claim"])
def test_a_revoked_repair_brings_back_nothing_that_had_ended_by_itself(scene: Scene, until: date | None) -> None:
    record = revoked_after_lightening(scene, until, on=repairs.THEN + timedelta(days=30))

    assert active(record) == {"PUBLIC_CRITICISM"}


LIFTED: dict[str, Callable[[Scene], object]] = {
    "waive": factories.waived,
    "lighten": factories.lightened,
}


@pytest.mark.parametrize("outcome", LIFTED)
def test_a_granted_claim_changes_measures_in_its_own_act(scene: Scene, outcome: str) -> None:
    claim = LIFTED[outcome](scene)

    entry = Entry.objects.get(kind=f"mitigation.{outcome}", object_id=str(claim.pk))  # type: ignore[attr-defined]
    followed = Entry.objects.filter(kind="record.follow_duties", object_id=str(claim.record_id))  # type: ignore[attr-defined]
    assert followed.filter(at=entry.at).exists()


def test_a_claim_lightens_nothing_twice_and_never_lengthens(scene: Scene) -> None:
    claim = factories.examined(scene)
    longer = (claim.record.period_until or date.max) + timedelta(days=1)
    for changed, field in (
        ({}, "changed"),
        ({"HONOUR_DISQUALIFY": longer}, "until_HONOUR_DISQUALIFY"),
        ({"HONOUR_DISQUALIFY": local_day(NOW) - timedelta(days=1)}, "until_HONOUR_DISQUALIFY"),
        ({"AWARD_RESTRICT": None}, "changed"),
        (dict.fromkeys(active(claim.record)), "changed"),
    ):
        with pytest.raises(Invalid) as refused:
            mitigation.lighten(
                actor=scene.second, claim=claim, changed=changed, reply="从轻处理。", version=claim.version, now=NOW
            )
        assert refused.value.field == field


def test_who_claims_and_who_examined_do_not_decide(scene: Scene) -> None:
    claim = factories.examined(scene)
    for user in (scene.approver, scene.head, scene.clerk, scene.reviewer):
        with pytest.raises(NotAllowed):
            mitigation.waive(actor=user, claim=claim, reply="予以免于惩戒。", version=claim.version, now=NOW)


def test_one_claim_at_a_time_and_only_by_the_recorded(scene: Scene) -> None:
    record = factories.in_force(scene)
    with pytest.raises(NotAllowed):
        factories.filed(scene, record, by=scene.neighbour_clerk)
    factories.filed(scene, record)
    with pytest.raises(Conflict):
        factories.filed(scene, record, by=scene.clerk)


def test_a_claim_needs_ground_evidence_and_a_day_that_has_come(scene: Scene) -> None:
    record = factories.in_force(scene)
    good = {
        "grounds": ["HARM_PREVENTED"],
        "done_on": local_day(NOW),
        "facts": "及时叫停，避免损失扩大，有会议纪要。",
        "uploads": [records.upload()],
    }
    for wrong, field in (
        ({"grounds": []}, "grounds"),
        ({"grounds": ["CHARM"]}, "grounds"),
        ({"done_on": local_day(NOW) + timedelta(days=1)}, "done_on"),
        ({"facts": "短"}, "facts"),
        ({"uploads": []}, "file"),
    ):
        with pytest.raises(Invalid) as refused:
            mitigation.file(actor=scene.head, record=record, now=NOW, **{**good, **wrong})  # type: ignore[arg-type]
        assert refused.value.field == field
