"""The subject's own view: exactly his own, who looked and why without names, what is public, what he can do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.services import reveals
from records.services.archives import checks, restricted
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.archives import cases
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import Browser, text

MINE = "/staff/archives/mine/"


def test_an_official_sees_his_own_records_and_nobody_elses(scene: Scene, browser: Browser) -> None:
    mine = factories.recognised(scene, content=factories.about_official(scene), severity="general", sanctions=())
    other = factories.officials_of(scene.bureau, "施行远")
    theirs = factories.recognised(
        scene, content=factories.about_official(scene, subject_official=other), severity="general", sanctions=()
    )
    of_unit = factories.disclosed(scene)

    page = text(browser(scene.official_user).get(MINE))

    assert mine.number in page
    assert theirs.number not in page
    assert of_unit.number not in page
    assert "施行远" not in page


def test_head_and_clerks_see_the_units_and_nobody_without_an_archive_sees_any(scene: Scene, browser: Browser) -> None:
    record = factories.disclosed(scene)

    by_clerk = text(browser(scene.clerk).get(MINE))
    assert record.number in by_clerk
    assert reverse("public:document", args=[record.pk]) in by_clerk
    assert "提交失信情况报告" in by_clerk
    assert "申请信用修复" in by_clerk
    by_head = text(browser(scene.head).get(MINE))  # an official himself, so his own comes first
    assert record.number not in by_head
    assert record.number in text(browser(scene.head).get(MINE, {"of": "1"}))
    assert record.number not in text(browser(scene.neighbour_clerk).get(MINE))
    assert "您名下没有档案" in text(browser(scene.auditor).get(MINE))


def test_who_looked_is_told_by_unit_and_purpose_and_never_by_name(scene: Scene, browser: Browser) -> None:
    officer, archive = cases.personnel(scene), cases.archive(scene.official)
    cases.checked(officer, scene.bureau, [cases.person(scene.official)])
    restricted.read(actor=officer, archive=archive, kind="appraisal", purpose="REWARD", reason="评先材料核对", now=NOW)
    reveals.reveal(actor=scene.head, official=scene.official, field="phone", reason="通知领奖", now=NOW)
    stranger = factories.officials_of(scene.bureau, "施行远")
    cases.checked(officer, scene.bureau, [cases.person(stranger)], business_ref="别人的核查")

    page = text(browser(scene.official_user).get(MINE))

    looks = page.split('id="looks"')[1].split("</section>")[0]
    assert looks.count('<tr role="row">') == 1 + 3
    assert looks.count(scene.bureau.name) == 3
    for words in ("信用核查", "评优评先", "年度考核结果", "评先奖励", "手机号码"):
        assert words in looks
    for name in (officer.person.name, scene.head.person.name, "通知领奖", "评先材料核对"):
        assert name not in looks


def test_a_cadre_check_is_told_once_its_decision_is_recorded(scene: Scene, browser: Browser) -> None:
    officer = cases.personnel(scene)
    run = cases.checked(officer, scene.bureau, [cases.person(scene.official)], "CADRE")
    client = browser(scene.official_user)
    assert "干部任用</td>" not in text(client.get(MINE))

    checks.decide(actor=officer, check=run.checks.get(), decision="PROCEEDED", now=NOW + timedelta(days=3))

    assert "干部任用</td>" in text(client.get(MINE))


def test_what_can_be_done_stands_there_with_its_last_day(scene: Scene, browser: Browser) -> None:
    record = factories.delivered(scene)
    page = text(browser(scene.clerk).get(MINE))
    chances = page.split('id="chances"')[1].split("</section>")[0]

    assert "陈述申辩" in chances
    assert "2026年5月18日" in chances
    assert reverse("records:state", args=[record.pk]) in chances


@pytest.mark.parametrize("query", ["of=9", "of=-1", "of=x", "of=%00", "of=１"])
def test_odd_addresses_answer_404(scene: Scene, browser: Browser, query: str) -> None:
    assert browser(scene.clerk).get(f"{MINE}?{query}").status_code == 404


def test_somebody_who_lost_his_role_no_longer_speaks_for_the_unit(scene: Scene, browser: Browser) -> None:
    idle = accounts.user(name="闲云鹤")
    assert "您名下没有档案" in text(browser(idle).get(MINE))
