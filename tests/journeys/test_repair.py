"""A repair refused one day early and granted on the day, and the record gone from every public page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from records.demo import papers, people, places, playing
from records.demo.stories import TRANSPORT, Stage, Story
from records.models import CreditRepair, DishonestyRecord, RecordState, RepairState
from rules import calendar, calendar_loading, loading
from rules.clock import local_day
from tests.journeys.desk import Desk
from tests.journeys.looking import look

pytestmark = pytest.mark.timeout(420)
SHOTS = "repair"
MONTHS = 3  # the shortest period of a general record


@dataclass(frozen=True)
class City:
    """The portal with two public records: one may be repaired from today, the other not before tomorrow."""

    site: str
    today: DishonestyRecord
    later: DishonestyRecord


def _story(number: str) -> Story:
    return Story(
        Stage.IN_FORCE, TRANSPORT, "transport", "BROKEN_COMMITMENT", "承诺事项核查结论", number, "安平市人民政府",
        "安平市交通运输局承诺的公交站台无障碍改造逾期完成，经督查后已于上月全部完成。", ("GF76", "YF140"), "general", 0,
        areas=("PROJECT",),
    )  # fmt: skip


def _opening(day: date, *, step: int) -> date:
    """Find the document's day whose three months end on `day`; where no month does, the nearest one on that side."""
    found = (day + timedelta(days=step * off) - timedelta(days=back) for off in range(4) for back in range(88, 94))
    wanted = lambda start: (calendar.add_months(start, MONTHS) - day).days * step >= 0  # noqa: E731
    return min(
        (each for each in found if wanted(each)), key=lambda each: abs((calendar.add_months(each, MONTHS) - day).days)
    )


@pytest.fixture
def city(live_site: str) -> City:
    """Found the demo's city and put its two records into force on days that fit the real calendar."""
    now = timezone.now()
    founded = now - timedelta(days=400)
    loading.load_rules(now=founded)
    calendar_loading.load_years(now=founded)
    built = places.build(now=founded)
    cast = playing.Cast(places=built, accounts=people.build(built, now=founded), now=now)
    today = local_day(now)
    opened = playing.play(_story("安政督〔2026〕61号"), cast, decided_on=_opening(today, step=-1))
    closed = playing.play(_story("安政督〔2026〕62号"), cast, decided_on=_opening(today + timedelta(days=1), step=1))
    assert opened.repair_from <= today < closed.repair_from  # type: ignore[operator]
    return City(live_site, opened, closed)


def drafted(desk: Desk, city: City, record: DishonestyRecord, folder: Path) -> str:
    """Go from the record's page to a draft with its proof; give the draft's address."""
    page = desk.page
    page.goto(f"{city.site}/staff/records/{record.pk}/")
    page.get_by_role("link", name=re.compile("看条件，申请修复")).click()
    look(desk.page, f"before-{record.document_number[-3:-1]}", SHOTS)
    page.get_by_role("link", name="起草修复申请").click()
    page.locator("main").get_by_label("履行和纠正的情况").fill("承诺的改造已全部完成并验收，验收报告随附。")
    page.get_by_label("完成整改").check()
    look(desk.page, "apply", SHOTS)
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_role("status").first).to_contain_text("草稿")
    case = page.url
    page.get_by_role("link", name=re.compile("交这份材料")).click()
    paper = folder / "验收报告.pdf"
    paper.write_bytes(papers.decision(paper.name).read())
    page.get_by_label("文件", exact=True).set_input_files(paper)
    page.get_by_role("button", name="交上").click()
    expect(page.get_by_role("status").first).to_contain_text("已交上")
    return case


def sign(page: Page, case: str) -> None:
    """Sign the pledge and hand in."""
    page.goto(case)
    page.get_by_role("link", name=re.compile("^提交申请")).click()
    page.get_by_label(re.compile("签署上面的信用承诺书")).check()
    page.get_by_role("button", name="签署并提交").click()


def test_a_repair_is_refused_one_day_early_and_granted_on_the_day(
    city: City, chromium: Browser, tmp_path: Path
) -> None:
    head = Desk.of(chromium, city.site, "head")
    early = drafted(head, city, city.later, tmp_path)
    head.page.goto(early)
    expect(head.page.locator("main")).to_contain_text("未满最短公示期")
    closed = head.page.get_by_role("button", name=re.compile("^提交申请"))
    expect(closed).to_have_attribute("aria-disabled", "true")
    look(head.page, "one-day-early", SHOTS)
    assert CreditRepair.objects.get(record=city.later).state == RepairState.DRAFT

    case = drafted(head, city, city.today, tmp_path)
    head.page.goto(case)
    look(head.page, "draft", SHOTS)
    head.page.get_by_role("link", name=re.compile("^提交申请")).click()
    look(head.page, "pledge", SHOTS)
    sign(head.page, case)
    expect(head.page.get_by_role("status").first).to_contain_text("已提交")

    granted(chromium, city, case)

    head.page.goto(case)
    expect(head.page.locator("main")).to_contain_text("准予修复")
    look(head.page, "granted", SHOTS)
    gone(chromium, city)


def granted(browser: Browser, city: City, case: str) -> None:
    """Let the officer check and draft, and another person decide."""
    officer = Desk.at(browser, city.site, "appeals")
    officer.page.goto(f"{city.site}/staff/")
    expect(officer.page.locator("main")).to_contain_text("核对材料")
    officer.page.goto(case)
    look(officer.page, "officer", SHOTS)
    officer.act(case, "^受理", "受理")
    officer.act(case, "^核实并拟办", "交付决定", 核实情况="现场看过，改造全部完成。", 准予修复=True)
    decider = Desk.at(browser, city.site, "approver2")
    decider.page.goto(case)
    look(decider.page, "decider", SHOTS)
    decider.act(case, "^准予修复", "准予修复", 决定文号="安信修〔2026〕31号", 理由="承诺已经履行，材料真实。")
    first = Desk.at(browser, city.site, "approver")
    first.page.goto(f"{city.site}/staff/records/{city.today.pk}/")
    look(first.page, "record-repaired", SHOTS)


def gone(browser: Browser, city: City) -> None:
    """The public page says only that and why it ended; the other record is still there."""
    assert DishonestyRecord.objects.get(pk=city.today.pk).state == RecordState.REPAIRED
    answer = httpx.get(f"{city.site}/documents/{city.today.pk}/")
    assert answer.status_code == 410
    assert "信用修复获准" in answer.text
    assert "无障碍改造" not in answer.text
    assert httpx.get(f"{city.site}/api/v1/documents/{city.today.pk}/").status_code == 410
    found = httpx.get(f"{city.site}/search/?q=无障碍").text
    assert str(city.today.pk) not in found
    assert str(city.later.pk) in found
    citizen = browser.new_context(locale="zh-CN").new_page()
    citizen.goto(f"{city.site}/documents/{city.today.pk}/")
    look(citizen, "public-ended", SHOTS)
