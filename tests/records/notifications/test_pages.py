"""The pages of notices and delegation, as people meet them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Delegation, User
from records.models import Notification
from records.services.notifications import notify
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import Browser, text

pytestmark = pytest.mark.django_db
LIST, MAKE = reverse("notifications:list"), reverse("notifications:delegations")


@pytest.fixture(autouse=True)
def _accounts_share_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.web.acts.ActPage.now", staticmethod(lambda: NOW))


def made(scene: Scene, giver: User, browser: Browser, **over: Any) -> Any:
    grant = giver.grants(NOW)[0]
    facts = {
        "delegate": str(scene.colleague.person_id), "grants": [str(grant.pk)], "starts_on": "2026-05-11",
        "ends_on": "2026-05-13", "reason": "公休假", **over,
    }  # fmt: skip
    return browser(giver).post(MAKE, facts)


def test_the_list_shows_one_s_own_links_what_one_may_open_and_marks_it_read(scene: Scene, browser: Browser) -> None:
    record = factories.in_review(scene)
    notify(
        to=[scene.reviewer.person, scene.neighbour_clerk.person], kind="case", obj=record, text="请尽快初审", now=NOW
    )
    mine, theirs = (text(browser(user).get(LIST)) for user in (scene.reviewer, scene.neighbour_clerk))
    address = reverse("records:record", args=[record.pk])
    assert address in mine
    assert "请尽快初审" in theirs
    assert address not in theirs, "told, but not let in"
    assert '<span class="count">1</span>' in mine, "the frame counts what is unread"
    own = Notification.objects.get(person_id=scene.reviewer.person_id)
    foreign = Notification.objects.get(person_id=scene.neighbour_clerk.person_id)
    for key in (foreign.pk, "nonsense", ""):
        assert browser(scene.reviewer).post(reverse("notifications:read"), {"notice": key}).status_code == 302
    foreign.refresh_from_db()
    assert foreign.read_at is None
    browser(scene.reviewer).post(reverse("notifications:read"), {"notice": own.pk})
    assert "没有未读的提醒" in text(browser(scene.reviewer).get(LIST))
    assert "请尽快初审" in text(browser(scene.reviewer).get(LIST + "?all=1"))
    browser(scene.neighbour_clerk).post(reverse("notifications:read"), {"notice": "all"})
    assert not Notification.objects.filter(read_at=None).exists()


def test_pages_of_notices_follow_each_other(scene: Scene, browser: Browser) -> None:
    for number in range(35):
        notify(to=[scene.clerk.person], kind="case", obj=None, text=f"第{number:02}条。", now=NOW)
    first = browser(scene.clerk).get(LIST)
    following = first.context["next_cursor"]
    second = browser(scene.clerk).get(LIST, {"cursor": following})
    shown = [row["notice"].text for answer in (first, second) for row in answer.context["rows"]]
    assert len(shown) == len(set(shown)) == 35
    assert browser(scene.clerk).get(LIST, {"cursor": "rubbish"}).status_code in (302, 400)


def test_the_mail_form_keeps_or_refuses_at_its_field(scene: Scene, browser: Browser) -> None:
    address = reverse("notifications:mails")
    wrong = browser(scene.clerk).post(address, {"address": "nobody", "wants_digest": "on"})
    assert wrong.status_code == 422
    assert "这不是一个邮箱地址" in text(wrong)
    assert browser(scene.clerk).post(address, {"address": "a@b.example", "wants_digest": "on"}).status_code == 302
    assert "a@b.example" in text(browser(scene.clerk).get(address))


def test_a_delegation_is_made_confirmed_by_the_head_and_ended(scene: Scene, browser: Browser) -> None:
    assert made(scene, scene.reviewer, browser).status_code == 302
    held = Delegation.objects.get()
    assert "等确认" in text(browser(scene.reviewer).get(MAKE))
    confirm, end = (
        reverse(f"notifications:{name}", args=[held.pk]) for name in ("confirm_delegation", "end_delegation")
    )
    assert browser(scene.reviewer).post(confirm).status_code == 403
    assert browser(scene.neighbour_clerk).get(end).status_code == 404, "nobody else's business"
    assert confirm in text(browser(scene.head).get(MAKE))
    assert browser(scene.head).post(confirm).status_code == 302
    assert scene.colleague.roles(NOW) == {"clerk", "reviewer"}
    assert "生效中" in text(browser(scene.colleague).get(MAKE))
    assert browser(scene.head).post(confirm).status_code == 409
    assert browser(scene.colleague).post(end).status_code == 302
    assert scene.colleague.roles(NOW) == {"clerk"}
    assert browser(scene.colleague).post(end).status_code == 409


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"ends_on": "2026-05-01"}, "结束日期不能早于开始日期"),
        ({"starts_on": "2026-05-01"}, "开始日期不能早于今天"),
        ({"reason": " "}, "请填写"),
        ({"grants": []}, "请至少选一项"),
        ({"delegate": "00000000-0000-0000-0000-000000000000"}, "请从列出的选项中选择"),
    ],
)
def test_a_wrong_delegation_is_refused_at_its_field(
    over: dict[str, Any], sentence: str, scene: Scene, browser: Browser
) -> None:
    answer = made(scene, scene.reviewer, browser, **over)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Delegation.objects.exists()


def test_a_security_administrator_sees_and_confirms_all(scene: Scene, browser: Browser) -> None:
    made(scene, scene.head, browser)
    held = Delegation.objects.get()
    secadmin = accounts.administrators()[0]
    assert browser(secadmin).get(MAKE).status_code == 200
    assert browser(secadmin).post(reverse("notifications:confirm_delegation", args=[held.pk])).status_code == 302
