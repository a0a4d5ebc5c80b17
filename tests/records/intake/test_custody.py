"""The custody of identities: sealed to a passphrase, opened by another person for one asker and a time, never with the case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from ledger import acts
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, Missing, NotAllowed
from records.models import Complaint, ComplaintIdentity, ComplaintState, IdentityRequest, IdentityRequestState
from records.services.intake import custody, forgetting, night
from rules import clock
from tests.records.factories import NOW
from tests.records.intake.making import PASSPHRASE, handler, keyed, sent

WHY = "投诉人说的合同编号对不上，须当面核对原件"
NAME, CONTACT = "陈某某", "marker-4471@example.org"


@pytest.fixture
def held(scene):
    """Give keeper, handler and a request that waits."""
    keeper, _key = keyed(scene)
    asker = handler(scene)
    complaint = sent(scene, name=NAME, contact=CONTACT).complaint
    return keeper, asker, custody.ask(actor=asker, complaint=complaint, reason=WHY, now=NOW)


def release(held, *, actor=None, passphrase=PASSPHRASE, now=NOW):
    return custody.release(actor=actor or held[0], request=held[2], passphrase=passphrase, reason="确有必要", now=now)


def test_an_identity_lies_sealed_and_the_passphrase_alone_opens_it(scene):
    keyed(scene)
    complaint = sent(scene, name=NAME, contact=CONTACT).complaint
    kept = ComplaintIdentity.objects.get(complaint=complaint)

    assert b"marker" not in bytes(kept.sealed)
    assert NAME.encode() not in bytes(kept.sealed)
    with pytest.raises(Invalid):
        custody._opened(kept, "另一句同样长的口令而已")
    assert CONTACT in custody._opened(kept, PASSPHRASE)


def test_the_custodian_sees_no_case_and_decides_for_one_asker(held):
    keeper, asker, asked = held
    assert not Complaint.objects.visible_to(keeper, NOW).exists()
    release(held)

    shown = custody.view(actor=asker, request=asked, now=NOW + timedelta(days=1))
    assert (shown.name, shown.contact) == (NAME, CONTACT)
    with pytest.raises(Missing):
        custody.view(actor=keeper, request=asked, now=NOW)
    kinds = list(Entry.objects.order_by("position").values_list("kind", flat=True))
    assert kinds[-3:] == ["identity.ask", "identity.release", "identity.view"]


def test_what_was_shown_is_taken_back_after_its_days(held):
    _keeper, asker, asked = held
    release(held)
    later = NOW + timedelta(days=3)
    with pytest.raises(Conflict, match="期限"):
        custody.view(actor=asker, request=asked, now=later)
    assert night.lapse_requests(now=later) == 1
    asked.refresh_from_db()
    assert (asked.state, asked.released_sealed) == (IdentityRequestState.LAPSED, None)


def test_nobody_decides_his_own_request_and_no_other_role_decides(held, scene):
    for actor in (held[1], scene.approver, scene.auditor):
        with pytest.raises(NotAllowed):
            release(held, actor=actor)
    assert IdentityRequest.objects.get().state == IdentityRequestState.ASKED
    asked = IdentityRequest.objects.get()
    asked.decided_by_id = asked.asked_by_id
    with pytest.raises(DatabaseError), acts.act(kind="x", actor=held[0], role="custodian", now=NOW):
        asked.save()


def test_a_wrong_passphrase_opens_nothing(held):
    with pytest.raises(Invalid) as refusal:
        release(held, passphrase="不是这一句也够长了吧")
    assert refusal.value.field == "passphrase"
    assert IdentityRequest.objects.get().released_sealed is None


def test_a_request_left_lying_lapses(held):
    later = NOW + timedelta(days=30)
    with pytest.raises(Conflict, match="过期"):
        release(held, now=later)
    assert night.lapse_requests(now=later) == 1


@pytest.mark.parametrize("who", ["clerk", "approver", "auditor"])
def test_only_a_handler_of_the_case_may_ask(scene, who):
    keyed(scene)
    complaint = sent(scene, contact=CONTACT).complaint
    with pytest.raises((Missing, NotAllowed)):
        custody.ask(actor=getattr(scene, who), complaint=complaint, reason=WHY, now=NOW)
    assert not IdentityRequest.objects.exists()


def test_an_anonymous_complaint_has_nothing_to_ask_for(scene):
    keyed(scene)
    complaint = sent(scene).complaint
    with pytest.raises(Conflict, match="匿名"):
        custody.ask(actor=handler(scene), complaint=complaint, reason=WHY, now=NOW)


def test_an_identity_is_erased_some_time_after_the_case(scene):
    keyed(scene)
    complaint = sent(scene, contact=CONTACT).complaint
    with acts.act(kind="x", actor=scene.approver, role="approver", now=NOW):
        complaint.state, complaint.closed_on = ComplaintState.NOT_ACCEPTED, NOW.date()
        complaint.answered_on = NOW.date()
        complaint.save()
    assert forgetting.erase_identities(now=NOW + timedelta(days=100)) == 0
    assert forgetting.erase_identities(now=NOW + timedelta(days=200)) == 1
    kept = ComplaintIdentity.objects.get()
    assert (bytes(kept.sealed), kept.erased_on is not None) == (b"", True)
    kept.sealed, kept.erased_on = b"back", None
    with pytest.raises(DatabaseError), acts.act(kind="x", actor=scene.approver, role="approver", now=NOW):
        kept.save()


def test_the_pages_lead_from_asking_to_seeing(scene, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    keeper, _key = keyed(scene)
    asker = handler(scene)
    complaint = sent(scene, name=NAME, contact=CONTACT).complaint
    desk, safe = Client(), Client()
    desk.force_login(asker)
    safe.force_login(keeper)

    assert desk.post(f"/staff/custody/ask/{complaint.pk}/", {"reason": ""}).status_code == 422
    page = desk.post(f"/staff/custody/ask/{complaint.pk}/", {"reason": WHY})
    asked = IdentityRequest.objects.get()
    assert page.url == f"/staff/custody/{asked.pk}/"
    assert safe.get("/staff/custody/").status_code == 200
    assert safe.get("/staff/custody/key/").status_code == 200
    assert safe.get(page.url).status_code == 200
    facts = {"version": asked.version, "reason": "确有必要", "passphrase": "不对的口令也要够长"}
    assert safe.post(f"{page.url}release/", facts).status_code == 422
    assert safe.post(f"{page.url}release/", facts | {"passphrase": PASSPHRASE}).status_code == 302
    asked.refresh_from_db()
    assert desk.get(page.url).status_code == 200
    seen = desk.post(f"{page.url}view/", {"version": asked.version})
    assert CONTACT in seen.content.decode()
    assert safe.get(f"{page.url}view/").status_code == 403
