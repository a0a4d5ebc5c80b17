"""The pages of the rules in a real browser: the calendar and its import, the law, a deadline day by day; all accessible."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from ledger.acts import act
from rules import deadlines
from tests.accounts import factories
from tests.browser.test_accounts_pages import Album, album  # noqa: F401  a fixture
from tests.rules import scenes, workshop
from tests.rules.test_import import NOTICE, SOURCE

pytestmark = pytest.mark.timeout(600)
REFUSED = "2027-13-01,休,元旦"


@pytest.fixture
def people(fresh_database: object, chromium: Browser) -> scenes.People:
    workshop.build_table()
    return scenes.tree_of_people()


@pytest.mark.matrix
def test_the_rules_pages_are_accessible_in_every_state(people: scenes.People, album: Album) -> None:  # noqa: F811
    now = timezone.now()
    case = people.case()
    with act(kind="workshop.start", actor=people.clerk, role="clerk", obj=case, now=now):
        facts = {"obj": case, "owner_role": "approver", "owner_department": people.bureau, "now": now}
        held = deadlines.start(rule="push.record_create_days", started_on=date(2026, 4, 29), **facts)
        far = deadlines.start(rule="publicity.ogi_days", started_on=date(2027, 1, 20), **facts)
        half_a_year = deadlines.start(rule="suggestion.reply_max_months", started_on=date(2026, 12, 31), **facts)
        deadlines.start(rule="objection.decide_days", started_on=date(2026, 6, 1), **facts)
        paused = deadlines.suspend(obj=case, rule="objection.decide_days", from_on=date(2026, 6, 3), reason="专家论证")
    user = factories.account(people.approver.person, "sf-chenlixin")
    album.open("/accounts/")
    album.sign_in(user.username)
    for name, address in {
        "calendar-2026": "/staff/rules/calendar/2026/",
        "parameters": "/staff/rules/parameters/",
        "parameter": "/staff/rules/parameters/objection.decide_days/",
        "change-parameter": "/staff/rules/parameters/report.situation_days/change/",
        "policies": "/staff/rules/policies/",
        "codes": "/staff/rules/codes/?list=legal_basis",
        "deadline": f"/staff/rules/deadlines/{held.pk}/",
        "deadline-provisional": f"/staff/rules/deadlines/{far.pk}/",
        "deadline-months": f"/staff/rules/deadlines/{half_a_year.pk}/",
        "deadline-paused": f"/staff/rules/deadlines/{paused.pk}/",
        "import": "/staff/rules/calendar/import/",
    }.items():
        album.open(address)
        assert album.page.locator("h1").count() == 1, address
        album.look(f"rules-{name}")
    album.page.get_by_role("button", name="预览").click()
    album.look("rules-import-empty")
    album.page.get_by_label("依据", exact=True).fill(SOURCE)
    album.page.get_by_label("年份", exact=True).fill("2027")
    album.page.locator("#id_text").fill(REFUSED)
    album.page.get_by_role("button", name="预览").click()
    assert "第 1 行" in album.page.content()
    album.look("rules-import-wrong")
    album.page.locator("#id_text").fill(NOTICE)
    album.page.get_by_role("button", name="预览").click()
    album.look("rules-import-preview")
    album.page.get_by_role("button", name="确认导入").click()
    assert "已导入 2027 年日历" in album.page.content()
    album.look("rules-import-done")
    album.open(f"/staff/rules/deadlines/{far.pk}/")
    assert "因日历重算过" in album.page.content()
    album.look("rules-deadline-moved")
    assert not album.faults, "\n".join(map(str, album.faults))
