"""One complaint: sent by somebody without account, script or cookie, handled by three people, answered, read and rated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from records.models import Complaint, ComplaintState
from records.services.intake import night
from rules import clock
from tests import pictures
from tests.journeys.looking import look
from tests.records import factories
from tests.records.complaints import cases
from tests.records.intake.making import jpg, keyed

pytestmark = pytest.mark.timeout(420)
SHOTS = "complaint"
WORDS = "去年十一月签的养护合同，验收后一直不付尾款，答应过两次日期都没有兑现。"
ANSWER = "经查，尾款已于本月付清，付款凭证已核对；此前迟延的原因是发票信息有误，已向您说明。"


@pytest.fixture
def people(fresh_database: object) -> cases.Cast:
    """Found the city of the tests with everybody who meets a complaint."""
    cache.clear()
    factories.load_law()
    return cases.cast(factories.scene())


@pytest.fixture
def reporter(chromium: Browser) -> Iterator[BrowserContext]:
    """Give a browser whose scripts are off."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 1000}, locale="zh-CN")
    yield context
    context.close()


def shoot(page: Page, name: str) -> None:
    """Keep pictures of the page as a phone and a desk show it."""
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 1000})
        pictures.keep(page, SHOTS, f"{name}-{width}")


def sent(page: Page, site: str, dept: str, folder: Path) -> tuple[str, str]:
    """Send a complaint by the form and give the two halves of its receipt."""
    photograph = folder / "现场.jpg"
    photograph.write_bytes(jpg())
    page.goto(f"{site}/complaints/")
    shoot(page, "form")
    page.get_by_label("部门名称").fill(dept)
    page.get_by_label("把事情说清楚").fill("太短")
    page.get_by_role("button", name="提交投诉").click()
    expect(page.locator("main")).to_contain_text("至少 10 字")
    expect(page.get_by_label("部门名称")).to_have_value(dept)
    shoot(page, "form-refused")
    page.get_by_label("把事情说清楚").fill(WORDS)
    page.get_by_label("合同、照片等材料").set_input_files(photograph)
    page.get_by_role("button", name="提交投诉").click()
    expect(page.get_by_role("heading", name="已收到您的投诉，请记下两个号码")).to_be_visible()
    shoot(page, "received")
    number, code = page.locator(".receipt-no").all_inner_texts()
    return number, code


def asked(page: Page, site: str, number: str, code: str) -> None:
    """Open the thread of a receipt."""
    page.goto(f"{site}/complaints/receipt/")
    page.get_by_label("回执号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查进度").click()
    expect(page.get_by_role("heading", name=re.compile("^关于.*的投诉$"))).to_be_visible()


def desk(browser: Browser, site: str, user: User) -> Page:
    """Give a window in which somebody is signed in."""
    signed = Client()
    signed.force_login(user)
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
    value = signed.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    return context.new_page()


def act(page: Page, case: str, action: str, verb: str, **fields: Any) -> None:
    """Take one act on the case by its page."""
    page.goto(f"{case}{action}/")
    main = page.locator("main")
    for label, value in fields.items():
        control = main.get_by_label(label, exact=True)
        if isinstance(value, Path):
            control.set_input_files(value)
        elif value is True:
            control.check()
        else:
            control.fill(value)
    main.get_by_role("button", name=verb, exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()


def handled(browser: Browser, site: str, people: cases.Cast, folder: Path) -> None:
    """Let the lead office take the case up, investigate and answer it, each in a browser of his own."""
    case = f"{site}/staff/complaints/{Complaint.objects.get().pk}/"
    proof = folder / "付款凭证.pdf"
    proof.write_bytes(factories.PDF)
    chief, handler = desk(browser, site, people.scene.approver), desk(browser, site, people.handler)
    act(chief, case, "accept", "受理")
    act(chief, case, "assign", "指定", **{people.handler.person.name: True})
    act(handler, case, "investigate", "开始核查")
    act(handler, case, "findings", "保存", 核查情况="调取合同、验收单和付款凭证，款项已付清。")
    act(handler, case, "attach", "上传", 核查证据=proof)
    act(handler, case, "verify-false", "提出结论", 理由="付款凭证齐全。")
    reviewer = desk(browser, site, people.reviewer)
    reviewer.goto(case)
    waiting = reviewer.locator("section", has=reviewer.get_by_role("heading", name="等签署的提议"))
    waiting.get_by_role("link").click()
    reviewer.locator("main").get_by_role("button", name="签署核查结论").click()
    expect(reviewer.get_by_role("status").first).to_be_visible()
    act(handler, case, "answer", "答复", 向举报人的解释说明=ANSWER)


def test_a_complaint_is_sent_without_a_trace_handled_by_three_answered_and_rated(
    live_site: str, people: cases.Cast, chromium: Browser, reporter: BrowserContext, tmp_path: Path
) -> None:
    page = reporter.new_page()
    number, code = sent(page, live_site, people.scene.bureau.name, tmp_path)
    night.register_due(now=clock.now() + timedelta(days=1))
    handled(chromium, live_site, people, tmp_path)

    asked(page, live_site, number, code)
    expect(page.locator("main")).to_contain_text(ANSWER)
    shoot(page, "answered")
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("main")).to_contain_text("您的评价已记下")
    shoot(page, "rated")
    assert reporter.cookies() == []
    assert night.carry_ratings(now=clock.now()) == 1
    assert Complaint.objects.get().state == ComplaintState.RATED


@pytest.mark.matrix
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_a_reporter_is_accessible(
    live_site: str, people: cases.Cast, chromium: Browser, scheme: Any, tmp_path: Path
) -> None:
    keyed(people.scene)
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 1440, "height": 1000}, locale="zh-CN")
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text) if line.type == "error" else None)
    clean(page, live_site, "/complaints/")
    number, code = sent(page, live_site, people.scene.bureau.name, tmp_path)
    look(page, "received")
    clean(page, live_site, "/complaints/receipt/")
    asked(page, live_site, number, code)
    look(page, "thread")
    page.get_by_label("补充说明").fill("补")
    page.get_by_role("button", name="补交").click()
    look(page, "refused supplement")
    assert [line for line in told if "422" not in line] == []


def clean(page: Page, site: str, address: str) -> None:
    """Open a page and look at it."""
    page.goto(f"{site}{address}")
    look(page, address)
