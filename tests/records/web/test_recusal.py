"""Whoever must stay away from a record (当事人, 回避) is offered no act on it, opens no form, and acts at neither face."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.services import recusing
from ledger.models import Entry
from records.models import DishonestyRecord, RecordState
from records.services import correction
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene
from tests.records.proofs import rows
from tests.records.test_recusal import about_the_neighbour
from tests.records.web.browsing import Browser, text

pytestmark = pytest.mark.django_db

WHY = "您是本事项的当事人"


def about_the_reviewer(scene: Scene, *, heard: bool = False) -> tuple[DishonestyRecord, User]:
    """Return a record in review about an official who is himself reviewer of the department that files."""
    accounts.granted(scene.official.person, "reviewer", scene.bureau)
    content = factories.about_official(scene, prior_hearing_by_source=heard)
    return factories.in_review(scene, content=content), scene.official_user


@contextmanager
def only_refused(record: DishonestyRecord, by: User) -> Iterator[None]:
    """Expect the block to write nothing but one refusal of this person on this record."""
    before, last = rows(), set(Entry.objects.values_list("pk", flat=True))
    yield
    assert rows() == before
    entry = Entry.objects.exclude(pk__in=last).get()
    assert (entry.kind, entry.object_id, entry.person) == ("refused", str(record.pk), by.person_id)


@pytest.mark.parametrize("heard", [False, True])
def test_the_page_offers_him_no_review_and_says_why(scene: Scene, browser: Browser, heard: bool) -> None:
    record, himself = about_the_reviewer(scene, heard=heard)
    acts = [reverse(f"records:{act}", args=[record.pk]) for act in ("pass_on", "send_back")]

    answer = browser(himself).get(reverse("records:record", args=[record.pk]))
    assert answer.status_code == 200
    assert not any(act in text(answer) for act in acts)
    assert WHY in text(answer)
    offered = text(browser(scene.reviewer).get(reverse("records:record", args=[record.pk])))
    assert all(act in offered for act in acts)


@pytest.mark.parametrize("act", ["pass_on", "send_back"])
def test_the_page_of_the_act_refuses_him(scene: Scene, browser: Browser, act: str) -> None:
    record, himself = about_the_reviewer(scene)
    answer = browser(himself).get(reverse(f"records:{act}", args=[record.pk]))

    assert answer.status_code == 403
    assert WHY in text(answer)


@pytest.mark.parametrize("act", ["pass_on", "send_back"])
def test_the_form_sent_all_the_same_writes_nothing_but_the_refusal(scene: Scene, browser: Browser, act: str) -> None:
    record, himself = about_the_reviewer(scene)
    form = {"version": record.version, "usual": ["与来源文书不一致"], "reason": "以判决书为准"}

    with only_refused(record, himself):
        answer = browser(himself).post(reverse(f"records:{act}", args=[record.pk]), form)
    assert answer.status_code == 403
    assert WHY in text(answer)


@pytest.mark.parametrize("act", ["pass_on", "send_back"])
def test_the_api_refuses_him_and_writes_nothing_but_the_refusal(scene: Scene, browser: Browser, act: str) -> None:
    record, himself = about_the_reviewer(scene)

    with only_refused(record, himself):
        answer = browser(himself).post(
            f"/api/v1/records/{record.pk}/{act}/",
            json.dumps({"reason": "核对无误"}),
            content_type="application/json",
            headers={"If-Match": f'"{record.version}"'},
        )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert WHY in answer.json()["detail"]


@pytest.mark.parametrize(
    ("page", "state", "who"),
    [
        ("edit", RecordState.DRAFT, "colleague"),
        ("edit", RecordState.RETURNED, "colleague"),
        ("attach", RecordState.DRAFT, "colleague"),
        ("publish", RecordState.EFFECTIVE, "second"),
    ],
)
def test_no_form_opens_to_whoever_is_tied_to_the_unit_recorded(
    scene: Scene, browser: Browser, page: str, state: str, who: str
) -> None:
    record, officer = about_the_neighbour(scene, state), getattr(scene, who)
    form = reverse(f"records:{page}", args=[record.pk])
    assert browser(officer).get(form).status_code == 200
    recusing.declare(actor=officer, relation="spouse", department=scene.neighbour, now=NOW)

    answer = browser(officer).get(form)
    assert answer.status_code == 403
    assert "已申报回避（夫妻）" in text(answer)
    assert "安全管理员" not in text(answer), "no grant would open it"
    assert "请由其他有职责的人办理" in text(answer)


def test_the_page_of_the_record_leads_whoever_is_tied_to_no_upload(scene: Scene, browser: Browser) -> None:
    record = about_the_neighbour(scene, RecordState.DRAFT)
    page, upload = reverse("records:record", args=[record.pk]), f'href="{reverse("records:attach", args=[record.pk])}"'
    assert upload in text(browser(scene.colleague).get(page))
    recusing.declare(actor=scene.colleague, relation="spouse", department=scene.neighbour, now=NOW)

    assert upload not in text(browser(scene.colleague).get(page))


def test_a_proposal_is_closed_to_whoever_is_tied_to_the_unit_recorded(scene: Scene, browser: Browser) -> None:
    record = about_the_neighbour(scene, RecordState.DISCLOSED)
    content = factories.filing(
        scene, subject_department=scene.neighbour, document_number=record.document_number, economic_loss_yuan="9.00"
    )
    asked = correction.propose(
        actor=scene.clerk, record=record, filing=content, reason="金额有误", version=record.version, now=NOW
    )
    page = reverse("records:proposal", args=[record.pk, asked.pk])
    assert 'value="sign"' in text(browser(scene.second).get(page))
    recusing.declare(actor=scene.second, relation="interest", department=scene.neighbour, now=NOW)

    shown = text(browser(scene.second).get(page))
    assert 'value="sign"' not in shown
    assert "已申报回避（利害关系）" in shown
