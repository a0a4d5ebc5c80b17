"""The staff pages in a real Chromium: no accessibility fault, no sideways scroll, keys, live preview, and no script needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from records.models import DishonestyRecord
from records.services import withdrawal
from tests import accessible
from tests.records import factories
from tests.records.factories import NOW, Scene

pytestmark = pytest.mark.timeout(600)
WIDTHS = (320, 1440)
PAPER = {"name": "决定书.pdf", "mimeType": "application/pdf", "buffer": factories.PDF}


@dataclass(frozen=True)
class Desk:
    """A served portal with people and records in it, and a way to sit down as somebody."""

    address: str
    chromium: Any
    scene: Scene

    def sit(self, user: User, **facts: Any) -> Any:
        """Give a browser context in which the person is signed in."""
        client = Client()
        client.force_login(user)
        context = self.chromium.new_context(locale="zh-CN", **facts)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.address}])
        return context


@pytest.fixture
def desk(live_site: str, chromium: Any) -> Desk:
    """Serve a portal with people, a draft and a record that waits for review."""
    scene = factories.scene()
    factories.draft(scene)
    factories.returned(scene)
    return Desk(live_site, chromium, scene)


def _pages(scene: Scene) -> list[tuple[str, User, str]]:
    waiting, back = factories.in_review(scene), factories.returned(scene)
    ready, shown, draft = factories.pending_approval(scene), factories.disclosed(scene), factories.draft(scene)
    served, passed = factories.delivered(scene), factories.notified(scene)
    hit = factories.recognised(scene, facts=factories.FACTS + "电话13800000000。")
    asked = withdrawal.propose(
        actor=scene.approver,
        record=shown,
        ground=withdrawal.grounds()[0][0],
        reason="待核",
        version=shown.version,
        now=NOW,
    )
    at = lambda name, record, *more: reverse(f"records:{name}", args=[record.pk, *more])  # noqa: E731
    return [
        ("inbox", scene.clerk, reverse("records:inbox")),
        ("empty", scene.auditor, reverse("records:inbox")),
        ("list", scene.approver, reverse("records:list")),
        ("filtered", scene.approver, reverse("records:list") + "?state=returned&since=x"),
        ("nothing", scene.approver, reverse("records:list") + "?q=zzz"),
        ("search", scene.approver, reverse("records:search") + "?q=交通"),
        ("new", scene.clerk, reverse("records:new")),
        ("edit", scene.clerk, at("edit", back)),
        ("record-waiting", scene.reviewer, at("record", waiting)),
        ("record-shown", scene.approver, at("record", shown)),
        ("record-hit", scene.approver, at("record", hit)),
        ("pass", scene.reviewer, at("pass_on", waiting)),
        ("return", scene.reviewer, at("send_back", waiting)),
        ("deliver", scene.clerk, at("deliver", passed)),
        ("notice", scene.clerk, at("notice", served)),
        ("state", scene.head, at("state", served)),
        ("recognise", scene.approver, at("recognise", ready)),
        ("publish", scene.approver, at("publish", hit)),
        ("correct", scene.clerk, at("correct", shown)),
        ("withdraw", scene.approver, at("withdraw", hit)),
        ("proposal", scene.second, at("proposal", shown, asked.pk)),
        ("attach", scene.clerk, at("attach", draft)),
    ]


@pytest.mark.matrix
def test_every_page_is_accessible_and_fits_in_both_themes_and_widths(desk: Desk) -> None:
    faults: list[str] = []
    for name, user, path in _pages(desk.scene):
        context = desk.sit(user)
        page = context.new_page()
        lines: list[str] = []
        page.on("console", lambda line, kept=lines: kept.append(line.text))
        for theme in ("light", "dark"):
            context.add_cookies([{"name": "theme", "value": theme, "url": desk.address}])
            page.goto(desk.address + path)
            faults += [f"{name} {theme} {each}" for each in _faults(page)]
        faults += [f"{name} {line}" for line in lines if "Content Security" in line]
        context.close()
    assert not faults


def _faults(page: Any) -> list[str]:
    """Give what axe finds at both widths, and whether the page scrolls sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"scrolls sideways at {width}")
        found += [f"{width} {each['id']}" for each in accessible.violations(page)]
    return found


def test_keys_reach_search_rows_and_the_sheet(desk: Desk) -> None:
    page = desk.sit(desk.scene.clerk).new_page()
    page.goto(desk.address + "/staff/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    page.locator("main .item").first.focus()
    page.keyboard.press("e")
    page.wait_for_url(first)


def test_a_record_is_filed_without_any_script(desk: Desk) -> None:
    page = desk.sit(desk.scene.clerk, java_script_enabled=False).new_page()
    page.goto(desk.address + "/staff/records/new/")
    page.fill("#id_subject", "安平市")
    page.click("button[value=find]")
    page.check(f"input[name=subject_unit][value='{desk.scene.bureau.uscc}']")
    page.fill("#id_document_name", "行政处罚决定书")
    page.fill("#id_document_number", "安交罚[2026]99号")
    page.fill("#id_decided_on", "2026-05-08")
    page.select_option("#id_source_type", "ADMIN_PENALTY")
    page.check("input[name=basis_codes][value=APL]")
    page.fill("#id_facts", factories.FACTS)
    page.check("input[name=severity_proposed][value=general]")
    page.click("button[value=preview]")
    assert "2027年5月8日" in page.inner_text("#consequences")
    page.fill("#id_economic_loss_yuan", "0")
    page.select_option("#id_social_impact", "limited")
    page.check("#id_in_duty")
    page.set_input_files("#id_source", PAPER)
    page.click("button[value=submit]")
    assert "等部门审核人初审" in page.inner_text("body")
    assert DishonestyRecord.objects.get(document_number="安交罚〔2026〕99号").state == "pending_review"


def test_consequences_follow_what_is_typed(desk: Desk) -> None:
    page = desk.sit(desk.scene.clerk).new_page()
    page.goto(desk.address + "/staff/records/new/")
    assert page.locator("button[value=preview]").is_hidden()
    page.fill("#id_subject", desk.scene.bureau.uscc)
    page.select_option("#id_source_type", "ADMIN_PENALTY")
    page.fill("#id_decided_on", "2026-05-08")
    page.check("input[name=severity_proposed][value=serious]")
    page.locator("#consequences", has_text="2029年5月8日").wait_for()


def test_an_upload_goes_through_with_script_and_errors_come_back_in_place(desk: Desk) -> None:
    draft = DishonestyRecord.objects.filter(state="draft").first()
    assert draft is not None
    page = desk.sit(desk.scene.clerk).new_page()
    page.goto(desk.address + reverse("records:attach", args=[draft.pk]))
    page.select_option("#id_kind", "other")
    page.set_input_files("#id_file", {**PAPER, "buffer": b"MZ" + b"\x00" * 300})
    page.click("main button.btn-primary")
    page.wait_for_selector(".error-summary")
    page.select_option("#id_kind", "other")
    page.set_input_files("#id_file", PAPER)
    page.click("main button.btn-primary")
    page.wait_for_url("**" + reverse("records:record", args=[draft.pk]))
    assert draft.evidence.filter(kind="other").count() == 1
