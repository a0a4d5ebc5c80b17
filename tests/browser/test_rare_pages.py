"""The pages people seldom see: refused, stale, missing, broken, sent with faults, suspended, erased. All accessible, none sideways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from accounts.services import recusing, reveals
from disclosure.web import rendering
from records.models import ComplaintFile
from records.services import notice
from records.services.commitments import details, drafting
from records.services.complaints import handling, screening
from records.services.intake import custody, forgetting
from records.services.intake.register import Received
from records.services.objections import filing
from records.services.objections import screening as hearing
from records.web import searching
from records.web.report import asking
from rules import clock
from tests import accessible, pictures
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.commitments import details_scene, promising
from tests.records.factories import NOW, Scene
from tests.records.intake import making
from tests.records.objections.factories import STATEMENT
from tests.records.objections.test_suspension import SUSPENDED_WORDS, suspend_while_objected

pytestmark = [pytest.mark.matrix, pytest.mark.timeout(300)]
SHOTS = "rare"
# The dark page is the light one in other colours.
RULES = {"light": accessible.RULES, "dark": accessible.COLOURS}
LOOKS = ((320, "light"), (320, "dark"), (1440, "light"), (1440, "dark"))


@dataclass
class Album:
    """A served portal with its people, a window for each of them, and what was wrong on the pages seen."""

    site: str
    chromium: Browser
    scene: Scene
    windows: dict[str, BrowserContext] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    faults: list[tuple[str, ...]] = field(default_factory=list)

    def open(self, address: str, user: User | None = None) -> Page:
        """Open a page as somebody, or as one of the public."""
        page = self._window(user).new_page()
        page.on("console", lambda line: self._note(page, line.type, line.text))
        page.on("pageerror", lambda error: self._note(page, "error", str(error)))
        page.goto(self.site + address)
        return page

    def look(self, page: Page, name: str, *words: str) -> None:
        """Check a page that says these words, on a phone and on a desk, light and dark; where pictures are asked for, keep them."""
        told = page.locator("main").inner_text()
        assert all(each in told for each in words), (name, words, told)
        for width, theme in LOOKS:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                self.faults.append((name, str(width), "scrolls sideways"))
            for fault in accessible.violations(page, RULES[theme]):
                self.faults.append((name, str(width), theme, fault["id"], fault["nodes"][0]["html"][:160]))
            pictures.keep(page, SHOTS, f"{name}-{width}-{theme}")
        self.seen.append(name)

    def _window(self, user: User | None) -> BrowserContext:
        name = user.username if user else ""
        if name not in self.windows:
            self.windows[name] = self.chromium.new_context(locale="zh-CN")
            self.windows[name].set_default_timeout(10_000)
            if user is not None:
                client = Client()
                client.force_login(user)
                session = client.cookies[settings.SESSION_COOKIE_NAME].value
                self.windows[name].add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.site}]
                )
        return self.windows[name]

    def _note(self, page: Page, kind: str, text: str) -> None:
        """Keep what the browser complains about; answers of 4xx and 5xx are meant here."""
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append((page.url, "console", text[:200]))


@pytest.fixture
def album(live_site: str, chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Album]:
    """Serve a portal with people in it, on the day of the scene."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()
    found = Album(live_site, chromium, factories.scene())
    yield found
    for window in found.windows.values():
        window.close()


def test_the_pages_people_seldom_see_are_accessible_and_fit_a_phone(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    for show in (_stale, _refused, _faulty_forms, _custody, _complaints, _suspended):
        show(album)
    for show_patched in (_broken, _too_often):
        with monkeypatch.context() as patched:
            show_patched(album, patched)

    assert not album.faults, "\n".join(map(str, album.faults))
    assert len(album.seen) == len(set(album.seen)) == 34


def _stale(album: Album) -> None:
    """Somebody was quicker: an edit, a step of a record, a step of a case, the details of a promise."""
    scene = album.scene
    draft = factories.draft(scene)
    page = album.open(reverse("records:edit", args=[draft.pk]), scene.colleague)
    factories.edited(
        scene, draft, by=scene.clerk,
        content=factories.filing(scene, document_number=draft.document_number, facts=factories.FACTS + "另查。",
                                 economic_loss_yuan="9.00"),
    )  # fmt: skip
    page.get_by_label("事实", exact=True).fill(factories.FACTS + "又查明，利息也没有付。")
    page.get_by_label("经济损失（元）", exact=True).fill("10")
    page.get_by_role("button", name="存草稿").click()
    album.look(page, "record-clash", "两人改了同一条", "又查明")

    told = factories.notified(scene)
    page = album.open(reverse("records:deliver", args=[told.pk]), scene.colleague)
    notice.deliver(
        actor=scene.clerk, record=told, method="direct", received_by="收发室", delivered_on=NOW.date(),
        version=told.version, now=NOW,
    )  # fmt: skip
    page.get_by_role("radio").first.check()
    page.get_by_label("签收人", exact=True).fill("收发室")
    page.get_by_label("送达日期", exact=True).fill(NOW.date().isoformat())
    page.locator("main").get_by_role("button").last.click()
    album.look(page, "record-stale", "没有办成：记录已经变了")

    promise = promising.draft(scene)
    page = album.open(reverse("commitments:submit", args=[promise.pk]), scene.colleague)
    edit = album.open(reverse("commitments:edit", args=[promise.pk]), scene.colleague)
    drafting.submit(actor=scene.clerk, commitment=promise, version=promise.version, now=NOW)
    page.get_by_role("button", name="提交", exact=True).click()
    album.look(page, "case-stale", "没有办成：案件已经变了")
    edit.get_by_role("button", name="存草稿").click()
    album.look(edit, "commitment-edit-stale", "没有保存")

    promise, filled = details_scene.commitment(scene), details_scene.example("SME_PAYMENT", scene)
    kept = {"commitment": promise, "form": "SME_PAYMENT", "now": NOW}
    details.write(**kept, actor=scene.clerk, values=filled, version=0)
    page = album.open(reverse("commitments:details", args=[promise.pk, "SME_PAYMENT"]), scene.clerk)
    details.write(**kept, actor=scene.colleague, values=filled | {"creditor_name": "安平嘉木印务有限公司"}, version=1)
    page.get_by_role("button", name="保存", exact=True).click()
    album.look(page, "details-stale", "没有保存：内容已经变了")


def _refused(album: Album) -> None:
    """Not his page, not his case, not there, and a form whose token is gone."""
    scene = album.scene
    page = album.open(reverse("people:audit"), scene.neighbour_clerk)
    album.look(page, "staff-403", "这里不能由您打开")

    record = factories.draft(scene)
    recusing.declare(actor=scene.second, relation="spouse", department=scene.bureau, now=NOW)
    page = album.open(reverse("records:recognise", args=[record.pk]), scene.second)
    album.look(page, "staff-403-recused", "已申报回避（夫妻）")

    page = album.open(reverse("records:record", args=[record.pk]), scene.neighbour_clerk)
    album.look(page, "staff-404", "没有这一页")

    page = album.open(reverse("records:edit", args=[record.pk]), scene.colleague)
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.get_by_role("button", name="存草稿").click()
    album.look(page, "staff-csrf", "没有提交", "这个页面放置太久")

    album.look(album.open("/nothing/"), "public-404", "没有这一页")


def _faulty_forms(album: Album) -> None:
    """Every long form as it comes back with its faults listed, and the sign-in until it rests."""
    scene = album.scene
    shown = factories.disclosed(scene)
    for name, address, who, button in (
        ("record-faults", reverse("records:new"), scene.clerk, "检查并提交初审"),
        ("commitment-faults", reverse("commitments:new"), scene.clerk, "检查并提交审核"),
        ("objection-faults", reverse("objections:new", args=[shown.pk]), scene.head, "提交异议"),
        ("objection-paper-faults", reverse("objections:register", args=[shown.pk]), scene.appeals, "登记"),
        ("repair-faults", reverse("repairs:apply", args=[shown.pk]), scene.head, "存为草稿"),
        ("complaint-faults", reverse("report:report"), None, "提交投诉"),
        ("receipt-faults", reverse("report:ask"), None, "查进度"),
    ):
        page = album.open(address, who)
        page.locator("main").get_by_role("button", name=button).click()
        assert page.locator(".error-summary").is_visible(), name
        album.look(page, name)

    page = album.open(reverse("accounts:sign_in"))
    _try(page, scene.clerk.username)
    album.look(page, "sign-in-faults", "没有登录成功", "再错 4 次")
    for _time in range(4):
        _try(page, scene.clerk.username)
    album.look(page, "sign-in-paused", "已暂停登录")


def _try(page: Page, username: str) -> None:
    """Sign in with a wrong password."""
    page.get_by_label("账号", exact=True).fill(username)
    page.get_by_label("口令", exact=True).fill("wrong")
    page.get_by_role("button", name="登录", exact=True).click()


def _custody(album: Album) -> None:
    """A handler asks for the sealed original of a file; the custodian mistypes, then lets him have it."""
    scene = album.scene
    keeper, _key = making.keyed(scene)
    asker = making.handler(scene)
    case = making.reread(making.sent(scene, uploads=[making.file("工地照片.jpg", making.jpg())]).complaint)
    case = screening.accept(actor=scene.approver, complaint=case, version=case.version, now=NOW)
    case = handling.investigate(actor=asker, complaint=case, version=case.version, now=NOW)
    paper = ComplaintFile.objects.get(complaint=case)

    page = album.open(reverse("custody:ask_original", args=[case.pk, paper.pk]), asker)
    page.get_by_label("理由", exact=True).fill("短")
    page.get_by_role("button", name="交给保管人").click()
    album.look(page, "original-ask-faults", "申请查看附件原件", "没有办成")

    asked = custody.ask(
        actor=asker, complaint=case, file=paper, reason="照片的拍摄时间是关键，须核对原件里的时间", now=NOW
    )
    page = album.open(reverse("custody:request", args=[asked.pk]), keeper)
    album.look(page, "original-request", "附件原件（JPG")
    page = album.open(reverse("custody:release", args=[asked.pk]), keeper)
    page.get_by_label("理由", exact=True).fill("确有必要")
    page.get_by_label("保管口令", exact=True).fill("不对的口令也要够长")
    page.get_by_role("button", name="同意查看").click()
    album.look(page, "original-release-faults", "同意申请人查看", "口令")

    custody.release(actor=keeper, request=asked, passphrase=making.PASSPHRASE, reason="确有必要", now=NOW)
    page = album.open(reverse("custody:request", args=[asked.pk]), asker)
    album.look(page, "original-released", "下载原件")
    page = album.open(reverse("custody:original", args=[asked.pk]), asker)
    album.look(page, "original-download", "下载附件原件？")


def _complaints(album: Album) -> None:
    """A complaint handled simply, and one that was erased after its terms: on the desk and by the receipt."""
    scene = album.scene
    simple = making.sent(scene, channel="HOTLINE_12345")
    screening.accept(
        actor=scene.approver, complaint=making.reread(simple.complaint), is_simple=True, version=1, now=NOW
    )
    album.look(album.open(_case(simple), scene.approver), "complaint-simple", "简易事项")
    album.look(_receipt(album, simple), "receipt-simple", "简易事项")

    gone = making.sent(
        scene, name="陈某某", contact="marker@example.org", uploads=[making.file("合同.pdf", making.pdf())]
    )
    making.night_after()
    held = making.reread(gone.complaint)
    screening.not_accept(
        actor=scene.approver, complaint=held, reason="属于劳动争议。", where_to="劳动监察大队 12333", version=held.version, now=NOW
    )  # fmt: skip
    later = NOW + timedelta(days=5 * 365 + 3)
    assert (forgetting.erase_identities(now=later), forgetting.erase_contents(now=later)) == (1, 1)
    album.look(album.open(_case(gone), scene.approver), "complaint-erased", "投诉内容、往来和附件已删除")
    album.look(_receipt(album, gone), "receipt-erased", "已按保存期限删除")


def _case(sent: Received) -> str:
    return reverse("complaints:complaint", args=[sent.complaint.pk])


def _receipt(album: Album, sent: Received) -> Page:
    """Ask for a complaint by its receipt."""
    page = album.open(reverse("report:ask"))
    page.get_by_label("回执号", exact=True).fill(sent.number)
    page.get_by_label("查询码", exact=True).fill(sent.code)
    page.get_by_role("button", name="查进度").click()
    return page


def _suspended(album: Album) -> None:
    """The page of a document whose disclosure rests while an objection to it is open."""
    scene = album.scene
    suspend_while_objected()
    record = factories.disclosed(scene)
    objection = filing.open_draft(actor=scene.head, key=uuid4(), record=record, statement=STATEMENT, now=NOW)
    objection = filing.submit(actor=scene.head, objection=objection, version=objection.version, now=NOW)
    hearing.accept(actor=scene.appeals, objection=objection, version=objection.version, now=NOW)

    page = album.open(reverse("public:document", args=[record.pk]))
    album.look(page, "document-suspended", SUSPENDED_WORDS)
    page = album.open(reverse("records:record", args=[record.pk]), scene.approver)
    album.look(page, "record-suspended", "暂停公示")


def _broken(album: Album, patched: pytest.MonkeyPatch) -> None:
    """A fault of ours, on the desk and in public."""

    def fail(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("内部细节")

    patched.setattr(searching.Search, "dispatch", fail)
    patched.setattr(rendering, "page", fail)
    album.look(
        album.open(reverse("records:search"), album.scene.clerk), "staff-500", "刚才没有办成", "请把这个编号告诉"
    )
    album.look(album.open(reverse("public:terms")), "public-500", "刚才没有办成", "请把这个编号告诉")


def _too_often(album: Album, patched: pytest.MonkeyPatch) -> None:
    """More than the limits let through: numbers of officials looked at, receipts guessed."""
    scene = album.scene
    patched.setattr(reveals, "PER_HOUR", 0)
    personnel = accounts.user(("personnel", scene.bureau), name="许清和")
    page = album.open(reverse("people:reveal", args=[scene.official.pk, "phone"]), personnel)
    page.get_by_label("为什么要看").fill("寄送文书核对收件人")
    page.get_by_role("button", name="记入日志并显示").click()
    album.look(page, "staff-429", "小时")

    patched.setattr(asking, "WRONG_TRIES", 0)
    page = album.open(reverse("report:ask"))
    page.get_by_role("button", name="查进度").click()
    album.look(page, "public-429", "填错的次数太多", "10 分钟")
