"""A promise made, put more clearly, moved by a lawful change, broken and recorded, each by its own people at their desks."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from records.demo import papers, people, places
from records.models import Commitment, DishonestyRecord, RecordState
from records.services.commitments import turning
from records.services.rectification import turning as orders
from rules import calendar_loading, loading
from rules.clock import ZONE, local_day
from tests.journeys.desk import Desk
from tests.journeys.looking import look

pytestmark = pytest.mark.timeout(420)
SHOTS = "promise"


@pytest.fixture
def site(live_site: str) -> str:
    """Found the demo's city without its stories."""
    founded = timezone.now() - timedelta(days=400)
    loading.load_rules(now=founded)
    calendar_loading.load_years(now=founded)
    people.build(places.build(now=founded), now=founded)
    return live_site


def night_after(day: date) -> datetime:
    """The moment at which the clock looks at a due date."""
    return datetime.combine(day + timedelta(days=1), time(0, 5), tzinfo=ZONE)


def filed(clerk: Desk, today: date) -> str:
    """File a promise by the form and return its address."""
    clerk.page.goto(f"{clerk.site}/staff/commitments/")
    clerk.page.get_by_role("link", name="登记承诺").first.click()
    page = clerk.page.locator("main")
    page.get_by_label("承诺类型", exact=True).select_option("TIME_LIMIT")
    page.get_by_label("标题", exact=True).fill("城东客运站无障碍改造按期完成")
    page.get_by_label("承诺对象", exact=True).fill("行动不便的乘客")
    page.get_by_label("承诺内容", exact=True).fill("完成坡道、低位售票窗口和盲道三项改造，改造期间设临时通道。")
    page.get_by_label("可衡量的标准", exact=True).fill("三项改造全部完成，经残联查验合格。")
    page.get_by_label("起始日期", exact=True).fill(today.isoformat())
    page.get_by_label("到期日期", exact=True).fill((today + timedelta(days=30)).isoformat())
    page.get_by_label("责任人", exact=True).select_option(label="何书宁 局长")
    page.get_by_label("承诺来源", exact=True).select_option("PLEDGE")
    for number, (title, weight) in enumerate((("坡道完工", "40"), ("窗口和盲道完工", "60")), start=1):
        page.get_by_label(f"节点 {number}：做到什么", exact=True).fill(title)
        page.get_by_label(f"节点 {number}：权重", exact=True).fill(weight)
        page.get_by_label(f"节点 {number}：完成日期", exact=True).fill((today + timedelta(days=10)).isoformat())
    clerk.shoot("form", SHOTS)
    page.get_by_role("button", name="检查并提交审核").click()
    expect(clerk.page.get_by_role("status").first).to_contain_text("已提交")
    return clerk.page.url


def test_a_promise_is_made_moved_broken_and_recorded(site: str, chromium: Browser, tmp_path: Path) -> None:
    today = local_day(timezone.now())
    clerk, reviewer = Desk.of(chromium, site, "clerk"), Desk.at(chromium, site, "reviewer")
    approver, head = Desk.at(chromium, site, "approver"), Desk.at(chromium, site, "head")
    citizen = chromium.new_context(locale="zh-CN").new_page()

    address = filed(clerk, today)
    reviewer.act(address, "审核通过", "审核通过")
    made = Commitment.objects.get()
    paper = tmp_path / "坡道照片.pdf"
    paper.write_bytes(papers.decision(paper.name).read())
    clerk.page.goto(address)
    clerk.page.get_by_role("link", name=re.compile("坡道完工")).click()
    step = clerk.page.url
    clerk.page.get_by_role("link", name=re.compile("申报完成")).first.click()
    clerk.page.get_by_label("完成日期", exact=True).fill(today.isoformat())
    clerk.page.get_by_label("完成情况", exact=True).fill("坡道已完工，照片见附件。")
    clerk.page.get_by_label("证明材料").set_input_files(paper)
    clerk.page.locator("main").get_by_role("button", name="申报完成").click()
    reviewer.act(step, "核验通过", "核验通过")
    citizen.goto(f"{site}/documents/{made.pk}/")
    expect(citizen.locator("main")).to_contain_text("已核验 40%")
    look(citizen, "public-running", SHOTS)

    clerk.act(
        address,
        "修订文字",
        "提出修订",
        可衡量的标准="三项改造全部完成，经残联查验合格，查验意见公开。",
        修订的理由="写清查验意见要公开",
    )
    approver.sign(address, "签署")
    citizen.reload()
    expect(citizen.locator("main")).to_contain_text("查验意见公开")
    expect(citizen.locator("main")).to_contain_text("第 2 版")

    clerk.act(
        address, "申请依法变更", "提出变更申请",
        **{
            "广东省优化营商环境条例 第二十六条": True, "公共利益理由": "防汛应急期间客运站作为转移安置点，改造须暂停，属公共利益需要。",
            "补偿方案": "对受影响的施工单位按合同补偿停工损失。", "到期日期": today.isoformat(), "节点 1：做到什么": "",
            "节点 1：权重": "", "节点 1：完成日期": "", "节点 2：做到什么": "", "节点 2：权重": "", "节点 2：完成日期": "",
        },
    )  # fmt: skip
    clerk.act(
        address,
        "登记补偿情况",
        "登记",
        **{"补偿金额（元）": "20000", "补偿到位日期": today.isoformat(), "补偿情况": "施工单位停工损失已补偿。"},
    )
    head.act(address, "批准依法变更", "签署", 审批意见="情况属实，补偿已到位，同意。")
    approver.sign(address, "签署")
    clerk.page.goto(address)
    look(clerk.page, "staff-changed", SHOTS)
    citizen.reload()
    look(citizen, "public-changed", SHOTS)
    citizen.get_by_role("link", name=re.compile("城东客运站无障碍改造")).last.click()

    after = Commitment.objects.get(replaces=made)
    turning.lapse_due(now=night_after(today))
    citizen.goto(f"{site}/documents/{after.pk}/")
    expect(citizen.locator("main")).to_contain_text("逾期")
    address = f"{site}/staff/commitments/{after.pk}/"
    supervisor = Desk.at(chromium, site, "supervisor")
    supervisor.act(address, "责令限期整改", "下达整改", 整改要求="完成三项改造\n向社会说明延误原因")
    orders.overdue_due(now=night_after(today + timedelta(days=60)))
    supervisor.act(address, "认定未履行", "认定未履行", 认定理由="责令整改期满，低位窗口和盲道仍未完成。")
    supervisor.page.goto(address)
    look(supervisor.page, "staff-broken", SHOTS)
    citizen.reload()
    expect(citizen.locator("main")).to_contain_text("责令整改期满")
    look(citizen, "public-broken", SHOTS)
    citizen.goto(f"{site}/search/?kind=commitment")
    look(citizen, "public-list", SHOTS)
    clerk.page.goto(f"{site}/staff/commitments/")
    look(clerk.page, "staff-list", SHOTS)

    draft = DishonestyRecord.objects.get(source_type="BROKEN_COMMITMENT")
    assert draft.state == RecordState.DRAFT
    clerk.page.goto(f"{site}/staff/records/{draft.pk}/")
    expect(clerk.page.locator("main")).to_contain_text(after.number)
