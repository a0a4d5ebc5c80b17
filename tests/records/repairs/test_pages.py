"""The pages of credit repair over HTTP: who sees what, what is refused where, and nothing that breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.services import recusing
from records.models import CreditRepair, RepairState
from rules import clock
from tests.records import factories
from tests.records.factories import Scene
from tests.records.repairs import cases
from tests.records.repairs.cases import THEN

S = RepairState


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages' clock show the day of the cases."""
    monkeypatch.setattr(clock, "now", lambda: THEN)


def desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, case: Any) -> str:
    return reverse(f"repairs:{name}", args=[case.pk])


@pytest.mark.parametrize("state", RepairState.values)
def test_every_state_has_its_page_for_both_sides(scene: Scene, state: str) -> None:
    repair = cases.BUILDERS[state](scene)

    for user in (scene.head, scene.appeals, scene.second):
        page = desk(user).get(address("repair", repair))
        wanted = 404 if state == S.DRAFT and user is not scene.head else 200
        assert page.status_code == wanted, user
        if wanted == 200:
            assert repair.number in page.content.decode()


def test_strangers_find_neither_case_nor_files(scene: Scene) -> None:
    repair = cases.submitted(scene)
    for user in (scene.neighbour_clerk, scene.supervisor, scene.auditor, scene.official_user, scene.reviewer):
        assert desk(user).get(address("repair", repair)).status_code in (403, 404)
    listed = desk(scene.neighbour_clerk).get(reverse("repairs:list")).content.decode()
    assert repair.number not in listed


def test_the_page_before_says_the_day_and_the_form_opens_one_draft(scene: Scene, monkeypatch: Any) -> None:
    found = cases.record(scene)
    monkeypatch.setattr(clock, "now", lambda: cases.day_before(THEN))
    page = desk(scene.head).get(address("before", found)).content.decode()
    assert "未满最短公示期（2026年8月11日）" in page
    assert "最早2026年8月11日可以申请" in page

    client, key = desk(scene.head), uuid4()
    form = {"grounds": "已付清", "measures": ["PROMISE"], "agent_name": "", "key": key}
    one, two = (client.post(address("apply", found), form) for _again in range(2))

    assert one.status_code == two.status_code == 302
    assert CreditRepair.objects.get().pk == key


def test_the_whole_way_by_its_pages(scene: Scene) -> None:
    found = cases.record(scene)
    head, officer, decider = desk(scene.head), desk(scene.appeals), desk(scene.second)
    head.post(address("apply", found), {"grounds": "已付清", "key": uuid4()})
    repair = CreditRepair.objects.get()

    def act(client: Client, name: str, **form: Any) -> int:
        repair.refresh_from_db()
        return client.post(address(name, repair), {"version": repair.version, **form}).status_code

    assert act(head, "submit", pledge="on") == 409  # the proof is missing
    assert act(head, "give", code="DUTY_PROOF", file=factories.upload("回单.pdf")) == 302
    assert act(head, "submit") == 422
    assert act(head, "submit", pledge="on") == 302
    assert act(officer, "ask_supplement", lack_DUTY_PROOF="on", note_DUTY_PROOF="看不清") == 302
    assert "看不清" in head.get(address("repair", repair)).content.decode()
    assert act(head, "supply") == 409
    assert act(head, "give", code="DUTY_PROOF", file=factories.upload("回单2.pdf")) == 302
    assert act(head, "supply") == 302
    assert act(officer, "accept") == 302
    assert act(officer, "draft_decision", findings="属实", proposed="approve") == 302
    assert act(officer, "approve", number="安信修〔2026〕7号", reason="准") == 403
    assert act(decider, "approve", number="安信修〔2026〕7号", reason="准") == 302
    assert act(decider, "revoke", revoked_ground="FALSE_PROMISE", reason="承诺虚假") == 302
    repair.refresh_from_db()
    proposal = desk(scene.approver).get(address("repair", repair)).content.decode()
    assert "等签署的提议" in proposal
    from rules.models import Proposal

    waiting = Proposal.objects.get(object_id=str(repair.pk), state="open")
    sign = reverse("repairs:proposal", args=[repair.pk, waiting.pk])
    assert desk(scene.approver).get(sign).status_code == 200
    assert desk(scene.approver).post(sign, {"act": "sign"}).status_code == 302
    repair.refresh_from_db()
    assert repair.state == S.REVOKED
    assert "再次公示" in head.get(address("repair", repair)).content.decode()


def test_a_stale_form_is_refused_and_writes_nothing(scene: Scene) -> None:
    repair = cases.submitted(scene)
    page = desk(scene.appeals).post(address("accept", repair), {"version": repair.version - 1})
    assert page.status_code == 409
    assert cases.fresh(repair).state == S.SUBMITTED


NONSENSE = ("\x00", "\u202e", "a" * 30_000, "<script>", "🏮" * 10, "-1", "９９９", "' OR 1=1")


@pytest.mark.parametrize("junk", NONSENSE)
def test_nonsense_is_answered_at_its_field(scene: Scene, junk: str) -> None:
    repair, found = cases.drafted(scene), cases.record(scene)
    posts = (
        (scene.head, address("apply", found), {"grounds": junk, "measures": [junk], "agent_name": junk, "key": junk}),
        (scene.second, address("approve", repair), {"version": junk, "number": junk, "reason": junk}),
        (scene.second, address("refuse", repair), {"version": junk, "number": junk, "reapply_from": junk}),
        (scene.second, address("revoke", repair), {"version": junk, "revoked_ground": junk, "reason": junk}),
        (scene.appeals, address("extend", repair), {"version": junk, "reason": junk}),
        (scene.head, address("give", cases.draft(scene, found=found)), {"code": junk}),
    )
    for user, place, form in posts:
        assert desk(user).post(place, form).status_code in (409, 422), (place, junk)


def test_the_court_page_closes_a_mirrored_record(scene: Scene) -> None:
    found = factories.disclosed(
        scene, severity="serious", source_type="JUDGMENT_DEFAULTER", basis_codes=("SPC13",),
        document_number="（2026）粤4499执118号", issuer_name="安平市人民法院",
    )  # fmt: skip
    clerk = desk(scene.clerk)
    page = clerk.get(address("before", found)).content.decode()
    assert "请向安平市人民法院申请删除" in page
    assert "登记法院移出名单" in page

    form = {"version": found.version, "court": "安平市人民法院", "number": "执118号之一", "delisted_on": "2026-08-07"}
    assert clerk.post(address("delist", found), form).status_code == 302
    assert factories.fresh(found).state == "expired"


def test_whoever_is_tied_to_the_unit_recorded_passes_on_no_word_of_the_court(scene: Scene) -> None:
    content = factories.filing(
        scene, subject_department=scene.neighbour, source_type="JUDGMENT_DEFAULTER", basis_codes=("SPC13",),
        document_number="（2026）粤4499执119号", issuer_name="安平市人民法院",
    )  # fmt: skip
    found = factories.disclosed(replace(scene, head=scene.clerk), severity="serious", content=content)
    clerk, page = desk(scene.clerk), address("before", found)
    assert "登记法院移出名单" in clerk.get(page).content.decode()
    recusing.declare(actor=scene.clerk, relation="spouse", department=scene.neighbour, now=cases.THEN)

    assert "登记法院移出名单" not in clerk.get(page).content.decode()
    answer = clerk.get(address("delist", found))
    assert answer.status_code == 403
    assert "已申报回避（夫妻）" in answer.content.decode()
    form = {"version": found.version, "court": "安平市人民法院", "number": "执119号之一", "delisted_on": "2026-08-07"}
    assert clerk.post(address("delist", found), form).status_code == 403
    assert factories.fresh(found).state == "disclosed"


def test_the_inbox_asks_the_right_people_and_shows_what_is_late(scene: Scene, monkeypatch: Any) -> None:
    repair = cases.submitted(scene)
    assert repair.number in desk(scene.appeals).get("/staff/").content.decode()
    assert repair.number not in desk(scene.second).get("/staff/").content.decode()

    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 8, 20, 2, 0, tzinfo=UTC))
    page = desk(scene.appeals).get("/staff/").content.decode()
    assert "逾期" in page[page.index(repair.number) - 900 :]


def test_paper_by_its_pages(scene: Scene) -> None:
    found = cases.record(scene)
    officer = desk(scene.appeals)
    assert officer.post(address("paper", found), {"grounds": "已付清", "key": uuid4()}).status_code == 302
    repair = CreditRepair.objects.get()
    assert officer.post(address("give", repair), {"code": "DUTY_PROOF", "on_paper": "on"}).status_code == 302
    assert officer.post(address("give", repair), {"code": "DUTY_PROOF"}).status_code == 422
    repair.refresh_from_db()
    form = {"version": repair.version, "pledge": "程立业", "received_on": "2026-08-10"}
    assert officer.post(address("submit", repair), form).status_code == 302
    assert desk(scene.head).get(address("repair", repair)).status_code == 200
