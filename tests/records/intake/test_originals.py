"""The sealed originals of a reporter's files: asked for with a reason, released by the custodian, read by one asker for a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ledger import acts
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, Missing, NotAllowed
from records.models import Complaint, ComplaintFile, IdentityRequest, IdentityRequestState
from records.models.complaint_thread import folder
from records.services.complaints import handling, screening
from records.services.intake import custody, night
from rules import clock
from tests.accounts import factories as accounts
from tests.records import proofs
from tests.records.factories import NOW, Scene
from tests.records.intake.making import PASSPHRASE, file, handler, jpg, keyed, reread, sent

WHY = "照片的拍摄时间是关键，须核对原件里的时间"


@pytest.fixture
def held(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> tuple[User, User, Complaint, ComplaintFile]:
    """Give keeper, handler, a case he handles and a file whose original is sealed."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    keeper, _key = keyed(scene)
    asker = handler(scene)
    case = reread(sent(scene, uploads=[file("工地照片.jpg", jpg())]).complaint)
    case = screening.accept(actor=scene.approver, complaint=case, version=case.version, now=NOW)
    case = handling.investigate(actor=asker, complaint=case, version=case.version, now=NOW)
    return keeper, asker, case, ComplaintFile.objects.get()


def ask(held: Any, **changed: Any) -> IdentityRequest:
    _keeper, asker, case, paper = held
    return custody.ask(**{"actor": asker, "complaint": case, "file": paper, "reason": WHY, "now": NOW, **changed})


def release(held: Any, request: IdentityRequest, passphrase: str = PASSPHRASE) -> IdentityRequest:
    return custody.release(actor=held[0], request=request, passphrase=passphrase, reason="确有必要", now=NOW)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_pages_lead_from_the_case_to_the_original(held: Any) -> None:
    keeper, asker, case, paper = held
    desk, safe = browser(asker), browser(keeper)
    page = reverse("complaints:complaint", args=[case.pk])
    way = reverse("custody:ask_original", args=[case.pk, paper.pk])
    assert way in desk.get(page).content.decode()
    assert "工地照片.jpg" in desk.get(way).content.decode()
    assert desk.post(way, {"reason": "短"}).status_code == 422
    answer = desk.post(way, {"reason": WHY})
    request = IdentityRequest.objects.get()
    assert answer.url == reverse("custody:request", args=[request.pk])
    assert "原件：等保管人决定" in desk.get(page).content.decode()

    seen = safe.get(answer.url).content.decode()
    assert "附件原件（JPG，2026年5月11日收到）" in seen
    assert "工地照片" not in seen, "a name can tell of the case"
    facts = {"version": request.version, "reason": "确有必要", "passphrase": PASSPHRASE}
    assert safe.post(f"{answer.url}release/", {**facts, "passphrase": "不对的口令也要够长"}).status_code == 422
    assert safe.post(f"{answer.url}release/", facts).status_code == 302
    request.refresh_from_db()

    assert "下载原件" in desk.get(answer.url).content.decode()
    assert "原件：已同意查看" in desk.get(page).content.decode()
    assert desk.get(f"{answer.url}original/").status_code == 200
    got = desk.post(f"{answer.url}original/", {"version": request.version})
    assert got.content == jpg()
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got["Cache-Control"]
    assert got["Content-Type"] == "application/octet-stream"
    assert desk.post(f"{answer.url}view/", {"version": request.version}).status_code == 404, "it is no identity"


def test_each_reading_is_an_entry_and_what_was_released_is_a_key_of_this_file_alone(held: Any) -> None:
    request = release(held, ask(held))
    for _time in range(2):
        assert custody.read_original(actor=held[1], request=request, now=NOW) == jpg()
    kinds = list(Entry.objects.order_by("position").values_list("kind", flat=True))
    assert kinds[-4:] == ["original.ask", "identity.release", "original.read", "original.read"]
    assert jpg() not in bytes(request.released_sealed or b"")


def test_after_its_days_the_original_is_closed_again(held: Any) -> None:
    request = release(held, ask(held))
    later = NOW + timedelta(days=3)
    with proofs.refused(Conflict, "期限"):
        custody.read_original(actor=held[1], request=request, now=later)
    assert night.lapse_requests(now=later) == 1
    request.refresh_from_db()
    assert (request.state, request.released_sealed) == (IdentityRequestState.LAPSED, None)
    with proofs.refused(Conflict, "没有同意查看", logged=False):
        custody.read_original(actor=held[1], request=request, now=later)


def test_nothing_is_read_before_the_release_and_nobody_reads_anothers(held: Any, scene: Scene) -> None:
    request = ask(held)
    with proofs.refused(Conflict, "没有同意查看"):
        custody.read_original(actor=held[1], request=request, now=NOW)
    release(held, request)
    request.refresh_from_db()
    for stranger in (held[0], scene.approver, scene.head, scene.auditor):
        with proofs.refused(Missing, logged=False):
            custody.read_original(actor=stranger, request=request, now=NOW)
        answer = browser(stranger).post(reverse("custody:original", args=[request.pk]), {"version": request.version})
        assert answer.status_code in (403, 404)


def test_the_custodian_refuses_with_a_reason_the_asker_reads(held: Any) -> None:
    request = ask(held)
    refusal = {"version": request.version, "reason": "去掉作者信息的附件已经够用"}
    page = reverse("custody:request", args=[request.pk])
    assert browser(held[0]).post(f"{page}refuse/", refusal).status_code == 302
    assert "已经够用" in browser(held[1]).get(page).content.decode()
    with proofs.refused(Conflict):
        custody.read_original(actor=held[1], request=request, now=NOW)
    assert ask(held).state == IdentityRequestState.ASKED


def test_the_accused_department_never(held: Any, scene: Scene) -> None:
    _keeper, _asker, case, paper = held
    traitor = accounts.user(("handler", scene.lead), ("handler", scene.bureau), name="两头任职")
    for who in (traitor, scene.clerk, scene.head):
        with proofs.refused(Missing, logged=False):
            ask(held, actor=who)
        way = reverse("custody:ask_original", args=[case.pk, paper.pk])
        assert browser(who).post(way, {"reason": WHY}).status_code in (403, 404)
    request = release(held, ask(held))
    accounts.granted(held[1].person, "handler", scene.bureau)
    with proofs.refused(Missing):
        custody.read_original(actor=User.objects.get(pk=held[1].pk), request=request, now=NOW)


def test_only_the_handler_of_the_case_asks_and_once_at_a_time(held: Any, scene: Scene) -> None:
    with proofs.refused(NotAllowed, "只有办理人", logged=False):
        ask(held, actor=scene.approver)
    ask(held)
    with proofs.refused(Conflict, "已经申请过"):
        ask(held)
    with proofs.refused(Conflict, "匿名"):
        ask(held, file=None)


def test_a_file_that_was_clean_has_no_original(held: Any, scene: Scene) -> None:
    _keeper, asker, _case, _paper = held
    other = reread(sent(scene, uploads=[file("说明.csv", "甲,乙\n1,2\n".encode())]).complaint)
    plain = ComplaintFile.objects.get(complaint=other)
    assert plain.original_as is None
    with proofs.refused(Conflict, "没有封存的原件"):
        ask(held, complaint=other, file=plain)
    with proofs.refused(Missing, "没有这个附件"):
        ask(held, file=plain)
    request = ask(held)
    request.file = plain
    with pytest.raises(DatabaseError), acts.act(kind="x", actor=asker, role="handler", now=NOW):
        request.save()


def test_the_passphrase_of_the_day_opens_it_though_the_key_was_changed(held: Any) -> None:
    request = ask(held)
    custody.make_key(actor=held[0], passphrase="后来换过的另一句保管口令", now=NOW + timedelta(days=1))
    with proofs.refused(Invalid, "请填那把密钥的口令", logged=False):
        release(held, request, "后来换过的另一句保管口令")
    release(held, request)
    assert custody.read_original(actor=held[1], request=request, now=NOW) == jpg()


def test_a_lost_original_is_said_and_leaves_no_reading(held: Any) -> None:
    request = release(held, ask(held))
    (folder() / str(held[3].original_as)).unlink()
    with proofs.refused(Missing, "原件不在了", logged=False):
        custody.read_original(actor=held[1], request=request, now=NOW)
