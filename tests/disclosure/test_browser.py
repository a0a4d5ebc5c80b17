"""The public pages in a real Chromium: the proof badge, no accessibility fault, no sideways scroll, no script needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page

from ledger import heads
from rules import loading
from tests import accessible, browsers, pictures
from tests.disclosure import builders, sites
from tests.disclosure.builders import NOON

pytestmark = [
    pytest.mark.skipif(browsers.chromium() is None, reason="没有找到 Chromium"),
    pytest.mark.timeout(300),
]
SHOTS = "public"


@dataclass(frozen=True)
class Site:
    """A served portal with documents in every state."""

    address: str
    pages: dict[str, str]
    document: str


@pytest.fixture
def site(fresh_database: Any, chromium: Browser) -> Iterator[Site]:
    """Serve a portal with a marked, a corrected, a plain and an ended document, covered by a signed head."""
    loading.load_rules(now=NOON)
    top = builders.department(
        name="广东省人民政府", uscc=builders.PROVINCE, level="PROVINCE", kind="government", serial_prefix="GD"
    )
    builders.department(parent=top)
    plain = builders.publish()
    marked = builders.publish(number="梅信认〔2026〕18号", source_type="ARREARS", severity="serious")
    builders.mark(marked.pk)
    builders.correct(
        builders.paper(id=marked.pk, version=3, number="梅信认〔2026〕18号", source_type="ARREARS", severity="serious")
    )
    for number in range(30, 56):
        builders.publish(number=f"梅信认〔2026〕{number}号")
    ended = builders.publish()
    builders.end(ended.pk, kind="repaired")
    heads.sign_head(NOON)
    paths = {
        "home": "/",
        "search": "/search/?q=交通",
        "miss": "/search/?q=霍格沃茨",
        "wrong": "/search/?severity=grave",
        "document": f"/documents/{marked.pk}/",
        "ended": f"/documents/{ended.pk}/",
        "departments": "/departments/",
        "department": f"/departments/{builders.BUREAU}/",
        "verify": f"/verify/?code={plain.pk}",
        "changes": "/changes/",
        "about": "/about/",
        "terms": "/terms/",
        "accessibility": "/accessibility/",
        "nothing": "/documents/00000000-0000-4000-8000-000000000000/",
    }
    connection.close()
    with sites.running() as address:
        yield Site(address, paths, str(plain.pk))


def opened(browser: Browser, site: Site, name: str, **options: Any) -> Page:
    page = browser.new_context(locale="zh-CN", **options).new_page()
    page.goto(site.address + site.pages[name])
    return page


@pytest.mark.matrix
def test_no_page_has_an_accessibility_fault_in_any_width_or_theme(site: Site, chromium: Browser):
    faults = []
    for width in (320, 1440):
        for theme in ("light", "dark"):
            context = chromium.new_context(
                locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
            )
            page = context.new_page()
            for name, path in site.pages.items():
                page.goto(site.address + path)
                faults += [
                    (name, width, theme, fault["id"], fault["nodes"][0]["html"][:120])
                    for fault in accessible.violations(page)
                ]
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    faults.append((name, width, theme, "scrolls sideways", ""))
                pictures.keep(page, SHOTS, f"{name}-{width}-{theme}")
            context.close()
    assert not faults, "\n".join(map(str, faults))


def test_the_badge_says_ok_only_after_the_browser_has_recomputed_everything(site: Site, chromium: Browser):
    page = opened(chromium, site, "document")
    page.wait_for_selector(".proof-ok, .proof-bad")
    assert "内容未被改动" in page.inner_text("#proof")
    assert "已记下这次的树头" in page.inner_text("#proof")

    page.reload()
    page.wait_for_selector(".proof-ok, .proof-bad")
    assert "只增不改" in page.inner_text("#proof")


def test_a_word_changed_on_the_page_is_noticed(site: Site, chromium: Browser):
    page = chromium.new_context().new_page()

    def forge(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("仅完成坡道一项", "仅完成坡道两项"))

    page.route("**/documents/*/", lambda route: route.continue_() if "/api/" in route.request.url else forge(route))
    page.goto(site.address + site.pages["document"])
    page.wait_for_selector(".proof-ok, .proof-bad")
    assert "内容与日志不符" in page.inner_text("#proof")


@pytest.mark.parametrize("part", ["body", "salt", "path", "head", "leaf_index"])
def test_a_forged_proof_is_noticed(site: Site, chromium: Browser, part: str):
    page = chromium.new_context().new_page()

    def forge(route: Any) -> None:
        told = route.fetch().json()
        told[part] = _spoiled(told[part])
        route.fulfill(json=told)

    page.route("**/proof/", forge)
    page.goto(site.address + site.pages["document"])
    page.wait_for_selector(".proof-bad")
    assert "内容未被改动" not in page.inner_text("#proof b")


def _spoiled(value: Any) -> Any:
    if isinstance(value, int):
        return value - 1
    if isinstance(value, list):
        return value[:-1]
    at = value.index("\n") + 6 if "\n" in value else 4
    return value[:at] + ("A" if value[at] != "A" else "B") + value[at + 1 :]


def test_a_rewritten_log_is_noticed_by_who_was_here_before(site: Site, chromium: Browser):
    page = opened(chromium, site, "document")
    page.wait_for_selector(".proof-ok")
    page.evaluate(
        "() => { const kept = JSON.parse(localStorage['integrity.head']);"
        " kept.root = btoa('x'.repeat(32)); localStorage['integrity.head'] = JSON.stringify(kept); }"
    )
    page.reload()
    page.wait_for_selector(".proof-bad")


def test_growth_since_the_last_visit_is_proved(site: Site, chromium: Browser):
    page = opened(chromium, site, "document")
    page.wait_for_selector(".proof-ok")
    for number in range(60, 67):
        builders.publish(number=f"梅信认〔2026〕{number}号")
    heads.sign_head(NOON)
    page.reload()
    page.wait_for_selector(".proof-ok, .proof-bad")
    assert "只增不改" in page.inner_text("#proof")


def test_a_browser_that_cannot_check_says_unchecked(site: Site, chromium: Browser):
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(crypto.subtle, 'importKey', { value: () => { throw new Error('no') } })"
    )
    page = context.new_page()
    page.goto(site.address + site.pages["document"])
    page.wait_for_selector("#proof p:has-text('没有完成核对')")
    assert page.inner_text("#proof b") == "尚未核对"
    assert not page.query_selector(".proof-ok, .proof-bad")


def test_searching_filtering_and_verifying_need_no_script(site: Site, chromium: Browser):
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900}).new_page()
    page.goto(site.address)
    page.fill("#q", "坡道")
    page.click(".searchbox button")
    assert "“坡道”找到" in page.inner_text("#rh")
    page.click(".facets a:has-text('严重')")
    assert "找到 1 条" in page.inner_text("#rh")
    page.click(".results h3 a")
    assert page.inner_text("#proof b") == "尚未核对"
    page.click("text=长者模式（大字）")
    assert page.get_attribute("html", "data-type") == "large"
    page.goto(f"{site.address}/verify/")
    page.fill("#code", site.document)
    page.click("main form button")
    assert "是真的，现在仍在公示" in page.inner_text("main")
