"""A promise names posts, never persons: whoever answers for it or had a hand in it is found in its text before it is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.refusals import Conflict
from records.models import CommitmentState
from records.services.commitments import amending, publication
from records.workflow.commitments import publicity
from records.workflow.commitments.promise import Step
from rules import scan
from tests.records import proofs
from tests.records.commitments import promising
from tests.records.factories import NOW, Scene

pytestmark = pytest.mark.django_db
S = CommitmentState


def test_a_promise_that_names_who_answers_for_it_waits_until_somebody_says_why(scene: Scene) -> None:
    official, clerk, boss = scene.official.person.name, scene.clerk.person.name, scene.head.person.name
    spaced = "\u3000".join(boss)
    made = promising.active(scene, content=f"由{official}负责付清，{clerk}经办，{spaced}督办。")

    assert made.publication_waits
    assert made.public_from is None
    found = [(hit.field, hit.kind, hit.text) for hit in publicity.hits(made)]
    assert found == [("content", scan.NAME, each) for each in (official, clerk, spaced)]
    with proofs.refused(Conflict, official):
        publication.publish(actor=scene.reviewer, commitment=made, reason="", version=made.version, now=NOW)
    shown = publication.publish(
        actor=scene.reviewer, commitment=made, reason="同名的桥和路，不是人", version=made.version, now=NOW
    )
    assert shown.public_from is not None


def test_no_later_word_brings_a_name_into_a_promise_that_is_shown(scene: Scene) -> None:
    made = promising.active(scene)
    assert made.public_from is not None
    name = scene.official.person.name
    reason = f"{name}提出，省级防汛应急响应期间，养护资金统一调度用于抢险，属公共利益需要。"
    with proofs.refused(Conflict, name):
        promising.request(scene, made, reason=reason)
    steps = (Step(f"{name}核清应付款清单", 40, date(2026, 5, 29)), Step("付清全部应付款", 60, date(2026, 6, 26)))
    told: dict[str, Any] = {"actor": scene.clerk, "commitment": made, "version": made.version, "now": NOW}
    with proofs.refused(Conflict, name):
        amending.propose(promise=promising.promise(scene, milestones=steps), reason="写明由谁办", **told)
    better = promising.promise(scene, measure="2026年6月30日前全部付清。")
    with proofs.refused(Conflict, name, logged=False):
        amending.propose(promise=better, reason=f"{name}要求写清楚", **told)
    assert amending.propose(promise=better, reason="写清楚", **told).state == "open"


def test_a_milestone_that_names_a_person_keeps_the_promise_back(scene: Scene) -> None:
    name = scene.official.person.name
    steps = (Step(f"{name}核清清单", 40, date(2026, 5, 29)), Step("付清全部应付款", 60, date(2026, 6, 26)))
    made = promising.active(scene, milestones=steps)
    assert made.publication_waits
    assert [(hit.field, hit.text) for hit in publicity.hits(made)] == [("milestones", name)]
