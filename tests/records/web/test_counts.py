"""Lists cost the same number of questions to the database whatever their length, and their counts equal their rows."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger import memory
from records.models import DishonestyRecord
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import Scene
from tests.records.web.browsing import Browser, text

pytestmark = pytest.mark.django_db


def asked(client, address: str) -> int:
    """Count the questions one page asks."""
    memory.forget()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["inbox", "list"])
@pytest.mark.parametrize(("least", "most"), [(3, 10), pytest.param(10, 200, marks=pytest.mark.matrix)])
@pytest.mark.timeout(600)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    scene: Scene, browser: Browser, name: str, least: int, most: int
) -> None:
    client, address = browser(scene.reviewer), reverse(f"records:{name}")
    for _each in range(least):
        factories.in_review(scene)
    few = asked(client, address)
    for _each in range(most - least):
        factories.in_review(scene)
    assert asked(client, address) <= few + 1


def test_the_counts_beside_the_navigation_equal_the_lists(scene: Scene, browser: Browser) -> None:
    for _each in range(3):
        factories.in_review(scene)
    factories.draft(scene)
    page = text(browser(scene.reviewer).get(reverse("records:inbox")))
    rows = len(re.findall(r'<a class="item" href="[^"]+">', page.split("<table")[1].split("</table")[0]))
    assert rows == 3
    assert '<span class="count">3</span>' in page
    page = text(browser(scene.clerk).get(reverse("records:inbox"), {"list": "drafts"}))
    assert '<span class="count">1</span>' in page


def test_pages_of_the_list_follow_each_other_without_gap_or_repeat(scene: Scene, browser: Browser, monkeypatch) -> None:
    monkeypatch.setattr("records.web.listing.PAGE", 3)
    for _each in range(8):
        factories.draft(scene)
    client, address, seen = browser(scene.clerk), reverse("records:list"), []
    for _page in range(3):
        page = text(client.get(address))
        seen += re.findall(r'<a class="item" href="/staff/records/([^/]+)/"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = reverse("records:list") + (following.group(1).replace("&amp;", "&") if following else "")
    assert len(seen) == len(set(seen)) == DishonestyRecord.objects.count() == 8


def test_a_cursor_somebody_made_up_leads_to_the_first_page(scene: Scene, browser: Browser) -> None:
    answer = browser(scene.clerk).get(reverse("records:list"), {"cursor": "abc"})
    assert answer.status_code == 302
    assert answer.url == reverse("records:list")


def test_conditions_stand_in_the_address_and_can_be_taken_off(scene: Scene, browser: Browser) -> None:
    kept, other = factories.in_review(scene), factories.returned(scene)
    page = text(browser(scene.clerk).get(reverse("records:list"), {"state": "returned", "severity": "general"}))
    assert other.number in page
    assert kept.number not in page
    assert "状态：退回" in page
    assert 'href="/staff/records/?severity=general"' in page


@pytest.mark.parametrize(
    "query", ["q=%00%00", "q=" + "x" * 5000, "since=abc", "unit=%00", "state=%FF", "q=%E2%80%8B", "list=nothing"]
)
def test_odd_addresses_never_break_a_list(scene: Scene, browser: Browser, query: str) -> None:
    client = browser(scene.clerk)
    for name in ("list", "search", "inbox", "units"):
        assert client.get(f"{reverse(f'records:{name}')}?{query}").status_code in (200, 302, 400)


def test_the_search_box_finds_records_and_departments_but_nobody_by_name(scene: Scene, browser: Browser) -> None:
    record = factories.in_review(scene, content=factories.about_official(scene))
    client = browser(scene.clerk)
    assert record.number in text(client.get(reverse("records:search"), {"q": record.number}))
    assert scene.neighbour.name in text(client.get(reverse("records:search"), {"q": "应急"}))
    assert "没有找到" in text(client.get(reverse("records:search"), {"q": "欧阳守信"}))


def test_the_demo_accounts_are_listed_only_in_the_demo(scene: Scene, browser: Browser, settings) -> None:
    client = browser(scene.clerk)
    accounts.account(accounts.person("演示员"), "demo-clerk", is_demo=True)
    settings.DEMO = True
    assert "以演示员登录" in text(client.get(reverse("records:inbox")))
    settings.DEMO = False
    assert "换一个角色看看" not in text(client.get(reverse("records:inbox")))
