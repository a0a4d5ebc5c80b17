"""Every page opens for whom it is for, in every state, and keeps the strict content policy."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from records.models import RecordState
from records.web.urls import urlpatterns
from tests.records import factories
from tests.records.factories import Scene
from tests.records.web.browsing import Browser, text

pytestmark = pytest.mark.django_db

ACTS = [
    pattern.name
    for pattern in urlpatterns
    if "<uuid:pk>" in str(pattern.pattern) and "<uuid:item>" not in str(pattern.pattern) and pattern.name != "proposal"
]
POST_ONLY = {"acknowledge", "mask"}
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.I)


@pytest.mark.parametrize("state", RecordState.values)
def test_the_record_page_opens_in_every_state_for_everyone_who_may_see_it(
    scene: Scene, browser: Browser, state: str
) -> None:
    record = factories.BUILDERS[state](scene)
    opened = 0
    for name in ("clerk", "reviewer", "head", "approver", "supervisor", "neighbour_clerk"):
        user = scene.everyone()[name]
        answer = browser(user).get(reverse("records:record", args=[record.pk]))
        assert answer.status_code in (200, 404), name
        if answer.status_code == 200:
            opened += 1
            assert record.number in text(answer)
            assert not INLINE.search(text(answer))
    assert opened >= 2


def walk(scene: Scene, browser: Browser, state: str, people: list[str]) -> None:
    """Open every act's page on a record in a state, as several people."""
    record = factories.BUILDERS[state](scene)
    for who in people:
        client = browser(scene.everyone()[who])
        for name in ACTS:
            answer = client.get(reverse(f"records:{name}", args=[record.pk]))
            assert answer.status_code in ((405, 403, 404) if name in POST_ONLY else (200, 403, 404)), (name, who)
            assert not INLINE.search(text(answer)), name


@pytest.mark.parametrize("state", ["pending_approval", "disclosed"])
def test_every_act_page_answers_without_breaking(scene: Scene, browser: Browser, state: str) -> None:
    walk(scene, browser, state, ["clerk", "approver"])


@pytest.mark.matrix
@pytest.mark.parametrize("state", RecordState.values)
def test_every_act_page_answers_in_every_state_for_everybody(scene: Scene, browser: Browser, state: str) -> None:
    walk(scene, browser, state, list(scene.everyone()))


@pytest.mark.parametrize("name", ["inbox", "list", "search"])
def test_the_lists_open_for_every_role(scene: Scene, browser: Browser, name: str) -> None:
    factories.in_review(scene)
    for user in scene.everyone().values():
        answer = browser(user).get(reverse(f"records:{name}"), {"q": "交通"})
        assert answer.status_code == 200
        assert not INLINE.search(text(answer))


@pytest.mark.parametrize("name", ACTS)
def test_a_foreign_record_looks_as_if_it_did_not_exist(scene: Scene, browser: Browser, name: str) -> None:
    record = factories.in_review(scene)
    client = browser(scene.neighbour_clerk)
    for method in (client.get, client.post):
        foreign = method(reverse(f"records:{name}", args=[record.pk]))
        missing = method(reverse(f"records:{name}", args=[uuid4()]))
        assert foreign.status_code == missing.status_code
        assert foreign.status_code in (403, 404, 405)
        assert record.number not in text(foreign)


def test_an_anonymous_visitor_is_led_to_the_sign_in(client) -> None:
    answer = client.get(reverse("records:inbox"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("accounts:sign_in"))
