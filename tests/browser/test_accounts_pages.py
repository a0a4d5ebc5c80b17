"""The sign-in and the states of the accounts pages no link leads to: errors, refusals, things shown once; all accessible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from accounts.models import AdminProposal, SecondFactor
from accounts.services import clients, heads, proposals
from ledger.actors import SYSTEM
from tests import accessible, pictures
from tests.accounts import factories
from tests.accounts.factories import FOUNDED, PASSWORD
from tests.accounts.test_sign_in import code

pytestmark = pytest.mark.timeout(600)
SHOTS = "accounts"
LOOKS = ((320, "light"), (1440, "dark"))


@dataclass
class Album:
    """A browser window, and what was wrong on the pages seen in it."""

    site: str
    page: Page
    faults: list[tuple[str, ...]] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.site + address)
        return self.page

    def look(self, name: str) -> None:
        """Check the page as it stands, on a phone and on a desk, light and dark, and keep a picture of each."""
        for width, theme in LOOKS:
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
            self.page.set_viewport_size({"width": width, "height": 900})
            for fault in accessible.violations(self.page):
                self.faults.append((name, str(width), theme, fault["id"], fault["nodes"][0]["html"][:160]))
            if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                self.faults.append((name, str(width), "scrolls sideways"))
            pictures.keep(self.page, SHOTS, f"{name}-{width}-{theme}")

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Fill the sign-in form and send it."""
        self.open("/accounts/")
        self.page.get_by_label("账号", exact=True).fill(username)
        self.page.get_by_label("口令", exact=True).fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()


@pytest.fixture
def album(live_site: str, chromium: Browser) -> Iterator[Album]:
    """Return a window of its own."""
    context = chromium.new_context(locale="zh-CN")
    found = Album(live_site, context.new_page())
    found.page.on("console", lambda line: _note(line.type, line.text, found))
    yield found
    context.close()


def _note(kind: str, text: str, album: Album) -> None:
    """Keep what the browser complains about; answers of 4xx are meant here."""
    if kind == "error" and "Failed to load resource" not in text:
        album.faults.append((album.page.url, "console", text[:200]))


@pytest.mark.matrix
def test_signing_in_and_the_second_factor_are_accessible_in_every_state(album: Album) -> None:
    tree = factories.tree()
    factories.account(factories.person("演示员"), "demo-clerk", is_demo=True)
    user = factories.user(("clerk", tree.transport), username="jt-linkeyuan")
    album.open("/accounts/")
    album.look("sign-in")
    album.sign_in(user.username, "wrong")
    assert "再错 4 次" in album.page.content()
    album.look("sign-in-wrong")
    album.sign_in("", "")
    album.look("sign-in-empty")
    album.sign_in(user.username)
    album.open("/accounts/second-factor/")
    album.look("second-factor-none")
    album.page.get_by_role("button", name="开始设置").click()
    album.look("second-factor-begun")
    album.page.get_by_label("动态口令", exact=True).fill("12")
    album.page.get_by_role("button", name="核对并启用").click()
    album.look("second-factor-wrong")
    album.page.get_by_label("动态口令", exact=True).fill(code(SecondFactor.objects.get(), timezone.now()))
    album.page.get_by_role("button", name="核对并启用").click()
    album.look("recovery-codes")
    album.open("/accounts/second-factor/")
    album.look("second-factor-in-use")
    album.open("/accounts/password/")
    album.page.get_by_role("button", name="修改口令").click()
    album.look("password-wrong")
    album.open("/staff/audit/")
    album.look("refused")
    assert not album.faults, "\n".join(map(str, album.faults))


@pytest.mark.matrix
def test_the_administrators_pages_are_accessible_in_every_state(album: Album) -> None:
    tree = factories.tree()
    first, second = factories.administrators()
    keeper = factories.user(("sysadmin", tree.province), username="xt-keeper")
    clients.propose(
        actor=keeper, name="省信用平台", department=tree.lead, scopes=["reports:read"], purpose="拉取报送", reason="共享协议",
        now=timezone.now(),
    )  # fmt: skip
    album.sign_in(first.username)
    for name, address in (
        ("departments", "/staff/departments/"),
        ("departments-none", "/staff/departments/?q=没有"),
        ("department", f"/staff/departments/{tree.transport.uscc}/"),
        ("users", "/staff/users/"),
        ("user", f"/staff/users/{keeper.pk}/"),
        ("proposals", "/staff/proposals/"),
        ("explain", "/staff/explain/?name=people:audit"),
        ("clients", "/staff/clients/"),
    ):
        album.open(address)
        album.look(name)
    album.open("/staff/departments/new/")
    album.page.get_by_label("统一社会信用代码", exact=True).fill("11441400MB2C12348A")
    album.page.get_by_role("button", name="登记部门").click()
    album.look("register-department-wrong")
    album.open(f"/staff/users/{keeper.pk}/grant/")
    album.page.get_by_role("button", name="提交复核").click()
    album.look("grant-wrong")
    album.open(f"/staff/users/{keeper.pk}/password/")
    album.page.get_by_role("button", name="重置口令").click()
    album.look("password-once")
    proposals.confirm(actor=second, proposal=AdminProposal.objects.get(kind="client"), now=timezone.now())
    album.open("/staff/clients/")
    album.page.get_by_role("link", name="省信用平台").click()
    album.look("client")
    assert not album.faults, "\n".join(map(str, album.faults))


@pytest.mark.matrix
def test_the_personnel_and_audit_pages_are_accessible_in_every_state(album: Album) -> None:
    tree = factories.tree()
    official = factories.official(tree.transport, "许清和")
    heads.appoint(actor=SYSTEM, department=tree.transport, official=official, held_from=FOUNDED, now=timezone.now())
    personnel = factories.user(("personnel", tree.transport), username="jt-renshi")
    auditor = factories.user(("auditor", tree.province), username="sj-shenji")
    album.sign_in(personnel.username)
    album.open("/staff/officials/")
    album.look("officials")
    album.open("/staff/officials/new/")
    album.page.get_by_label("公民身份号码", exact=True).fill("330113202201010010")
    album.page.get_by_role("button", name="登记", exact=True).click()
    album.look("register-official-wrong")
    album.open(f"/staff/officials/{official.pk}/")
    album.page.get_by_role("link", name=re.compile("查看完整手机号码")).click()
    album.page.get_by_role("button", name="记入日志并显示").click()
    album.look("reveal-without-reason")
    album.page.get_by_label("为什么要看").fill("寄送文书核对收件人")
    album.page.get_by_role("button", name="记入日志并显示").click()
    album.look("revealed")
    album.open(f"/staff/officials/{official.pk}/posts/new/")
    album.look("post")
    album.open(f"/staff/officials/{official.pk}/")
    album.look("official")
    album.open("/staff/recusals/")
    album.page.get_by_role("button", name="申报回避").click()
    album.look("recusals-wrong")
    album.page.context.clear_cookies()
    album.sign_in(auditor.username)
    for name, address in (("audit", "/staff/audit/"), ("audit-none", "/staff/audit/?person=没有&since=x")):
        album.open(address)
        album.look(name)
    assert not album.faults, "\n".join(map(str, album.faults))
