"""The reviewer a record is about (当事人) opens its review: nothing is offered, and neither face lets him act."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.urls import reverse

from accounts.models import User
from ledger.models import Entry
from records.models import DishonestyRecord
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import Scene
from tests.records.proofs import rows
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
