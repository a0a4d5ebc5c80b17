"""What a citizen reads of promises: the list, the department's page, the promise with its progress, versions and verdict."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from records.services.commitments import amending, stepping
from records.workflow.commitments.promise import Promise
from tests.records.commitments import promising
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import text

pytestmark = pytest.mark.django_db


def read(made: Any) -> str:
    """Open the public page of a promise."""
    answer = Client().get(reverse("public:document", args=[made.pk]))
    assert answer.status_code == 200
    return text(answer)


def test_a_promise_is_read_with_its_progress_and_by_post_not_by_name(scene: Scene) -> None:
    made = promising.active(scene)
    step = promising.report_step(scene, made.milestones.order_by("place")[0])
    assert "已核验 <b>0%" in read(made)
    stepping.check(actor=scene.reviewer, milestone=step, note="", version=step.version, now=NOW)
    page = read(made)
    assert "已核验 <b>40%" in page
    assert "科长" in page
    for person in ("欧阳守信", "林小禾", "周明远"):
        assert person not in page


def test_moved_words_stay_readable_and_the_verdict_names_its_version(scene: Scene) -> None:
    made = promising.active(scene, milestones=())
    words = Promise(
        title=made.title, content=made.content, to_whom=made.to_whom, measure="2026年6月25日前全部付清，凭证可查。",
        starts_on=made.starts_on, due_on=made.due_on, key_areas=tuple(made.key_areas),
    )  # fmt: skip
    proposal = amending.propose(
        actor=scene.colleague, commitment=made, promise=words, reason="写清付清的日子", version=made.version, now=NOW
    )
    amending.sign(actor=scene.second, proposal=proposal, now=NOW)
    kept = promising.fulfil(scene, promising.claim(scene, promising.fresh(made)))
    page = read(kept)
    assert "核定的是第 2 版" in page
    assert "<del>2026年6月30日前，已验收项目的应付款全部付清，付款凭证可查。</del>" in page
    assert "写清付清的日子" in page


def test_overdue_broken_and_changed_promises_say_so(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    late, broken, changed = promising.overdue(scene), promising.breached(scene), promising.changed(scene)
    monkeypatch.setattr("rules.clock.now", lambda: datetime(2026, 7, 2, 2, 0, tzinfo=UTC))
    assert "到期没有申报履行" in read(late)
    assert "责令整改期满" in read(broken)
    page = read(changed)
    assert "防汛应急响应" in page
    assert "新的承诺" in page


def test_the_list_and_the_department_show_promises_apart_from_records(scene: Scene) -> None:
    made = promising.active(scene)
    listed = text(Client().get(reverse("public:search"), {"kind": "commitment"}))
    assert made.number in listed
    assert "公开的承诺 1 项" in listed
    assert made.number not in text(Client().get(reverse("public:search")))
    unit = text(Client().get(reverse("public:department", args=[scene.bureau.uscc])))
    assert made.title in unit
    assert "公示中的失信记录" in unit


def test_one_on_request_tells_how_to_ask_and_nothing_of_the_text(scene: Scene) -> None:
    made = promising.active(
        scene,
        disclosure_mode="ON_REQUEST",
        disclosure_reason="涉及商业秘密",
        disclosure_basis="政府信息公开条例第十五条",
    )
    page = read(made)
    assert "政府信息公开申请" in page
    assert made.measure not in page
    assert made.content not in page
