"""A record that came of a complaint points to no reporter: reviewer and approver answer for its text, page and API alike."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from ledger.actors import SYSTEM
from ledger.models import Entry
from ledger.refusals import Invalid
from records.models import DishonestyRecord, RecordState
from records.services import correction, drafting, evidence, notice, publication, recognition, review
from records.web import scanning
from records.workflow import reporters
from rules import clock
from rules.clock import local_day
from rules.models import Proposal
from tests.records import factories, proofs
from tests.records.factories import NOW, Scene
from tests.records.intake.making import sent
from tests.records.test_publicity import open_officials

S = RecordState


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the faces' clock stand at the moment of the records."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def in_review(scene: Scene, **facts: Any) -> DishonestyRecord:
    """Return a record that came of a complaint, filled in and handed in."""
    record = drafting.open_draft(
        actor=SYSTEM, department=scene.bureau, subject_department=scene.bureau, source_type="ADMIN_PENALTY",
        facts=factories.FACTS, origin=sent(scene).complaint, note="上级查实", now=NOW,
    )  # fmt: skip
    evidence.add(actor=scene.clerk, record=record, kind="source", upload=factories.upload(), now=NOW)
    record = factories.edited(scene, factories.fresh(record), by=scene.clerk, content=factories.filing(scene, **facts))
    return drafting.submit(actor=scene.clerk, record=record, version=record.version, now=NOW)


def passed(scene: Scene, record: DishonestyRecord) -> DishonestyRecord:
    """Pass a record with the question answered."""
    return review.pass_on(actor=scene.reviewer, record=record, version=record.version, now=NOW, points_to_nobody=True)


def pending_approval(scene: Scene, **facts: Any) -> DishonestyRecord:
    """Return it before the approver."""
    record = passed(scene, in_review(scene, **facts))
    notice.deliver(
        actor=scene.clerk, record=record, method="direct", received_by="收发室", delivered_on=local_day(NOW),
        version=record.version, now=NOW,
    )  # fmt: skip
    record = factories.fresh(record)
    notice.waive(actor=scene.head, record=record, received_on=local_day(NOW), version=record.version, now=NOW)
    return factories.fresh(record)


def noted(kind: str) -> list[Any]:
    entry = Entry.objects.filter(kind=kind, is_public=False).latest("position")
    return [each for each in entry.refs if reporters.REFERENCE in json.dumps(each)]


def test_the_reviewer_answers_for_the_text(scene: Scene) -> None:
    record = in_review(scene)
    with proofs.refused(Invalid, "只有一个人说得出来"):
        review.pass_on(actor=scene.reviewer, record=record, version=record.version, now=NOW)
    passed = review.pass_on(actor=scene.reviewer, record=record, version=record.version, now=NOW, points_to_nobody=True)
    assert passed.state == S.NOTIFIED
    assert sha256(record.facts.encode()).hexdigest() in json.dumps(noted("record.pass_on"))


def test_the_approver_answers_at_recognition_and_again_at_a_publication_by_decision(scene: Scene) -> None:
    record = pending_approval(scene)
    told: dict[str, Any] = {"severity": "minor", "sanctions": (), "now": NOW}
    with proofs.refused(Invalid, "只有一个人说得出来"):
        recognition.recognise(actor=scene.approver, record=record, version=record.version, **told)
    held = recognition.recognise(
        actor=scene.approver, record=record, version=record.version, points_to_nobody=True, **told
    )
    assert held.state == S.EFFECTIVE
    assert noted("record.recognise")

    why = {"reason": "社会关注，决定公示", "now": NOW}
    with proofs.refused(Invalid, "只有一个人说得出来"):
        publication.publish(actor=scene.approver, record=held, version=held.version, **why)
    shown = publication.publish(actor=scene.approver, record=held, version=held.version, points_to_nobody=True, **why)
    assert shown.state == S.DISCLOSED
    assert noted("record.publish")


def test_recognition_that_publishes_at_once_is_asked_once(scene: Scene) -> None:
    record = pending_approval(scene)
    shown = recognition.recognise(
        actor=scene.approver, record=record, version=record.version, severity="general", sanctions=(), now=NOW,
        points_to_nobody=True,
    )  # fmt: skip
    assert shown.state == S.DISCLOSED


def test_the_pages_ask_where_a_complaint_stands_behind_and_nowhere_else(scene: Scene) -> None:
    plain, record = (
        factories.in_review(scene),
        in_review(scene),
    )
    client = Client()
    client.force_login(scene.reviewer)
    assert "points_to_nobody" not in client.get(f"/staff/records/{plain.pk}/pass/").content.decode()
    page = f"/staff/records/{record.pk}/pass/"
    assert str(reporters.STATEMENT) in client.get(page).content.decode()

    facts = {"version": record.version, "note": ""}
    assert client.post(page, facts).status_code == 422
    assert factories.fresh(record).state == S.PENDING_REVIEW
    assert client.post(page, facts | {"points_to_nobody": "on"}).status_code == 302
    assert factories.fresh(record).state == S.NOTIFIED


def test_the_api_asks_too(scene: Scene) -> None:
    record = in_review(scene)
    client = Client()
    client.force_login(scene.reviewer)

    def posted(**body: Any) -> Any:
        return client.post(
            f"/api/v1/records/{record.pk}/pass_on/", json.dumps(body), content_type="application/json",
            headers={"If-Match": f'"{record.version}"'},
        )  # fmt: skip

    assert posted(reason="核对无误").status_code == 422
    assert factories.fresh(record).state == S.PENDING_REVIEW
    assert posted(reason="核对无误", points_to_nobody=True).status_code == 200


def in_force(scene: Scene, **facts: Any) -> DishonestyRecord:
    """Return it in force, its text answered for by reviewer and approver."""
    record = pending_approval(scene, **facts)
    return recognition.recognise(
        actor=scene.approver, record=record, version=record.version, severity="general", sanctions=(), now=NOW,
        points_to_nobody=True,
    )  # fmt: skip


def test_a_correction_is_answered_for_by_both_who_sign_it(scene: Scene) -> None:
    record = in_force(scene)
    words = scanning.filing_of(record, facts=record.facts + "当天只有一人在场。")
    told: dict[str, Any] = {"record": record, "filing": words, "reason": "补正事实", "version": record.version}
    with proofs.refused(Invalid, "只有一个人说得出来", logged=False):
        correction.propose(actor=scene.clerk, now=NOW, **told)
    proposal = correction.propose(actor=scene.clerk, now=NOW, points_to_nobody=True, **told)
    assert proposal.facts == {"content": {"facts": words.facts}, reporters.FIELD: True}

    with proofs.refused(Invalid, "只有一个人说得出来"):
        correction.sign(actor=scene.second, proposal=proposal, now=NOW)
    corrected = correction.sign(actor=scene.second, proposal=proposal, now=NOW, points_to_nobody=True)
    assert corrected.facts == words.facts
    assert sha256(words.facts.encode()).hexdigest() in json.dumps(noted("record.correct"))


def test_the_pages_of_a_correction_ask_both(scene: Scene) -> None:
    record = in_force(scene)
    clerk, place = Client(), f"/staff/records/{record.pk}/correct/"
    clerk.force_login(scene.clerk)
    assert str(reporters.STATEMENT) in clerk.get(place).content.decode()
    words = {
        "version": record.version, "document_name": record.document_name, "document_number": record.document_number,
        "issuer_name": record.issuer_name, "facts": record.facts.replace("60日", "30日"), "basis_codes": record.basis_codes,
        "economic_loss_yuan": "1268400.00", "social_impact": record.social_impact, "key_areas": record.key_areas,
        "reason": "约定的日数抄错",
    }  # fmt: skip
    assert clerk.post(place, words | {"act": "preview"}).status_code == 200, (
        "the difference is seen before it is answered for"
    )
    refused = clerk.post(place, words | {"act": "propose"})
    assert (refused.status_code, Proposal.objects.count()) == (422, 0)
    assert clerk.post(place, words | {"act": "propose", "points_to_nobody": "on"}).status_code == 302

    second, page = Client(), f"/staff/records/{record.pk}/proposals/{Proposal.objects.get().pk}/"
    second.force_login(scene.second)
    assert str(reporters.STATEMENT) in second.get(page).content.decode()
    assert second.post(page, {"act": "sign"}).status_code == 422
    assert factories.fresh(record).facts == record.facts
    assert second.post(page, {"act": "sign", "points_to_nobody": "on"}).status_code == 302
    assert "30日" in factories.fresh(record).facts


def test_masking_a_hit_asks_too(scene: Scene) -> None:
    number = "13800000000"
    record = in_force(scene, facts=f"{factories.FACTS}电话{number}。")
    start = record.facts.index(number)
    client, place = Client(), f"/staff/records/{record.pk}/publish/mask/"
    client.force_login(scene.clerk)
    hit = {"hit": f"facts:mobile:{start}:{start + len(number)}", "version": record.version}
    told = client.post(place, hit, follow=True).content.decode()
    assert "只有一个人说得出来" in told
    assert not Proposal.objects.exists()
    assert client.post(place, hit | {"points_to_nobody": "on"}).status_code == 302
    assert number not in Proposal.objects.get().facts["content"]["facts"]


def about_an_official(scene: Scene) -> DishonestyRecord:
    """Return an official's record in force that came of a complaint."""
    record = drafting.open_draft(
        actor=SYSTEM, department=scene.bureau, subject_department=scene.bureau, source_type="GOV_SANCTION",
        facts=factories.FACTS, origin=sent(scene).complaint, note="上级查实", now=NOW,
    )  # fmt: skip
    evidence.add(actor=scene.clerk, record=record, kind="source", upload=factories.upload(), now=NOW)
    content = factories.about_official(scene)
    record = factories.edited(scene, factories.fresh(record), by=scene.clerk, content=content)
    record = passed(scene, drafting.submit(actor=scene.clerk, record=record, version=record.version, now=NOW))
    return recognition.recognise(
        actor=scene.approver, record=record, version=record.version, severity="general", sanctions=(), now=NOW,
        points_to_nobody=True,
    )  # fmt: skip


def test_both_approvers_of_an_officials_publication_answer(scene: Scene) -> None:
    record = about_an_official(scene)
    open_officials()
    told: dict[str, Any] = {"basis": "PIPL", "reason": "已取得单独同意", "version": record.version, "now": NOW}
    with proofs.refused(Invalid, "只有一个人说得出来", logged=False):
        publication.propose(actor=scene.approver, record=record, **told)
    client = Client()
    client.force_login(scene.approver)
    assert str(reporters.STATEMENT) in client.get(f"/staff/records/{record.pk}/publish-official/").content.decode()
    proposal = publication.propose(actor=scene.approver, record=record, points_to_nobody=True, **told)

    with proofs.refused(Invalid, "只有一个人说得出来"):
        publication.sign(actor=scene.second, proposal=proposal, now=NOW)
    shown = publication.sign(actor=scene.second, proposal=proposal, now=NOW, points_to_nobody=True)
    assert shown.state == S.DISCLOSED
    assert noted("record.publish_official")
