"""The acceptance scenarios of domain 7 about commitments, with the days and numbers they name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from disclosure.models import Document
from exchange.models import Report
from ledger.refusals import Conflict, Invalid
from records.models import Commitment, CommitmentState, DishonestyRecord, RecordState
from records.selectors.commitments import rates
from records.services import duties
from records.services.commitments import changing, turning
from records.services.commitments import publication as shown
from tests.records import factories
from tests.records.commitments import promising
from tests.records.factories import Scene

S = CommitmentState
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def night(day: date) -> datetime:
    """00:05 in Shanghai on a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).replace(hour=0, minute=5) - promising.SHANGHAI


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_scenario_26_an_unclaimed_promise_turns_overdue_after_three_reminders(scene: Scene) -> None:
    given = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
    made = promising.active(scene, now=given, starts_on=date(2026, 9, 1), due_on=date(2026, 10, 9), milestones=())
    for day in days(date(2026, 9, 2), date(2026, 10, 9)):
        for _again in range(2):
            turning.remind_due(now=night(day))
            assert turning.lapse_due(now=night(day)) == 0
    rows = made.reminders.order_by("reminded_on").values_list("days_before", "reminded_on")
    # 25 September (Mid-Autumn) and 1 to 7 October are holidays; 20 September and 10 October are worked.
    assert list(rows) == [(10, date(2026, 9, 18)), (3, date(2026, 9, 29)), (1, date(2026, 10, 8))]
    assert turning.lapse_due(now=night(date(2026, 10, 10))) == 1
    assert turning.lapse_due(now=night(date(2026, 10, 10))) == 0
    late = promising.fresh(made)
    assert (late.state, late.overdue_on) == (S.OVERDUE, date(2026, 10, 10))
    assert Document.objects.get(pk=made.pk).body.count("逾期") >= 1
    told = Report.objects.filter(subject_id=made.pk).order_by("version")
    assert [(report.operation, report.fields["state"]) for report in told] == [("C", "active"), ("U", "overdue")]
    rate = rates.of(scene.bureau, *YEAR)
    assert (rate.due, rate.counted) == (1, Decimal(0))


def test_scenario_27_kept_five_days_late_counts_half(scene: Scene) -> None:
    made = promising.overdue(scene)
    day = datetime(2026, 7, 5, 2, 0, tzinfo=UTC)
    claimed = promising.claim(scene, made, now=day, performed_on=date(2026, 7, 5))
    assert (claimed.state, claimed.is_late) == (S.PERFORMED_CLAIMED, True)
    kept = promising.fulfil(scene, claimed, now=day)
    assert (kept.state, kept.is_late, kept.value) == (S.FULFILLED, True, Decimal("0.50"))
    rate = rates.of(scene.bureau, *YEAR)
    assert (rate.due, rate.counted, rate.share) == (1, Decimal("0.50"), Decimal("0.5"))
    assert "逾期 5 天" in Document.objects.get(pk=made.pk).body


def test_scenario_28_a_change_of_leader_is_no_reason(scene: Scene) -> None:
    made = promising.active(scene)
    for reason in ("负责人调整", "因负责人调整。", "换届，领导调整", "机构改革和行政区划调整"):
        with pytest.raises(Invalid) as refused:
            promising.request(scene, made, reason=reason)
        assert refused.value.field == "reason"
        assert "公共利益" in str(refused.value)
        assert "广东省优化营商环境条例" in str(refused.value)
    assert promising.fresh(made).state == S.ACTIVE
    asked = promising.request(scene, made, reason="负责人调整以后核对发现，防汛应急响应需要统一调度养护资金。")
    assert asked.changes.get().excuses == ["LEADER_CHANGED"]


def test_scenario_29_a_lawful_change_with_compensation_is_left_out_of_the_rate(scene: Scene) -> None:
    made = promising.request(scene, promising.active(scene))
    with pytest.raises(Conflict, match="补偿"):
        promising.change(scene, made)
    changed = promising.change(scene, promising.compensate(scene, made))
    after = Commitment.objects.get(replaces=changed)
    assert (changed.state, after.state, after.due_on) == (S.CHANGED, S.ACTIVE, date(2026, 9, 30))
    body = Document.objects.get(pk=changed.pk).body
    assert "防汛应急响应" in body
    assert after.number in body
    assert [report.operation for report in Report.objects.filter(subject_id=changed.pk).order_by("version")] == [
        "C",
        "U",
    ]
    assert rates.of(scene.bureau, date(2026, 5, 1), date(2026, 7, 31)).due == 0
    rate = rates.of(scene.bureau, *YEAR)
    assert (rate.due, rate.running, rate.changed) == (0, 1, 1)


def test_scenario_30_a_breach_opens_a_draft_and_nothing_more(scene: Scene) -> None:
    made = promising.breachable(scene)
    assert not DishonestyRecord.objects.exists(), (
        "the order ran out: the promise drafts its own record, upon the verdict"
    )
    made = promising.broken(scene, made)
    duties.turn(now=promising.LATER + timedelta(days=90))
    record = DishonestyRecord.objects.get()
    assert (record.source_type, record.state, record.origin_id) == (
        "BROKEN_COMMITMENT",
        RecordState.DRAFT,
        str(made.pk),
    )
    assert made.opened_record_id == record.pk
    assert made.number in record.facts
    assert (made.state, made.value, made.judged_edition) == (S.BREACHED, Decimal(0), 1)
    assert "责令整改期满" in Document.objects.get(pk=made.pk).body
    assert not Report.objects.filter(subject_id=record.pk).exists()


def test_scenario_25_a_promise_on_request_shows_its_title_and_how_to_ask(scene: Scene) -> None:
    made = promising.active(
        scene,
        disclosure_mode="ON_REQUEST",
        disclosure_reason="涉及商业秘密",
        disclosure_basis="政府信息公开条例第十五条",
    )
    body = Document.objects.get(pk=made.pk).body
    assert made.title in body
    assert "申请" in body
    assert made.content not in body
    assert made.measure not in body


def test_a_withheld_promise_is_shown_nowhere(scene: Scene) -> None:
    made = promising.active(
        scene, disclosure_mode="WITHHELD", disclosure_reason="内部事务信息", disclosure_basis="政府信息公开条例第十六条"
    )
    assert not Document.objects.filter(pk=made.pk).exists()
    with pytest.raises(Conflict):
        shown.publish(actor=scene.approver, commitment=made, reason="公开", version=made.version, now=factories.NOW)


def test_a_refused_change_leads_back_and_overdue_where_the_day_has_passed(scene: Scene) -> None:
    early, late = promising.pending(scene), promising.pending(scene)
    refusal = "补偿没有覆盖全部受影响的单位"
    back = changing.refuse(actor=scene.head, commitment=early, reason=refusal, version=early.version, now=factories.NOW)
    assert (back.state, back.change_reason) == (S.ACTIVE, "")
    overdue = changing.refuse(
        actor=scene.head, commitment=late, reason=refusal, version=late.version, now=promising.LATER
    )
    assert overdue.state == S.OVERDUE
