"""What other rooms call: ordering a rectification for a case of theirs, and drafts opened because of one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.actors import SYSTEM
from ledger.refusals import Invalid
from records.models import DishonestyRecord, RecordState, Rectification
from records.services import drafting, evidence
from records.services.rectification import followers, ordering
from rules.clock import local_day
from rules.models import Deadline
from tests.records import factories, proofs
from tests.records.factories import NOW, Scene


def ordered(scene: Scene, **given: object) -> Rectification:
    """Order the bureau to put something right."""
    source = given.pop("source", None) or factories.draft(scene)
    facts = {"requirements": ["付清欠款", "公开说明"], "source": source, "now": NOW, **given}
    return ordering.order(actor=scene.supervisor, department=scene.bureau, **facts)


def test_an_order_names_its_source_points_limit_and_who_will_judge(scene: Scene) -> None:
    source = factories.draft(scene)
    held = ordered(scene, source=source, limit_days=12)

    assert (held.source_type, held.source_id) == ("records.dishonestyrecord", str(source.pk))
    assert [(item.place, item.text) for item in held.items.order_by("place")] == [(1, "付清欠款"), (2, "公开说明")]
    assert held.due_on == local_day(NOW) + timedelta(days=14)  # day 12 is a Saturday
    assert (held.ordered_by, held.orderer) == (scene.city, scene.supervisor.person)
    assert held.responsible == scene.bureau.head_on(local_day(NOW))
    open_clocks = Deadline.objects.filter(object_id=str(held.pk), closed_on=None)
    assert {clock.rule: clock.amount for clock in open_clocks} == {
        "rectify.receipt_days": None,
        "rectify.default_days": 12,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"requirements": []},
        {"requirements": ["  "]},
        {"requirements": ["字" * 501]},
        {"limit_days": 0},
        {"limit_days": 367},
    ],
)
def test_an_order_without_points_or_with_an_unreasonable_limit_is_refused(
    scene: Scene, wrong: dict[str, object]
) -> None:
    source = factories.draft(scene)
    before = proofs.rows()

    with pytest.raises(Invalid):
        ordered(scene, source=source, **wrong)

    assert proofs.rows() == before


def test_followers_are_told_by_the_type_of_the_source(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "_followers", {})
    told: list[str] = []
    followers.register("records.complaint", accepted=lambda held, now: told.append(held.number))
    ours, theirs = Rectification(number="ZG-1", source_type="records.complaint"), Rectification(number="ZG-2")

    followers.accepted(ours, NOW)
    followers.accepted(theirs, NOW)
    followers.refused(ours, NOW)

    assert told == ["ZG-1"]


def opened(scene: Scene, origin: Rectification, **given: object) -> DishonestyRecord:
    """Open a draft because of a rectification."""
    facts = {"facts": "逾期没有完成整改，经催办仍未提交整改报告。", "source_type": "RECTIFY_OVERDUE", **given}
    return drafting.open_draft(
        actor=SYSTEM, department=scene.neighbour, subject_department=scene.bureau, origin=origin, now=NOW, **facts
    )


def test_a_draft_of_another_case_says_where_it_comes_from_and_comes_once(scene: Scene) -> None:
    origin = ordered(scene)
    first, again = opened(scene, origin), opened(scene, origin)

    assert first == again
    assert first.state == RecordState.DRAFT
    assert (first.origin_type, first.origin_id) == ("records.rectification", str(origin.pk))
    assert origin.number in first.origin_note
    assert first.filer is None


def test_a_draft_of_another_case_gets_its_filer_from_whoever_hands_it_in(scene: Scene) -> None:
    record = opened(scene, ordered(scene), key_areas=("PROCUREMENT",), sanctions=("PUBLIC_CRITICISM",))
    content = factories.filing(scene, source_type="RECTIFY_OVERDUE", basis_codes=("YF140",))
    record = drafting.edit(actor=scene.neighbour_clerk, record=record, filing=content, version=record.version, now=NOW)
    evidence.add(actor=scene.neighbour_clerk, record=record, kind="source", upload=factories.upload(), now=NOW)
    handed_in = drafting.submit(
        actor=scene.neighbour_clerk, record=factories.fresh(record), version=factories.fresh(record).version, now=NOW
    )

    assert handed_in.filer == scene.neighbour_clerk.person
    assert handed_in.state == RecordState.PENDING_REVIEW
