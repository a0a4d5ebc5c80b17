"""Recusal (回避): whoever is tied to the unit recorded takes no hand in its record, from the first draft to the last act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.services import recusing
from ledger.refusals import NotAllowed
from records.models import DishonestyRecord, RecordState
from records.services import correction, evidence, notice, publication
from records.workflow.record import RECORD
from rules.workflow import Offer
from tests.records import factories
from tests.records.factories import NOW, Scene
from tests.records.proofs import refused

S = RecordState
OFFICERS = {"clerk": "colleague", "reviewer": "reviewer", "approver": "second"}
"""Who acts in a role here."""
HARMLESS = {"recall"}
"""Taking back one's own unread submission decides nothing."""
PRESSED = [
    (action, role)
    for action, arrow in RECORD.arrows.items()
    for role in arrow.signatures[:1] or arrow.roles
    if role in OFFICERS and action not in HARMLESS
]


def about_the_neighbour(scene: Scene, state: str) -> DishonestyRecord:
    """Return a record in a state, filed by the bureau about its neighbour; a clerk takes down what the neighbour says."""
    content = factories.filing(scene, subject_department=scene.neighbour)
    return factories.BUILDERS[state](replace(scene, head=scene.clerk), content=content)


def offer(record: DishonestyRecord, action: str, *, actor: object) -> Offer:
    """Return one arrow as a person sees it."""
    return next(each for each in RECORD.offers(record, actor=actor, now=NOW) if each.arrow.action == action)  # type: ignore[arg-type]


@pytest.mark.parametrize(("action", "role"), PRESSED)
def test_a_tie_to_the_unit_recorded_closes_every_arrow_of_an_officer(scene: Scene, action: str, role: str) -> None:
    arrow, officer = RECORD.arrows[action], getattr(scene, OFFICERS[role])
    record = about_the_neighbour(scene, min(arrow.sources))
    assert "回避" not in offer(record, action, actor=officer).why
    recusing.declare(actor=officer, relation="spouse", department=scene.neighbour, now=NOW)

    shown = offer(record, action, actor=officer)
    assert not shown.open
    assert "已申报回避（夫妻）" in shown.why
    press = RECORD.propose if arrow.signatures else RECORD.perform
    with refused(NotAllowed, "已申报回避（夫妻）"):
        press(action, record, actor=officer, now=NOW, reason="与决定书不一致", version=record.version)


def test_whoever_is_tied_does_not_sign_a_correction_either(scene: Scene) -> None:
    record = about_the_neighbour(scene, S.DISCLOSED)
    content = factories.filing(
        scene, subject_department=scene.neighbour, document_number=record.document_number, economic_loss_yuan="9.00"
    )
    asked = correction.propose(
        actor=scene.clerk, record=record, filing=content, reason="金额有误", version=record.version, now=NOW
    )
    recusing.declare(actor=scene.second, relation="interest", department=scene.neighbour, now=NOW)

    with refused(NotAllowed, "已申报回避（利害关系）"):
        correction.sign(actor=scene.second, proposal=asked, now=NOW)


@pytest.mark.parametrize("says", ["take_statement", "waive_statement"])
def test_the_subject_is_heard_whatever_ties_its_speaker_has(scene: Scene, says: str) -> None:
    record = about_the_neighbour(scene, S.NOTIFIED)
    recusing.declare(actor=scene.neighbour_clerk, relation="spouse", department=scene.neighbour, now=NOW)
    heard = {"actor": scene.neighbour_clerk, "record": record, "received_on": NOW.date(), "now": NOW}

    assert offer(record, says, actor=scene.neighbour_clerk).open
    said = (
        notice.state(**heard, text="已于五月付清。", version=record.version)
        if says == "take_statement"
        else notice.waive(**heard, version=record.version)
    )
    assert said.by_subject
    assert factories.fresh(record).state == S.PENDING_APPROVAL


def test_whoever_is_tied_adds_no_file_and_takes_none_out(scene: Scene) -> None:
    record = about_the_neighbour(scene, S.DRAFT)
    held = evidence.add(actor=scene.colleague, record=record, kind="other", upload=factories.upload("图.pdf"), now=NOW)
    recusing.declare(actor=scene.colleague, relation="spouse", department=scene.neighbour, now=NOW)

    with refused(NotAllowed, "已申报回避（夫妻）"):
        evidence.add(actor=scene.colleague, record=record, kind="other", upload=factories.upload("新.pdf"), now=NOW)
    with refused(NotAllowed, "已申报回避（夫妻）"):
        evidence.remove(actor=scene.colleague, item=held, now=NOW)


def test_whoever_is_tied_answers_no_hit_of_the_scan(scene: Scene) -> None:
    content = factories.filing(scene, subject_department=scene.neighbour, facts="联系电话 13812345678，逾期未付。")
    record = factories.recognised(replace(scene, head=scene.clerk), content=content)
    hit = publication.hits(record=record)[0]
    recusing.declare(actor=scene.second, relation="spouse", department=scene.neighbour, now=NOW)

    with refused(NotAllowed, "已申报回避（夫妻）"):
        publication.acknowledge(
            actor=scene.second, record=record, key=hit.key, reason="单位公布的咨询电话，不是个人信息", now=NOW
        )
