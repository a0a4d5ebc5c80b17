"""Rectification from the order to its end: clocks, extension, points, refusal, what the platform and the source are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from exchange.models import Report
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import DishonestyRecord, Rectification, RectificationState
from records.services import duties
from records.services.rectification import doing, followers, judging, ordering
from records.services.rectification.judging import Finding
from rules.clock import local_day
from rules.models import Deadline
from tests.accounts import factories as accounts
from tests.records import factories as records
from tests.records.duties import factories
from tests.records.factories import NOW, Scene

S = RectificationState


def clocks(held: Rectification) -> dict[str, object]:
    """Return the open clocks of an order with their last days."""
    rows = Deadline.objects.filter(object_id=str(held.pk), closed_on=None)
    return dict(rows.values_list("rule", "due_on"))


def told(record: DishonestyRecord) -> list[str]:
    """Return the rectification states the platform was told, oldest first."""
    reports = Report.objects.filter(subject_id=record.pk).order_by("version")
    return [report.fields["rectification_state"] for report in reports]


def test_receipt_has_its_own_clock_and_ends_it(scene: Scene) -> None:
    held = factories.ordered(scene)
    assert clocks(held)["rectify.receipt_days"] == local_day(NOW) + timedelta(days=2)

    held = factories.fresh(doing.receive(actor=scene.head, rectification=held, version=held.version, now=NOW))

    assert set(clocks(held)) == {"rectify.default_days"}
    assert (held.receiver, held.received_on) == (scene.head.person, local_day(NOW))


def test_what_was_never_signed_for_leaves_no_clock_once_it_is_handed_in(scene: Scene) -> None:
    held = factories.overdue(scene)
    late = factories.after(held.due_on, 2)
    held = factories.answered(scene, held, now=late)

    held = doing.submit(actor=scene.clerk, rectification=held, version=held.version, now=late)
    assert "rectify.receipt_days" not in clocks(held)

    factories.judged(scene, held, met=True, now=late)
    assert clocks(held) == {}


def test_the_platform_is_told_each_state_it_tells_apart_once(scene: Scene) -> None:
    held = factories.accepted(scene)

    assert told(held.record) == ["ordered", "ordered", "in_progress", "accepted"] or told(held.record) == [
        "ordered",
        "in_progress",
        "accepted",
    ]


def test_acceptance_stops_every_clock_and_tells_the_source(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setitem(
        followers._followers,
        "records.dishonestyrecord",
        followers.Follower(accepted=lambda held, now: heard.append("accepted")),
    )
    held = factories.accepted(scene)

    assert clocks(held) == {}
    assert heard == ["accepted"]


def test_the_limit_stands_while_it_is_judged_and_runs_on_when_sent_back(scene: Scene) -> None:
    held = factories.submitted(scene)
    limit = held.due_on
    assert clocks(held)["rectify.default_days"] is None

    back = factories.judged(scene, held, met=False, now=NOW + timedelta(days=7))

    assert back.state == S.RETURNED
    assert back.due_on > limit
    assert clocks(back)["rectify.default_days"] == back.due_on


def test_an_unmet_point_needs_its_reason_and_every_point_a_verdict(scene: Scene) -> None:
    held = factories.submitted(scene)
    for findings, field in (
        ({1: Finding(True)}, "met_2"),
        ({1: Finding(True), 2: Finding(False)}, "note_2"),
    ):
        with pytest.raises(Invalid) as refused:
            judging.judge(actor=scene.supervisor, rectification=held, findings=findings, version=held.version, now=NOW)
        assert refused.value.field == field


def test_handing_in_needs_answer_and_evidence_for_every_point(scene: Scene) -> None:
    held = factories.begun(scene)
    with pytest.raises(Invalid, match="整改报告"):
        doing.submit(actor=scene.clerk, rectification=held, version=held.version, now=NOW)
    held = doing.answer(
        actor=scene.clerk,
        rectification=held,
        answers={1: "已付清", 2: "已公开"},
        report="办结",
        version=held.version,
        now=NOW,
    )
    doing.attach(actor=scene.clerk, rectification=held, place=1, upload=records.upload(), now=NOW)

    with pytest.raises(Conflict, match="第 2 项要求还没有证据材料"):
        doing.submit(actor=scene.clerk, rectification=held, version=held.version, now=NOW)


def test_an_extension_counts_from_the_old_limit_and_comes_once(scene: Scene) -> None:
    held = factories.asking(scene, days=15)
    limit = held.due_on
    held = judging.grant_extension(actor=scene.supervisor, rectification=held, version=held.version, now=NOW)

    assert timedelta(days=15) <= held.due_on - limit <= timedelta(days=19)
    assert clocks(held) == {"rectify.max_extension_days": held.due_on}
    with pytest.raises(Conflict, match="只能延一次"):
        doing.request_extension(
            actor=scene.head, rectification=held, days=5, reason="再延", version=held.version, now=NOW
        )


@pytest.mark.parametrize(("days", "reason", "field"), [(0, "理由", "days"), (31, "理由", "days"), (5, " ", "reason")])
def test_an_extension_out_of_reason_is_refused(scene: Scene, days: int, reason: str, field: str) -> None:
    held = factories.begun(scene)
    with pytest.raises(Invalid) as refused:
        doing.request_extension(
            actor=scene.head, rectification=held, days=days, reason=reason, version=held.version, now=NOW
        )
    assert refused.value.field == field


def test_an_extension_is_asked_for_before_the_limit(scene: Scene) -> None:
    held = factories.begun(scene)
    with pytest.raises(Conflict, match="已过"):
        doing.request_extension(
            actor=scene.head, rectification=held, days=5, reason="来不及", version=held.version,
            now=factories.after(held.due_on),
        )  # fmt: skip


def test_a_refused_extension_leaves_the_limit(scene: Scene) -> None:
    held = factories.asking(scene)
    back = judging.refuse_extension(
        actor=scene.supervisor, rectification=held, reason="期限足够", version=held.version, now=NOW
    )
    assert (back.state, back.due_on, back.extended_on) == (S.IN_PROGRESS, held.due_on, None)


def test_what_was_late_can_still_be_done_and_accepted(scene: Scene) -> None:
    held = factories.overdue(scene)
    now = factories.after(held.due_on, 3)
    held = factories.answered(scene, held, now=now)
    held = doing.submit(actor=scene.clerk, rectification=held, version=held.version, now=now)

    assert factories.judged(scene, held, met=True, now=now).state == S.ACCEPTED


def test_a_refusal_needs_the_second_order_and_its_days(scene: Scene) -> None:
    held = factories.overdue(scene)
    late = factories.after(held.due_on)
    with pytest.raises(Conflict, match="还没有再次责令"):
        judging.refuse(actor=scene.supervisor, rectification=held, reason="不改", version=held.version, now=late)
    held = judging.order_again(
        actor=scene.supervisor, rectification=held, reason="催办", version=held.version, now=late
    )
    with pytest.raises(Conflict, match="还没有届满"):
        judging.refuse(
            actor=scene.supervisor, rectification=held, reason="不改", version=held.version,
            now=factories.on(held.second_due_on),
        )  # fmt: skip


def test_a_refusal_raises_the_class_proposed_and_tells_platform_and_source(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setitem(
        followers._followers,
        "records.dishonestyrecord",
        followers.Follower(refused=lambda held, now: heard.append("refused")),
    )
    held = factories.refused(scene)

    drafts = DishonestyRecord.objects.filter(origin_id=str(held.pk))
    assert {draft.severity_proposed for draft in drafts} == {"serious"}
    assert told(held.record)[-1] == "refused"
    assert heard == ["refused"]
    assert clocks(held) == {}


def test_only_the_ordering_office_or_one_above_judges(scene: Scene) -> None:
    held = factories.submitted(scene)
    elsewhere = accounts.user(("supervisor", scene.county), name="甘旁人")
    above = accounts.user(("supervisor", scene.province), name="省督导")
    findings = {1: Finding(True), 2: Finding(True)}
    with pytest.raises(NotAllowed):
        judging.judge(actor=elsewhere, rectification=held, findings=findings, version=held.version, now=NOW)
    assert (
        judging.judge(actor=above, rectification=held, findings=findings, version=held.version, now=NOW).state
        == S.ACCEPTED
    )


def test_nobody_of_the_unit_judges_it_whatever_else_he_is(scene: Scene) -> None:
    held = factories.submitted(scene)
    both = accounts.user(("supervisor", scene.city), ("reviewer", scene.bureau), name="双重身份")
    with pytest.raises(NotAllowed, match="所涉单位的人员"):
        factories.judged(_as(scene, both), held, met=True)


def _as(scene: Scene, supervisor: object) -> Scene:
    return replace(scene, supervisor=supervisor)  # type: ignore[arg-type]


def test_a_supervisor_orders_for_a_record_and_nobody_else(scene: Scene) -> None:
    record = factories.in_force(scene)
    assert ordering.refusal(actor=scene.supervisor, record=record, now=NOW) is None
    for name, user in scene.everyone().items():
        if name != "supervisor":
            assert ordering.refusal(actor=user, record=record, now=NOW), name


def test_a_withdrawn_record_ends_what_it_ordered(scene: Scene) -> None:
    held = factories.closed(scene)
    assert (held.state, held.closed_because) == (S.CLOSED, "withdrawn")
    assert clocks(held) == {}
    assert duties.turn(now=factories.after(held.due_on)) == 0
