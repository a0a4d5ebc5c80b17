"""The pages of complaints: acts in the browser, wrong input at its field, stale forms, forms sent twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from records.models import Complaint, ComplaintState, MediaClue, ReportChannel, SocialSupervisor
from rules.models import Proposal
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.commitments import promising
from tests.records.complaints import cases
from tests.records.complaints.cases import Cast

S = ComplaintState
NASTY = "\u202e<script>alert(1)</script>\x00'; DROP TABLE--" + "长" * 30


def browser(user: User) -> Client:
    """Return a browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: Any) -> str:
    """Return an address of this room."""
    return reverse(f"complaints:{name}", args=args)


def post(user: User, held: Complaint, name: str, **typed: Any) -> Any:
    """Send an act's form as the page gave it."""
    return browser(user).post(at(name, held.pk), {"version": held.version, **typed})


def test_a_complaint_goes_its_whole_way_in_the_browser(cast: Cast) -> None:
    scene, held = cast.scene, cases.received(cast)

    def step(user: User, name: str, **typed: Any) -> None:
        nonlocal held
        assert browser(user).get(at(name, held.pk)).status_code == 200, name
        assert post(user, held, name, **typed).status_code == 302, name
        held = cases.fresh(held)

    step(scene.approver, "screen")
    step(scene.approver, "accept", kind="general")
    step(scene.approver, "assign", handler=str(cast.handler.person_id))
    step(cast.handler, "investigate")
    step(cast.handler, "findings", text=cases.FOUND)
    step(cast.handler, "attach", file=factories.upload("凭证.pdf"))
    step(cast.handler, "verify_true", reason="证据相互印证")
    proposal = Proposal.objects.get(object_id=str(held.pk))
    sign = at("proposal", held.pk, proposal.pk)
    assert cases.FOUND in browser(cast.reviewer).get(sign).content.decode()
    assert browser(cast.reviewer).post(sign, {"act": "sign"}).status_code == 302
    held = cases.fresh(held)
    step(scene.supervisor, "order", requirements="付清工程款\n书面说明原因", limit_days="15")
    assert held.state == S.RECTIFYING
    page = browser(scene.approver).get(at("complaint", held.pk)).content.decode()
    assert cases.SAID in page
    assert "已责令" in page


def test_a_stale_form_is_409_and_an_empty_one_422(cast: Cast) -> None:
    held = cases.screened(cast)
    stale = browser(cast.scene.approver).post(at("accept", held.pk), {"version": held.version - 1, "kind": "general"})
    assert stale.status_code == 409
    for name in ("accept", "transfer", "not_accept", "merge"):
        answer = browser(cast.scene.approver).post(at(name, held.pk), {"version": held.version})
        assert answer.status_code == 422, name
        assert "field-wrong" in answer.content.decode() or "error-summary" in answer.content.decode(), name
    assert cases.fresh(held).version == held.version


def test_a_complaint_is_not_handed_to_the_accused(cast: Cast) -> None:
    held = cases.screened(cast)
    answer = post(cast.scene.approver, held, "transfer", to="other", unit=cast.scene.bureau.name, kind="general")
    assert answer.status_code == 422
    assert "不能转给被投诉单位" in answer.content.decode()


@pytest.mark.parametrize("name", ["not_accept", "order", "findings", "answer", "withdraw", "write", "extend"])
def test_nonsense_is_refused_at_its_field_and_never_breaks_a_page(cast: Cast, name: str) -> None:
    builder, user = {
        "not_accept": (cases.screened, cast.scene.approver),
        "order": (cases.verified, cast.scene.supervisor),
        "findings": (cases.investigating, cast.handler),
        "answer": (cases.BUILDERS[S.VERIFIED_FALSE], cast.handler),
        "withdraw": (cases.accepted, cast.scene.approver),
        "write": (cases.accepted, cast.handler),
        "extend": (cases.accepted, cast.head),
    }[name]
    held = builder(cast)
    typed = dict.fromkeys(("reason", "where_to", "requirements", "text", "limit_days"), NASTY)
    answer = post(user, held, name, **typed)
    assert answer.status_code == 422, answer.status_code
    assert "<script>alert" not in answer.content.decode()


def test_staff_take_a_call_down_once_however_often_the_form_is_sent(cast: Cast) -> None:
    client = browser(cast.handler)
    form = client.get(at("new")).content.decode()
    nonce = re.search(r'name="nonce"[^>]*value="([0-9a-f]+)"', form)
    assert nonce is not None
    typed = {
        "nonce": nonce.group(1), "channel": "PHONE", "received_on": "2026-05-11", "unit": cast.scene.bureau.name,
        "kind": "general", "content": cases.SAID,
    }  # fmt: skip
    first, second = client.post(at("new"), typed), client.post(at("new"), typed)
    assert first.status_code == second.status_code == 200
    assert "只显示这一次" in first.content.decode()
    assert Complaint.objects.count() == 1
    own = browser(cast.accused_handler).post(at("new"), {**typed, "nonce": "ab" * 16})
    assert own.status_code == 403
    assert "任职" in own.content.decode()


def test_channels_are_kept_and_shown_to_everybody(cast: Cast) -> None:
    client = browser(cast.scene.approver)
    key = re.search(r'name="key"[^>]*value="([0-9a-f-]{36})"', client.get(at("channel_new")).content.decode())
    assert key is not None
    typed = {
        "key": key.group(1), "unit": cast.scene.lead.name, "code": "MAILBOX_PHYSICAL", "name": "诚信举报箱",
        "contact": "人民路2号大门左侧", "hours": "每周一开箱", "is_active": "on",
    }  # fmt: skip
    assert [client.post(at("channel_new"), typed).status_code for _again in range(2)] == [302, 302]
    held = ReportChannel.objects.get()
    public = Client().get(reverse("report:channels"))
    assert "人民路2号大门左侧" in public.content.decode()
    assert not public.cookies
    change = {**typed, "version": held.version}
    del change["is_active"]
    assert client.post(at("channel", held.pk), change).status_code == 302
    assert "人民路2号大门左侧" not in Client().get(reverse("report:channels")).content.decode()
    assert client.post(at("channel", held.pk), change).status_code == 409


def test_the_corps_is_appointed_and_a_running_supervisor_files(cast: Cast) -> None:
    chief = browser(accounts.user(("personnel", cast.scene.city), name="许望舒"))
    key = re.search(r'name="key"[^>]*value="([0-9a-f-]{36})"', chief.get(at("appoint")).content.decode())
    assert key is not None
    typed = {
        "key": key.group(1), "account": cast.monitor.username, "unit": cast.scene.city.name, "field": "安全生产",
        "number": "安社监〔2026〕1号", "term_from": "2026-01-01", "term_until": "2099-12-31",
    }  # fmt: skip
    assert chief.post(at("appoint"), typed).status_code == 422, "a term of decades is no term"
    assert chief.post(at("appoint"), {**typed, "term_until": "2030-12-31"}).status_code == 302
    assert SocialSupervisor.objects.count() == 1
    assert "安全生产" in browser(cast.monitor).get(at("clues")).content.decode()
    clue = {"nonce": "cd" * 16, "unit": cast.scene.bureau.name, "kind": "general", "content": cases.SAID}
    assert browser(cast.monitor).post(at("clue"), clue).status_code == 200
    assert Complaint.objects.get().channel == "SUPERVISOR"
    assert browser(cast.scene.clerk).get(at("clues")).status_code == 403


def test_a_media_clue_becomes_a_complaint(cast: Cast) -> None:
    client = browser(cast.scene.approver)
    key = re.search(r'name="key"[^>]*value="([0-9a-f-]{36})"', client.get(at("media_new")).content.decode())
    assert key is not None
    typed = {
        "key": key.group(1), "unit": cast.scene.bureau.name, "outlet": "安平日报", "title": "工程款为何拖欠",
        "published_on": "2026-05-10", "link": "javascript:alert(1)",
    }  # fmt: skip
    assert client.post(at("media_new"), typed).status_code == 422
    assert client.post(at("media_new"), {**typed, "link": "https://example.cn/1"}).status_code == 302
    clue = MediaClue.objects.get()
    checked = {"version": clue.version, "is_true": "yes", "note": "已向记者和当事企业核实"}
    assert client.post(at("media_check", clue.pk), checked).status_code == 302
    assert client.post(at("media_join", clue.pk), {"version": clue.version + 1, "complaint": "new"}).status_code == 302
    clue.refresh_from_db()
    assert clue.complaint is not None
    assert clue.complaint.channel == "MEDIA"
    assert "安平日报" in client.get(at("complaint", clue.complaint_id)).content.decode()


def test_the_statistics_show_what_was_never_answered(cast: Cast) -> None:
    cases.received(cast, received_on=None)
    page = browser(cast.scene.supervisor).get(at("statistics"), {"year": "2026"}).content.decode()
    assert "没有答复的最多：1 件" in page
    assert browser(cast.scene.supervisor).get(at("statistics"), {"year": "x' OR 1"}).status_code == 200


def test_the_list_asks_the_database_as_often_for_nine_as_for_three(cast: Cast) -> None:
    client, asked = browser(cast.scene.approver), []
    for _round in range(2):
        for _each in range(3 if not asked else 6):
            cases.received(cast)
        client.get(at("list"))
        with CaptureQueriesContext(connection) as context:
            assert client.get(at("list")).status_code == 200
        asked.append(len(context))
    assert asked[0] == asked[1]


def test_the_screener_names_the_promise_and_the_key_areas(cast: Cast) -> None:
    made, held = promising.active(cast.scene), cases.screened(cast)
    desk = Client()
    desk.force_login(cast.scene.approver)
    page = f"/staff/complaints/{held.pk}/relate/"
    facts = {"version": held.version, "commitment": "没有这个编号", "key_areas": ["PROCUREMENT", "BIDDING"]}

    wrong = desk.post(page, facts)
    assert wrong.status_code == 422
    assert "没有编号为“没有这个编号”的承诺" in wrong.content.decode()
    assert cases.fresh(held).key_areas == []
    assert desk.post(page, facts | {"commitment": made.number}).status_code == 302
    kept = cases.fresh(held)
    assert (kept.about_id, kept.key_areas) == (str(made.pk), ["PROCUREMENT", "BIDDING"])
    shown = desk.get(f"/staff/complaints/{held.pk}/").content.decode()
    assert made.number in shown
    assert "政府采购" in shown

    assert desk.post(page, {"version": kept.version, "commitment": "", "key_areas": ["PROCUREMENT"]}).status_code == 302
    again = cases.fresh(held)
    assert (again.about_type, again.about_id, again.key_areas) == ("", "", ["PROCUREMENT"])
