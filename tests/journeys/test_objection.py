"""An objection: filed by the subject, marked for everybody to see, upheld by people without a part in it, and the record is gone."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from accounts.models import Department, User
from records.demo import playing, stories
from records.demo.objections import FACTS
from records.models import DishonestyRecord
from tests.journeys.desk import Desk
from tests.journeys.looking import look
from tests.journeys.test_one_record import SHOTS, City, city, feed, platform_page, until

__all__ = ["city"]
pytestmark = pytest.mark.timeout(420)
WORD = "应急物资储备"
PLACES = (("city_lead", "安平市发展和改革委员会"), ("emergency", "安平市应急管理局"))


def recognised() -> DishonestyRecord:
    """Put a record about the emergency bureau into force, through the services, by the credit lead office."""
    cast = playing.Cast(
        places={key: Department.objects.get(name=name) for key, name in PLACES},
        accounts={user.username: user for user in User.objects.all()},
        now=timezone.now(),
    )
    place, facts = FACTS[0]
    story = stories.Story(
        stories.Stage.IN_FORCE, stories.LEAD, place, "CONTRACT_DEFAULT", "违约失信核查结论", "安发改信〔2026〕77号",
        "安平市发展和改革委员会", facts, ("F1103",), "general", 20, loss="20000.00", areas=("PROJECT",),
    )  # fmt: skip
    return playing.play(story, cast, is_delivered=False)


def test_an_upheld_objection_takes_the_record_out_of_every_place(city: City, chromium: Browser) -> None:  # noqa: F811
    record = recognised()
    staff, public = f"{city.site}/staff/records/{record.pk}/", f"{city.site}/documents/{record.pk}/"
    until(lambda: str(record.pk) in platform_page(city), what="the record on the platform's own page")

    subject = Desk.of(chromium, city.site, "head-yj")
    subject.page.goto(staff)
    subject.page.get_by_role("link", name=re.compile("^提出异议")).click()
    look(subject.page, "objection-form", SHOTS)
    page = subject.page.locator("main")
    page.get_by_label("信息错误").check()
    page.get_by_label("事实和理由", exact=True).fill("尾款已按抵付协议付清，附双方盖章的对账单和付款凭证。")
    page.get_by_label("撤销记录").check()
    page.get_by_role("button", name="提交异议").click()
    expect(subject.page.get_by_role("status").first).to_contain_text("已提交")
    case = subject.page.url
    look(subject.page, "objection-of-the-subject", SHOTS)

    handler = Desk.at(chromium, city.site, "appeals")
    handler.act(case, "^受理", "受理")
    look(handler.page, "objection-of-the-handler", SHOTS)
    assert "异议处理中" in httpx.get(public).text
    assert [item["reason"] for item in feed(city)] == ["publish", "mark"]

    handler.page.goto(case)
    handler.page.get_by_role("link", name=re.compile("^提出拟处理意见")).click()
    draft = handler.page.locator("main")
    draft.get_by_label("核查情况和意见", exact=True).fill("对账单和付款凭证经核对属实。")
    draft.get_by_label("成立，撤销记录").check()
    look(handler.page, "objection-draft", SHOTS)
    draft.get_by_role("button", name="交决定").click()
    handler.page.goto(case)
    expect(handler.page.locator("main")).to_contain_text("不得")

    decider = Desk.at(chromium, city.site, "appeals2")
    decider.page.goto(case)
    decider.page.get_by_role("link", name=re.compile("^决定")).first.click()
    look(decider.page, "objection-decision", SHOTS)
    decider.page.locator("main").get_by_label("决定书文号", exact=True).fill("安发改异[2026] 3 号")
    decider.page.locator("main").get_by_role("button", name="作出决定").click()
    expect(decider.page.get_by_role("status").first).to_contain_text("已作出决定")

    gone(city, record, public)
    subject.page.goto(case)
    expect(subject.page.locator("main")).to_contain_text("安发改异〔2026〕3号")
    subject.page.get_by_role("link", name=re.compile("^要求公布更正公告")).click()
    subject.page.get_by_role("button", name="公布更正公告").click()
    subject.page.get_by_role("link", name="更正公告", exact=True).click()
    expect(subject.page.locator("main")).to_contain_text("自始不应被引用")
    look(subject.page, "correction-notice", SHOTS)


def gone(city: City, record: DishonestyRecord, public: str) -> None:  # noqa: F811
    """Find the record neither on its page, nor in search, nor in the API, nor at the platform."""
    assert httpx.get(public).status_code == 410
    assert str(record.pk) not in httpx.get(f"{city.site}/search/?q={WORD}").text
    assert httpx.get(f"{city.site}/api/v1/documents/{record.pk}/").status_code == 410
    assert str(record.pk) not in json.dumps(httpx.get(f"{city.site}/api/v1/documents/").json())
    items: list[dict[str, Any]] = feed(city)
    assert items[-1]["op"] == "tombstone"
    assert all(item["data"] is None for item in items if item["document_id"] == str(record.pk))
    until(lambda: "已撤销" in platform_page(city), what="the withdrawal on the platform's own page")
