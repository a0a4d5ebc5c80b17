"""The scenarios of the law about credit repair (domain 7: 47 to 50, 52, 81), at the services."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from disclosure import reading
from exchange.models import Report
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import CourtDelisting, RecordState, RepairState, SanctionState, SupplementNotice
from records.services import ending
from records.services.repairs import applying, checking, checklist, court, deciding, following, revoking
from records.services.repairs.applying import Application
from records.workflow.repairs import clocks, eligibility
from rules import deadlines
from rules.clock import local_day
from tests.records import factories, proofs
from tests.records.factories import NOW, Scene
from tests.records.repairs import cases
from tests.records.repairs.cases import THEN

EARLY = cases.day_before(THEN)


def is_public(record: object, now: datetime = THEN) -> bool:
    with reading.reader(now=now):
        return bool(reading.visible(on=now).filter(pk=record.pk).exists())  # type: ignore[attr-defined]


def test_scenario_47_too_early_is_refused_with_the_day_and_the_day_itself_is_not(scene: Scene) -> None:
    found = cases.record(scene, sanctions=("RECTIFY_ORDER",))
    cases.put_right(scene, found, now=EARLY)
    repair = cases.draft(scene, found=found, now=EARLY)
    before = proofs.rows()

    with pytest.raises(Conflict, match=r"未满最短公示期（2026年8月11日）"):
        applying.submit(actor=scene.head, repair=repair, pledge_by="程立业", version=repair.version, now=EARLY)
    assert proofs.rows() == before

    handed = applying.submit(actor=scene.head, repair=repair, pledge_by="程立业", version=repair.version, now=THEN)
    assert handed.state == RepairState.SUBMITTED


def test_scenario_47_and_not_while_the_rectification_is_not_accepted(scene: Scene) -> None:
    found = cases.record(scene, sanctions=("RECTIFY_ORDER",))
    repair = cases.draft(scene, found=found)

    with pytest.raises(Conflict, match="整改还没有验收通过"):
        applying.submit(actor=scene.head, repair=repair, pledge_by="程立业", version=repair.version, now=THEN)


def test_scenario_47_the_page_before_says_the_same_day_and_its_rule(scene: Scene) -> None:
    found = eligibility.of(cases.record(scene), now=EARLY)

    assert not found.is_open
    assert found.earliest == date(2026, 8, 11)
    assert [each.key for each in found.unmet] == ["period"]


def test_scenario_48_everything_missing_is_told_in_one_notice(scene: Scene) -> None:
    found = cases.record(scene, source_type="ARREARS", basis_codes=("F1103",))
    repair = cases.opened(scene, found=found)
    for code in ("DUTY_PROOF", "PAYMENT_PROOF"):
        repair = checklist.give(
            actor=scene.head, repair=repair, code=code, upload=factories.upload(f"{code}.pdf"), now=THEN
        )
    repair = applying.submit(actor=scene.head, repair=repair, pledge_by="程立业", version=repair.version, now=THEN)
    told = {"DUTY_PROOF": "看不清印章", "PAYMENT_PROOF": "缺第二笔回单"}

    notice = checking.ask_supplement(actor=scene.appeals, repair=repair, told=told, version=repair.version, now=THEN)

    assert [item["code"] for item in notice.items] == ["DUTY_PROOF", "PAYMENT_PROOF"]
    assert [item["note"] for item in notice.items] == ["看不清印章", "缺第二笔回单"]
    repair = cases.fresh(repair)
    with pytest.raises(Conflict, match="还缺：履行义务、纠正失信行为的证明、付清款项的凭证"):
        applying.supply(actor=scene.head, repair=repair, version=repair.version, now=THEN)
    for code in told:
        repair = checklist.give(
            actor=scene.head, repair=repair, code=code, upload=factories.upload(f"{code}2.pdf"), now=THEN
        )
    repair = applying.supply(actor=scene.head, repair=repair, version=repair.version, now=THEN)
    with pytest.raises(Conflict, match="只能一次告知"):
        checking.ask_supplement(actor=scene.appeals, repair=repair, told=told, version=repair.version, now=THEN)
    assert SupplementNotice.objects.count() == 1


def test_scenario_49_a_granted_repair_takes_effect_everywhere_at_once(scene: Scene) -> None:
    repair = cases.drafted(scene, found=cases.record(scene, sanctions=("PUBLIC_CRITICISM", "UNIT_AWARD_RESTRICT")))
    assert is_public(repair.record)

    deciding.approve(
        actor=scene.second,
        repair=repair,
        number="安信修〔2026〕901号",
        reasons="已履行",
        version=repair.version,
        now=THEN,
    )

    repair = cases.fresh(repair)
    record = repair.record
    assert (repair.state, record.state) == (RepairState.APPROVED, RecordState.REPAIRED)
    assert not is_public(record)
    assert not record.measures.filter(state=SanctionState.ACTIVE).exists()
    told = Report.objects.filter(subject_id=record.pk).order_by("-version")[0]
    assert (told.operation, told.fields["is_public"], told.fields["repair_state"]) == ("R", False, "repaired")
    assert told.fields["repair_number"] == "安信修〔2026〕901号"
    assert record.facts, "the archive keeps what it said"
    assert list(record.repairs.all()) == [repair]


def test_scenario_50_two_persons_revoke_and_the_record_returns_for_the_days_left(scene: Scene) -> None:
    repair = cases.approved(scene)
    record = repair.record
    until = record.public_until
    proposal = revoking.propose(
        actor=scene.approver, repair=repair, ground="FORGED_MATERIAL", reason="银行回单系伪造", version=repair.version,
        now=THEN,
    )  # fmt: skip
    assert not is_public(record)
    with pytest.raises(NotAllowed, match="同一人不能签署两次"):
        revoking.sign(actor=scene.approver, proposal=proposal, now=THEN)

    revoking.sign(actor=scene.second, proposal=proposal, now=THEN)

    record.refresh_from_db()
    assert (record.state, record.public_until) == (RecordState.DISCLOSED, until)
    assert is_public(record)
    assert record.measures.filter(state=SanctionState.ACTIVE, starts_on=local_day(THEN)).count() == 1
    told = Report.objects.filter(subject_id=record.pk).order_by("-version")[0]
    assert (told.operation, told.fields["is_public"], told.fields["repair_state"]) == ("U", True, "revoked")
    paper = cases.fresh(repair).revocation
    assert (paper.may_apply_from, paper.shown_until) == (date(2027, 8, 11), until)
    assert "再次公示" in paper.notice
    assert "2027年8月11日以前不再受理" in paper.notice
    assert "提出异议" in paper.notice


def test_scenario_50_new_applications_are_blocked_for_twelve_months_on_every_record(scene: Scene) -> None:
    cases.revoked(scene)
    other = cases.record(scene)
    lastly = datetime(2027, 8, 10, 2, 0, tzinfo=UTC)

    assert ["2027年8月11日起才能再申请" in each.said for each in eligibility.of(other, now=lastly).unmet] == [True]
    repair = cases.draft(scene, found=other, now=THEN)
    with pytest.raises(Conflict, match="因材料虚假被撤销"):
        applying.submit(actor=scene.head, repair=repair, pledge_by="程立业", version=repair.version, now=lastly)
    assert eligibility.of(other, now=datetime(2027, 8, 11, 2, 0, tzinfo=UTC), apart_from=repair).is_open


def test_scenario_50_what_was_not_public_does_not_become_so(scene: Scene) -> None:
    repair = cases.revoked(scene, found=factories.effective(scene))

    assert repair.record.state == RecordState.EFFECTIVE
    assert not is_public(repair.record)
    assert repair.revocation.shown_until is None


def test_scenario_50_after_the_last_day_nothing_returns(scene: Scene) -> None:
    repair = cases.approved(scene)
    late = factories.day_after(repair.record.public_until)
    proposal = revoking.propose(
        actor=scene.approver, repair=repair, ground="FALSE_PROMISE", reason="承诺虚假", version=repair.version, now=late
    )
    revoking.sign(actor=scene.second, proposal=proposal, now=late)

    record = factories.fresh(repair.record)
    assert (record.state, record.ended_on) == (RecordState.EXPIRED, record.public_until)
    assert not is_public(record, late)
    assert not record.measures.filter(state=SanctionState.ACTIVE).exists()


def mirrored(scene: Scene) -> object:
    return factories.disclosed(
        scene, severity="serious", source_type="JUDGMENT_DEFAULTER", basis_codes=("SPC13",),
        document_number="（2026）粤4499执118号", issuer_name="安平市人民法院",
    )  # fmt: skip


def test_scenario_52_what_the_court_lists_is_not_repaired_here(scene: Scene) -> None:
    record = mirrored(scene)

    with pytest.raises(Conflict, match=r"照录法院.*请向安平市人民法院申请删除"):
        cases.opened(scene, found=record)  # type: ignore[arg-type]
    found = eligibility.of(record, now=THEN)  # type: ignore[arg-type]
    assert found.is_closed_for_good
    assert found.earliest is None


def test_scenario_52_when_the_court_delists_the_entry_closes_by_itself(scene: Scene) -> None:
    record = mirrored(scene)

    court.delist(
        actor=scene.clerk, record=record, court="安平市人民法院", number="（2026）粤4499执118号之一",  # type: ignore[arg-type]
        delisted_on=date(2026, 8, 7), version=record.version, now=THEN,  # type: ignore[attr-defined]
    )  # fmt: skip

    closed = factories.fresh(record)  # type: ignore[arg-type]
    assert (closed.state, closed.ended_as) == (RecordState.EXPIRED, "delisted")
    assert not is_public(closed)
    with reading.reader(now=THEN):
        assert reading.ended(closed.pk, on=THEN).kind == "delisted"  # type: ignore[union-attr]
    assert not closed.measures.filter(state=SanctionState.ACTIVE).exists()
    assert Report.objects.filter(subject_id=closed.pk).order_by("-version")[0].operation == "E"
    assert CourtDelisting.objects.get().document_number == "（2026）粤4499执118号之一"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"delisted_on": date(2026, 8, 12)}, "不能晚于今天"),
        ({"delisted_on": date(2026, 5, 10)}, "不能早于"),
        ({"number": " "}, "请填写"),
        ({"court": "安平\u202e市"}, "双向排版控制符"),
    ],
)
def test_scenario_52_the_courts_word_is_checked(scene: Scene, facts: dict[str, object], sentence: str) -> None:
    record = mirrored(scene)
    given = {"court": "安平市人民法院", "number": "一号", "delisted_on": date(2026, 8, 7), **facts}
    with pytest.raises(Invalid, match=sentence):
        court.delist(actor=scene.clerk, record=record, version=record.version, now=THEN, **given)  # type: ignore[arg-type, attr-defined]


def test_scenario_52_only_copies_of_the_courts_list_follow_the_court(scene: Scene) -> None:
    record = cases.record(scene)
    with pytest.raises(Conflict, match="不是照录法院名单"):
        court.delist(
            actor=scene.clerk, record=record, court="法院", number="一号", delisted_on=date(2026, 8, 7),
            version=record.version, now=THEN,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        court.delist(
            actor=scene.neighbour_clerk, record=record, court="法院", number="一号", delisted_on=date(2026, 8, 7),
            version=record.version, now=THEN,
        )  # fmt: skip


RECEIVED = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)


def due(repair: object, rule: str) -> date | None:
    return {each.rule: each.due_on for each in deadlines.open_for(repair)}.get(rule)  # type: ignore[arg-type]


def test_scenario_81_three_working_days_to_decide_and_ten_to_answer(scene: Scene) -> None:
    repair = cases.verifying(scene, now=RECEIVED)

    assert due(repair, clocks.DECIDE) == date(2026, 9, 30)
    assert due(repair, clocks.ANSWER) == date(2026, 10, 15)


def test_scenario_81_the_main_head_may_give_three_more_once(scene: Scene) -> None:
    repair = cases.verifying(scene, now=RECEIVED)
    head = cases.office_head(scene)
    proposal = deciding.propose_extension(
        actor=scene.appeals, repair=repair, reason="须函询银行", version=repair.version, now=RECEIVED
    )
    assert due(repair, clocks.DECIDE) == date(2026, 9, 30)

    deciding.sign_extension(actor=head, proposal=proposal, now=RECEIVED)

    repair = cases.fresh(repair)
    assert due(repair, clocks.DECIDE) is None
    assert due(repair, clocks.EXTENSION) == date(2026, 10, 10)  # 8, 9 and the make-up Saturday 10 October
    assert due(repair, clocks.ANSWER) == date(2026, 10, 15)
    with pytest.raises(Conflict, match="只能延长一次"):
        deciding.propose_extension(
            actor=scene.appeals, repair=repair, reason="再延", version=repair.version, now=RECEIVED
        )


def test_scenario_81_no_extension_after_the_last_day(scene: Scene) -> None:
    repair = cases.verifying(scene, now=RECEIVED)
    with pytest.raises(Conflict, match="已经逾期"):
        deciding.propose_extension(
            actor=scene.appeals, repair=repair, reason="太晚", version=repair.version,
            now=datetime(2026, 10, 1, 2, 0, tzinfo=UTC),
        )  # fmt: skip


def test_the_platforms_receipt_makes_it_synced_and_nothing_else(scene: Scene) -> None:
    repair = cases.approved(scene)
    assert following.sync_due(now=THEN) == 0
    cases.platform_stores(repair)

    assert following.sync_due(now=THEN) == 1
    assert following.sync_due(now=THEN) == 0

    assert (cases.fresh(repair).state, cases.fresh(repair).synced_on) == (RepairState.SYNCED, local_day(THEN))
    assert due(repair, clocks.SYNC) is None


def test_a_refusal_says_when_and_how_to_ask_again_and_what_can_be_done_against_it(scene: Scene) -> None:
    repair = cases.refused(scene)
    paper = repair.decisions.get()

    assert paper.reapply_from == local_day(THEN)
    assert paper.reapply_how == "付清余款并提交回单。"
    assert "提出异议" in paper.remedy
    assert is_public(repair.record)
    assert cases.submitted(scene, found=repair.record).state == RepairState.SUBMITTED


def test_what_nobody_sent_on_goes_by_itself_the_night_after(scene: Scene) -> None:
    repair = cases.accepted(scene)
    assert checking.forward_due(now=THEN) == 0

    assert checking.forward_due(now=factories.day_after(local_day(THEN))) == 1
    assert cases.fresh(repair).state == RepairState.VERIFYING


def test_an_official_waits_for_the_end_of_the_discipline(scene: Scene) -> None:
    record = factories.recognised(scene, content=factories.about_official(scene), sanctions=("AWARD_RESTRICT",))
    repair = cases.draft(scene, found=record, by=scene.official_user)

    with pytest.raises(Conflict, match="处分影响期到2027年5月11日止"):
        applying.submit(
            actor=scene.official_user, repair=repair, pledge_by="欧阳守信", version=repair.version, now=THEN
        )
    assert eligibility.of(record, now=THEN).earliest == date(2027, 5, 12)


def test_minor_records_can_be_repaired_from_the_first_day(scene: Scene) -> None:
    repair = cases.approved(scene, found=factories.effective(scene), now=NOW)
    assert repair.record.state == RecordState.REPAIRED


def test_what_the_basis_calls_not_repairable_is_refused_with_another_way(scene: Scene) -> None:
    with pytest.raises(Conflict, match=r"不可修复.*可以提出异议"):
        cases.opened(scene, found=cases.record(scene, is_repairable=False))


def test_an_agent_needs_authority(scene: Scene) -> None:
    repair = cases.draft(scene)
    repair = applying.edit(
        actor=scene.head, repair=repair, typed=Application(**{**cases.SAID.__dict__, "agent_name": "杜若"}),
        version=repair.version, now=THEN,
    )  # fmt: skip
    with pytest.raises(Conflict, match="还缺：授权委托书"):
        applying.submit(actor=scene.head, repair=repair, pledge_by="程立业", version=repair.version, now=THEN)


def test_a_units_pledge_is_signed_by_its_head(scene: Scene) -> None:
    repair = cases.draft(scene, by=scene.clerk)
    with pytest.raises(NotAllowed, match="由主要负责人签署"):
        applying.submit(actor=scene.clerk, repair=repair, pledge_by="林小禾", version=repair.version, now=THEN)
    with pytest.raises(Invalid, match="请签署信用承诺书"):
        applying.submit(actor=scene.head, repair=repair, pledge_by="", version=repair.version, now=THEN)


def test_paper_is_entered_by_the_office_and_counts_from_the_day_it_came(scene: Scene) -> None:
    repair = cases.opened(scene, by=scene.appeals, is_paper=True)
    repair = checklist.give(actor=scene.appeals, repair=repair, code="DUTY_PROOF", upload=None, now=THEN)

    repair = applying.submit(
        actor=scene.appeals, repair=repair, pledge_by="程立业", version=repair.version, now=THEN,
        received_on=date(2026, 8, 10),
    )  # fmt: skip

    assert repair.received_on == date(2026, 8, 10)
    assert due(repair, clocks.ANSWER) == date(2026, 8, 24)
    assert (
        checking.accept(actor=scene.appeals, repair=repair, version=repair.version, now=THEN).state
        == RepairState.VERIFYING
    )


def test_a_supplement_restarts_the_answer_on_the_day_it_is_complete(scene: Scene) -> None:
    repair = cases.supplement(scene)
    assert due(repair, clocks.ANSWER) is None
    later = datetime(2026, 8, 20, 2, 0, tzinfo=UTC)
    repair = checklist.give(
        actor=scene.head, repair=repair, code="DUTY_PROOF", upload=factories.upload("回单.pdf"), now=later
    )
    repair = applying.supply(actor=scene.head, repair=repair, version=repair.version, now=later)
    assert due(repair, clocks.ANSWER) == date(2026, 9, 3)


def test_nobody_with_a_hand_in_the_record_decides_its_repair(scene: Scene) -> None:
    repair = cases.drafted(scene)
    with pytest.raises(NotAllowed, match="您认定过这条记录"):
        deciding.approve(
            actor=scene.approver, repair=repair, number=cases.number(), reasons="准", version=repair.version, now=THEN
        )


def test_a_repair_without_its_arrow_is_not_open_to_the_record(scene: Scene) -> None:
    record = cases.record(scene)
    ending.repair(record=record, number="安信修〔2026〕1号", now=THEN)
    with pytest.raises(Conflict):
        ending.restore(record=cases.record(scene), now=THEN)
