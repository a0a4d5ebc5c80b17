"""Acceptance scenarios 40 to 46 of the domain reference."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from disclosure import reading
from disclosure.models import Document
from exchange.models import Report
from ledger.refusals import Conflict, NotAllowed
from records.models import CorrectionNotice, ObjectionEscalation, ObjectionState, Outcome, RecordState, SanctionState
from records.services import publication
from records.services.objections import investigating, notices, screening, timing
from records.workflow.objections import clocks
from records.workflow.objections.filing import Statement
from rules import deadlines
from rules.models import Deadline
from tests.accounts import factories as accounts
from tests.records import factories as records
from tests.records import proofs
from tests.records.factories import NOW
from tests.records.objections import factories
from tests.records.objections.factories import Hall, at

S = ObjectionState
BEFORE_THE_HOLIDAY = at(date(2026, 9, 29))


def told(record: Any) -> list[str]:
    """Return the operations reported of a record, in order."""
    return list(Report.objects.filter(subject_id=record.pk).order_by("version").values_list("operation", flat=True))


def shown(record: Any, now: datetime) -> bool:
    """Say whether the public may read the record."""
    with reading.reader(now=now):
        return reading.visible(on=now).filter(pk=record.pk).exists()


def due(objection: Any) -> Deadline:
    """Return the clock within which the decision is owed."""
    held = clocks.running(objection)
    assert held is not None
    return held


def test_scenario_40_an_accepted_objection_is_marked_at_once(hall: Hall) -> None:
    objection = factories.submitted(hall)
    record = objection.record
    assert Document.objects.get(pk=record.pk).marked_on is None

    screening.accept(actor=hall.handler, objection=objection, version=objection.version, now=NOW)

    assert factories.fresh(objection).state == S.INVESTIGATING
    assert Document.objects.get(pk=record.pk).marked_on == date(2026, 5, 11)
    assert told(record) == ["C", "M"]
    mark = Report.objects.get(subject_id=record.pk, operation="M")
    assert mark.due_at == NOW
    assert mark.fields["is_objected"] is True


@pytest.mark.parametrize("part", ["filer", "reviewer", "approver"])
def test_scenario_41_nobody_of_the_records_chain_decides(hall: Hall, part: str) -> None:
    objection = factories.proposed(hall)
    person = getattr(objection.record, part)
    accounts.granted(person, "appeals", hall.scene.lead)
    user = {"filer": hall.scene.clerk, "reviewer": hall.scene.reviewer, "approver": hall.scene.approver}[part]

    with proofs.refused(NotAllowed, "您填报、审核或认定过这条记录"):
        factories.confirmed(hall, objection, by=user)


def test_scenario_41_nor_does_the_handling_officer(hall: Hall) -> None:
    objection = factories.proposed(hall)

    with proofs.refused(NotAllowed, "不得"):
        factories.confirmed(hall, objection, by=hall.handler)


def test_scenario_42_two_working_days_and_three_more(hall: Hall, settings: Any) -> None:
    settings.REGION_PROFILE = "SZ"
    objection = factories.accepted(hall, now=BEFORE_THE_HOLIDAY)
    assert due(objection).due_on == date(2026, 10, 8)
    assert timing.escalate_due(now=at(date(2026, 10, 8))) == 0

    proposal = timing.propose_extension(
        actor=hall.handler,
        objection=objection,
        reason="须调取外地档案",
        version=objection.version,
        now=at(date(2026, 10, 8)),
    )
    timing.sign_extension(actor=hall.lead_head, proposal=proposal, now=at(date(2026, 10, 8)))

    extended = due(objection)
    assert (extended.rule, extended.due_on) == (clocks.EXTENSION, date(2026, 10, 12))
    assert date(2026, 10, 10) in [
        step.day for step in deadlines.derivation_of(extended).steps if step.kind == "counted"
    ]
    assert timing.escalate_due(now=at(date(2026, 10, 12))) == 0
    assert timing.escalate_due(now=at(date(2026, 10, 13))) == 1


def test_scenario_42_undecided_in_time_it_goes_up_and_keeps_its_mark(hall: Hall, settings: Any) -> None:
    settings.REGION_PROFILE = "SZ"
    objection = factories.accepted(hall, now=BEFORE_THE_HOLIDAY)

    assert timing.escalate_due(now=at(date(2026, 10, 9))) == 1
    assert timing.escalate_due(now=at(date(2026, 10, 9))) == 0

    row = ObjectionEscalation.objects.get(objection=objection)
    assert (row.from_office, row.to_office) == (hall.scene.lead, hall.province_lead)
    assert (row.due_on, row.escalated_on) == (date(2026, 10, 8), date(2026, 10, 9))
    assert records.fresh(objection.record).is_objected
    held = factories.fresh(objection)
    with proofs.refused(NotAllowed, "不能由您办"):
        factories.redrafted(hall, held, outcome="dismiss", now=at(date(2026, 10, 9)))
    investigating.draft(
        actor=hall.superior,
        objection=held,
        findings=factories.FINDINGS,
        outcome="dismiss",
        content={},
        version=held.version,
        now=at(date(2026, 10, 9)),
    )
    factories.confirmed(hall, factories.fresh(held), by=hall.superior2, now=at(date(2026, 10, 9)))
    assert factories.fresh(held).state == S.DISMISSED


def test_scenario_43_expert_time_moves_the_deadline(hall: Hall) -> None:
    objection = factories.accepted(hall)  # Monday 11 May
    assert due(objection).due_on == date(2026, 5, 18)

    sent = investigating.pause(
        actor=hall.handler, objection=objection, reason="印章送检", version=objection.version, now=at(date(2026, 5, 12))
    )
    assert due(sent).due_on is None
    back = investigating.resume(
        actor=hall.handler,
        objection=sent,
        received_on=date(2026, 5, 15),
        conclusion="印章与备案一致",
        version=sent.version,
        now=at(date(2026, 5, 15)),
    )

    assert back.state == S.INVESTIGATING
    assert due(back).due_on == date(2026, 5, 22)  # Tuesday to Friday: four working days later


def test_scenario_44_an_upheld_objection_takes_the_record_back_everywhere(hall: Hall) -> None:
    record = records.disclosed(hall.scene)
    objection = factories.decided(hall, record=record)
    record = records.fresh(record)

    assert objection.state == S.UPHELD_REVOKE
    assert (record.state, record.withdrawn_ground, record.is_objected) == (
        RecordState.WITHDRAWN,
        "OBJECTION_UPHELD",
        False,
    )
    assert not shown(record, NOW)
    assert told(record) == ["C", "M", "N", "W"]
    assert Report.objects.get(subject_id=record.pk, operation="W").due_at.date() == date(2026, 5, 14)
    assert not record.measures.filter(state=SanctionState.ACTIVE).exists()

    notice = notices.request(actor=hall.scene.head, objection=objection, version=objection.version, now=NOW)
    document = Document.objects.get(pk=notice.pk)
    assert document.kind == "correction_notice"
    assert hall.scene.bureau.name in document.title
    assert records.FACTS not in document.body
    with proofs.refused(Conflict, "已经公布"):
        notices.request(actor=hall.scene.head, objection=objection, version=factories.fresh(objection).version, now=NOW)
    assert CorrectionNotice.objects.count() == 1


def test_scenario_45_one_open_objection_to_a_record(hall: Hall) -> None:
    first = factories.submitted(hall)

    with proofs.refused(Conflict, first.number) as refusal:
        factories.submitted(hall, record=first.record, by=hall.scene.clerk)
    assert refusal.value.link == reverse("objections:objection", args=[first.pk])
    with proofs.refused(Conflict, first.number):
        factories.registered(hall, record=first.record)


def test_scenario_46_discipline_itself_is_for_another_organ(hall: Hall) -> None:
    scene = hall.scene
    record = records.recognised(scene, content=records.about_official(scene), sanctions=("AWARD_RESTRICT",))
    statement = Statement(
        ground="OTHER", facts="我认为处分过重，请求撤销政务处分决定。", wanted="revoke", is_against_source=True
    )
    objection = factories.submitted(hall, record=record, by=scene.official_user, statement=statement)

    with proofs.refused(Conflict, "复审、复核"):
        screening.accept(actor=hall.handler, objection=objection, version=objection.version, now=NOW)

    first = screening.refusals(objection)[0]
    closed = screening.not_accept(
        actor=hall.handler,
        objection=objection,
        refusal=first.code,
        remedy="",
        reason="请求撤销的是处分决定本身",
        version=objection.version,
        now=NOW,
    )
    assert (closed.state, closed.refusal) == (S.NOT_ACCEPTED, "ABOUT_DISCIPLINE")
    assert "复审" in closed.remedy
    assert "复核" in closed.remedy
    assert not records.fresh(record).is_objected


def test_an_upheld_objection_corrects_a_record_published_with_an_answered_hit(hall: Hall) -> None:
    scene, hotline = hall.scene, "13812345678"
    record = records.recognised(scene, facts=f"{records.FACTS}热线{hotline}为单位公开电话。")
    [hit] = publication.hits(record=record)
    publication.acknowledge(actor=scene.approver, record=record, key=hit.key, reason="单位公开电话", now=NOW)
    record = publication.publish(actor=scene.approver, record=record, version=record.version, now=NOW)
    objection = factories.accepted(hall, record=record)
    with proofs.refused(Conflict, "13900000000"):
        factories.redrafted(
            hall, objection, outcome=Outcome.CORRECT, content={"facts": f"{record.facts}另一电话13900000000。"}
        )

    better = f"其中十万元已支付。{record.facts}"
    draft = factories.redrafted(hall, objection, outcome=Outcome.CORRECT, content={"facts": better})
    factories.confirmed(hall, draft)

    corrected = records.fresh(record)
    assert (corrected.edition, corrected.facts) == (2, better)
    assert [(each.text, each.answered) for each in publication.hits(record=corrected)] == [(hotline, "单位公开电话")]
    assert shown(record, NOW)
