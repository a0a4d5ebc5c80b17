"""What people do at their desks in a browser, one verb each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from records.demo import papers, people
from tests import pictures

FACTS = (
    "安平市交通运输局于2025年3月公开承诺，在2026年6月30日前完成城东客运站无障碍改造。"
    "经查，截至承诺期限仅完成坡道一项，经责令限期整改，期满仍有低位售票窗口未完成。"
)


@dataclass
class Desk:
    """One person signed in, with a browser window of his own."""

    site: str
    page: Page

    @classmethod
    def of(cls, browser: Browser, site: str, account: str) -> Desk:
        """Sign somebody in through the form."""
        page = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN").new_page()
        page.goto(f"{site}/accounts/")
        page.get_by_label("账号", exact=True).fill(account)
        page.get_by_label("口令", exact=True).fill(people.PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page).to_have_url(re.compile(r"/staff/$"))
        return cls(site, page)

    @classmethod
    def at(cls, browser: Browser, site: str, account: str) -> Desk:
        """Sit down where somebody has signed in already; the form is filled in by the first of a journey."""
        client = Client()
        client.force_login(User.objects.get(username=account))
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        return cls(site, context.new_page())

    def file(self, *, code: str, decided_on: date, folder: Path) -> str:
        """File a record by the form, as one does from paper, and return its address."""
        self.page.get_by_role("link", name="登记失信记录").first.click()
        page = self.page.locator("main")
        paper = folder / "核查结论.pdf"
        paper.write_bytes(papers.decision(paper.name).read())
        page.get_by_label("来源文书", exact=True).set_input_files(paper)
        page.get_by_label("认定文书名称", exact=True).fill("承诺事项核查结论")
        page.get_by_label("文号", exact=True).fill("安政督[2026]11 号")
        page.get_by_label("认定日期", exact=True).fill(decided_on.isoformat())
        page.get_by_label("制发机关", exact=True).fill("安平市人民政府")
        page.get_by_label("失信来源类型", exact=True).select_option("BROKEN_COMMITMENT")
        page.get_by_label(re.compile("关于加强政务诚信建设的指导意见")).first.check()
        page.get_by_label("单位", exact=True).fill(code)
        page.get_by_label("我声明：所记行为发生在履行职务中").check()
        page.get_by_label("事实", exact=True).fill(FACTS)
        page.get_by_label(re.compile("^一般")).check()
        page.get_by_label("经济损失（元）", exact=True).fill("０")
        page.get_by_label("社会影响", exact=True).select_option("limited")
        page.get_by_role("button", name="检查并提交初审").click()
        expect(self.page.get_by_role("status").first).to_contain_text("已提交")
        return self.page.url

    def act(self, record: str, button: str, verb: str, **fields: Any) -> None:
        """Open a record, take one of its arrows and confirm it with the fields the arrow asks for."""
        self.page.goto(record)
        self.page.get_by_role("link", name=re.compile(button)).first.click()
        for label, value in fields.items():
            control = self.page.locator("main").get_by_label(label, exact=True)
            if value is True:
                control.check()
            else:
                control.fill(str(value))
        self.page.locator("main").get_by_role("button", name=re.compile(f"^{verb}")).first.click()
        expect(self.page.get_by_role("status").first).to_be_visible()

    def sign(self, record: str, verb: str) -> None:
        """Open the proposal that waits on a record and give the second signature."""
        self.page.goto(record)
        waiting = self.page.locator("section", has=self.page.get_by_role("heading", name="等签署的提议"))
        waiting.get_by_role("link").click()
        self.page.get_by_role("button", name=verb).click()
        expect(self.page.get_by_role("status").first).to_be_visible()

    def shoot(self, name: str, room: str) -> None:
        """Keep pictures of the page as a phone and a desk show it."""
        for width in (320, 1440):
            self.page.set_viewport_size({"width": width, "height": 1000})
            pictures.keep(self.page, room, f"{name}-{width}")
