"""Filing and review: the acceptance scenarios of the law, and the ways round them that are closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.services import recusing
from ledger import memory
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, NotAllowed, Stale
from records.models import DishonestyRecord, RecordState
from records.selectors import differences, history, listing
from records.services import drafting, looking, notice, recognition, review
from records.workflow import source
from records.workflow.filing import Incomplete
from records.workflow.record import RECORD
from rules import deadlines
from rules.models import Code
from rules.workflow import GuardContext
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene
from tests.records.proofs import refused

S = RecordState


def test_scenario_01_a_record_starts_as_a_draft_with_its_deadline_and_only_the_department_and_the_lead_see_it(
    scene: Scene,
) -> None:
    record = factories.draft(scene, decided_on=date(2026, 4, 29))

    assert record.state == S.DRAFT
    assert record.number
    clock = deadlines.open_for(record).get(rule="push.record_create_days")
    assert clock.due_on == date(2026, 5, 12)
    seeing = {
        name for name, user in scene.everyone().items() if record in DishonestyRecord.objects.visible_to(user, NOW)
    }
    assert seeing == {"clerk", "colleague", "reviewer", "head", "approver", "second"}


def test_scenario_02_a_clerk_who_is_also_reviewer_cannot_pass_his_own_record(scene: Scene) -> None:
    record = factories.in_review(scene)
    accounts.granted(scene.clerk.person, "reviewer", scene.bureau)

    with refused(NotAllowed, "不得审核本人填报的记录") as caught:
        review.pass_on(actor=scene.clerk, record=record, version=record.version, now=NOW)

    assert caught.value.status == 403
    assert factories.fresh(record).state == S.PENDING_REVIEW
    logged = Entry.objects.get(kind="refused", object_id=str(record.pk))
    assert logged.person == scene.clerk.person_id


def test_scenario_03_a_reviewer_made_approver_cannot_recognise_what_he_reviewed(scene: Scene) -> None:
    record = factories.pending_approval(scene)
    accounts.granted(scene.reviewer.person, "approver", scene.lead)

    with refused(NotAllowed, "不得认定本人审核过的记录"):
        recognition.recognise(
            actor=scene.reviewer, record=record, severity="general", sanctions=(), version=record.version, now=NOW
        )


def test_scenario_04_a_reviewer_is_not_offered_the_record_about_himself(scene: Scene) -> None:
    reviewer = scene.official_user
    accounts.granted(scene.official.person, "reviewer", scene.bureau)
    record = factories.in_review(scene, content=factories.about_official(scene, prior_hearing_by_source=False))

    offers = {offer.arrow.action: offer for offer in RECORD.offers(record, actor=reviewer, now=NOW)}
    assert not offers["pass_on"].open
    assert not offers["send_back"].open
    with refused(NotAllowed, "您是本事项的当事人"):
        review.pass_on(actor=reviewer, record=record, version=record.version, now=NOW)


def test_scenario_05_a_decision_dated_tomorrow_is_a_field_error_and_nothing_is_stored(scene: Scene) -> None:
    tomorrow = NOW.date() + timedelta(days=1)

    with refused(Incomplete, "认定日期不能晚于今天") as caught:
        drafting.register(
            actor=scene.clerk,
            key=uuid4(),
            department=scene.bureau,
            filing=factories.filing(scene, decided_on=tomorrow),
            now=NOW,
        )

    assert set(caught.value.errors) == {"decided_on"}


def test_scenario_11_the_same_document_again_is_a_conflict_that_links_to_the_first_record(scene: Scene) -> None:
    first = factories.disclosed(scene, document_number="安交罚[2026] 77 号")

    with refused(Conflict, first.number) as caught:
        drafting.register(
            actor=scene.clerk,
            key=uuid4(),
            department=scene.bureau,
            filing=factories.filing(scene, document_number="安交罚〔2026〕77号"),
            now=NOW,
        )

    assert caught.value.status == 409
    assert caught.value.link == f"/staff/records/{first.pk}/"


def test_scenario_13_a_source_type_off_the_catalogue_cannot_be_recognised(scene: Scene) -> None:
    record = factories.pending_approval(scene)
    _end_code("source_type", "ADMIN_PENALTY")

    with refused(Invalid, "失信来源类型“ADMIN_PENALTY”不在现行目录中") as caught:
        _recognise(scene, record)

    assert caught.value.field == "source_type"


def test_scenario_13_a_basis_that_has_ended_cannot_carry_a_recognition(scene: Scene) -> None:
    record = factories.pending_approval(scene)
    _end_code("legal_basis", "APL")

    with refused(Invalid, "认定依据“APL”不在现行目录中") as caught:
        _recognise(scene, record)

    assert caught.value.field == "basis_codes"


def test_scenario_13_a_basis_of_another_source_type_cannot_carry_a_recognition(scene: Scene) -> None:
    record = factories.pending_approval(scene, basis_codes=("GSL",))

    with refused(Invalid, "所选依据都不是“行政处罚”的认定依据") as caught:
        _recognise(scene, record)

    assert caught.value.field == "basis_codes"


def test_scenario_13_without_a_basis_a_record_is_neither_handed_in_nor_recognised(scene: Scene) -> None:
    record = factories.draft(scene, basis_codes=())

    with refused(Incomplete, "请选择认定依据") as caught:
        drafting.submit(actor=scene.clerk, record=record, version=record.version, now=NOW)

    assert set(caught.value.errors) == {"basis_codes"}
    said = source.on_the_catalogue(GuardContext(record, scene.approver, NOW))
    assert said is not None
    assert (str(said), said.field) == ("没有认定依据，不能认定", "basis_codes")


def _end_code(list_name: str, code: str) -> None:
    """Let a code have left its list yesterday, the way its office would have."""
    row = Code.objects.get(list_name=list_name, code=code, valid_to=None)
    with factories.changing_the_law():
        row.valid_to = NOW.date() - timedelta(days=1)
        row.save()
    memory.forget()


def _recognise(scene: Scene, record: DishonestyRecord) -> DishonestyRecord:
    return recognition.recognise(
        actor=scene.approver, record=record, severity="general", sanctions=(), version=record.version, now=NOW
    )


@pytest.mark.parametrize(
    ("gap", "field"),
    [({"social_impact": ""}, "social_impact"), ({"economic_loss_yuan": None}, "economic_loss_yuan")],
    ids=["impact", "loss"],
)
def test_scenario_14_without_loss_or_impact_a_record_cannot_be_handed_in(
    scene: Scene, gap: dict[str, object], field: str
) -> None:
    record = factories.draft(scene, **gap)

    with refused(Incomplete) as caught:
        drafting.submit(actor=scene.clerk, record=record, version=record.version, now=NOW)

    assert set(caught.value.errors) == {field}


def test_scenario_15_recognition_waits_for_the_notice_period_or_an_answer(scene: Scene) -> None:
    start = NOW.replace(month=9, day=24)
    record = factories.delivered(scene, now=start, decided_on=date(2026, 9, 21))
    early = NOW.replace(month=9, day=29)
    with refused(Conflict, "待认定"):
        recognition.recognise(
            actor=scene.approver, record=record, severity="general", sanctions=(), version=record.version, now=early
        )

    assert record.notices.get().ends_on == date(2026, 10, 9)
    assert notice.close_due(now=NOW.replace(month=10, day=9)) == 0
    assert notice.close_due(now=NOW.replace(month=10, day=10)) == 1
    assert factories.fresh(record).state == S.PENDING_APPROVAL


def test_a_waiver_opens_recognition_before_the_period_ends(scene: Scene) -> None:
    record = factories.delivered(scene)

    notice.waive(actor=scene.head, record=record, received_on=NOW.date(), version=record.version, now=NOW)

    moved = factories.fresh(record)
    assert moved.state == S.PENDING_APPROVAL
    assert moved.statements.get().by_subject


def test_a_statement_must_be_answered(scene: Scene) -> None:
    record = factories.delivered(scene)
    notice.state(
        actor=scene.head,
        record=record,
        text="已于五月支付一半",
        received_on=NOW.date(),
        version=record.version,
        now=NOW,
    )
    record = factories.fresh(record)

    with refused(Invalid, "请写明对其意见的答复"):
        _recognise(scene, record)

    decided = recognition.recognise(
        actor=scene.approver,
        record=record,
        severity="general",
        sanctions=(),
        version=record.version,
        now=NOW,
        answer="余款仍未支付，不影响认定。",
    )
    assert decided.state == S.DISCLOSED


def test_scenario_16_the_history_of_a_returned_record_shows_both_editions_and_the_reason(scene: Scene) -> None:
    content = factories.filing(scene)
    record = factories.in_review(scene, content=content)
    record = review.send_back(
        actor=scene.reviewer, record=record, reason="金额与决定书不一致", version=record.version, now=NOW
    )
    record = drafting.edit(
        actor=scene.clerk,
        record=record,
        filing=replace(content, economic_loss_yuan="1286400.00"),
        version=record.version,
        now=NOW,
    )
    record = drafting.submit(actor=scene.clerk, record=record, version=record.version, now=NOW)

    assert record.edition == 2
    change = differences.of_editions(record=record, old=1, new=2)
    assert [(each.field, each.old, each.new) for each in change] == [
        ("economic_loss_yuan", "1,268,400.00元", "1,286,400.00元")
    ]
    notes = [step.note for step in history.timeline(record=record, now=NOW) if step.action == "record.send_back"]
    assert notes == ["金额与决定书不一致"]


def test_scenario_17_a_stale_form_overwrites_nothing(scene: Scene) -> None:
    content = factories.filing(scene)
    record = factories.draft(scene, content=content)
    newer = drafting.edit(
        actor=scene.colleague,
        record=record,
        filing=replace(content, facts=factories.FACTS + "已核实。"),
        version=record.version,
        now=NOW,
    )

    with refused(Stale) as caught:
        drafting.edit(
            actor=scene.clerk,
            record=record,
            filing=replace(content, facts=factories.FACTS + "别的话。"),
            version=record.version,
            now=NOW,
        )

    assert caught.value.status == 409
    assert factories.fresh(record).facts == newer.facts


def test_the_same_form_twice_makes_one_record(scene: Scene) -> None:
    key, content = uuid4(), factories.filing(scene)

    first = drafting.register(actor=scene.clerk, key=key, department=scene.bureau, filing=content, now=NOW)
    again = drafting.register(actor=scene.clerk, key=key, department=scene.bureau, filing=content, now=NOW)

    assert first.pk == again.pk == key
    with refused(Conflict, logged=False):
        drafting.register(actor=scene.colleague, key=key, department=scene.bureau, filing=content, now=NOW)


def test_a_clerk_files_for_his_own_department_only(scene: Scene) -> None:
    with refused(NotAllowed, "不覆盖该单位"):
        drafting.register(
            actor=scene.neighbour_clerk, key=uuid4(), department=scene.bureau, filing=factories.filing(scene), now=NOW
        )


def test_an_editor_cannot_review_either(scene: Scene) -> None:
    content = factories.filing(scene)
    record = factories.draft(scene, content=content)
    record = drafting.edit(actor=scene.colleague, record=record, filing=content, version=record.version, now=NOW)
    record = drafting.submit(actor=scene.clerk, record=record, version=record.version, now=NOW)
    accounts.granted(scene.colleague.person, "reviewer", scene.bureau)

    with refused(NotAllowed, "不得审核本人修改过的记录"):
        review.pass_on(actor=scene.colleague, record=record, version=record.version, now=NOW)


def test_a_declared_tie_to_the_unit_recorded_closes_the_review(scene: Scene) -> None:
    record = factories.in_review(scene, content=factories.filing(scene, subject_department=scene.neighbour))
    recusing.declare(actor=scene.reviewer, relation="spouse", department=scene.neighbour, now=NOW)

    with refused(NotAllowed, "已申报回避"):
        review.pass_on(actor=scene.reviewer, record=record, version=record.version, now=NOW)


def test_the_head_of_the_day_takes_no_hand_in_the_record_of_his_unit(scene: Scene) -> None:
    accounts.granted(scene.head.person, "reviewer", scene.bureau)
    record = factories.in_review(scene)

    with refused(NotAllowed, "第一责任人"):
        review.pass_on(actor=scene.head, record=record, version=record.version, now=NOW)


def test_a_record_can_be_recalled_until_somebody_else_opens_it(scene: Scene) -> None:
    record = factories.in_review(scene)
    looking.look(user=scene.clerk, record=record, now=NOW)
    back = drafting.recall(actor=scene.clerk, record=record, version=record.version, now=NOW)
    assert back.state == S.DRAFT

    again = drafting.submit(actor=scene.clerk, record=back, version=back.version, now=NOW)
    looking.look(user=scene.reviewer, record=again, now=NOW)
    with refused(Conflict, "已经打开"):
        drafting.recall(actor=scene.clerk, record=again, version=again.version, now=NOW)


def test_a_returned_record_is_reviewed_and_notified_anew(scene: Scene) -> None:
    record = factories.pending_approval(scene)
    record = recognition.send_back(
        actor=scene.approver, record=record, reason="依据不足", version=record.version, now=NOW
    )
    record = drafting.submit(actor=scene.clerk, record=record, version=record.version, now=NOW)

    assert record.edition == 2
    assert record.reviewer is None
    record = review.pass_on(actor=scene.reviewer, record=record, version=record.version, now=NOW)
    assert record.state == S.NOTIFIED
    assert not record.notices.filter(edition=2).exists()


def test_the_list_pages_by_key(scene: Scene) -> None:
    for _turn in range(3):
        factories.draft(scene)
    first = listing.records(user=scene.clerk, filters=listing.Filters(), now=NOW, limit=2)
    rest = listing.records(user=scene.clerk, filters=listing.Filters(), now=NOW, limit=2, cursor=first.next_cursor)

    assert (len(first.items), first.has_more, len(rest.items), rest.has_more) == (2, True, 1, False)
    assert len({record.pk for record in (*first.items, *rest.items)}) == 3
