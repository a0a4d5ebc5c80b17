"""Call-backs and scenario 62: only the platform's own signature moves a delivery, and each word once."""

from __future__ import annotations

import json
import time
import uuid

import pytest
from django.conf import settings

from exchange import delivery
from exchange.models import Alarm, DeliveryState, IncomingMessage, Receipt
from exchange.transports import signing
from tests.exchange import scenes
from tests.exchange.scenes import NOW

URL = "/api/v1/receipts/"


@pytest.fixture
def sent(unit, puppet):
    """A delivery the platform has taken and not yet cleaned."""
    made = scenes.relayed(unit)
    puppet.answers = ["accepted"]
    delivery.deliver_due(NOW, transport=puppet)
    made.refresh_from_db()
    assert made.state == DeliveryState.SENT
    return made


def _item(sent, verdict="stored", **facts):
    return {"key": str(sent.pk), "verdict": verdict, "number": "R1", "digest": sent.payload_digest, **facts}


def _post(client, body, *, age=0, path=URL, secret=None, **changed):
    content = json.dumps(body).encode()
    digest, moment, nonce = signing.content_digest(content), str(int(time.time()) - age), uuid.uuid4().hex
    lines = ("POST", path, digest, moment, nonce, str(body.get("message_id", "")))
    headers = {
        signing.CLIENT: settings.PLATFORM_CLIENT,
        signing.MOMENT: moment,
        signing.NONCE: nonce,
        signing.CONTENT_DIGEST: digest,
        signing.SIGNATURE: signing.sign(secret or settings.PLATFORM_SECRET, *lines),
        **changed,
    }
    return client.post(URL, content, content_type="application/json", headers=headers)


def _nothing_changed(sent):
    sent.refresh_from_db()
    assert sent.state == DeliveryState.SENT
    assert not IncomingMessage.objects.exists()
    assert Receipt.objects.filter(verdict="stored").count() == 0


def test_scenario_62_a_bad_signature_or_an_old_moment_is_401_and_changes_nothing(client, sent):
    body = {"message_id": "m1", "items": [_item(sent)]}
    assert _post(client, body, secret="somebody else's").status_code == 401
    _nothing_changed(sent)
    old = _post(client, body, age=600)
    assert old.status_code == 401
    assert old["Content-Type"] == "application/problem+json"
    _nothing_changed(sent)
    assert _post(client, body, age=-600).status_code == 401
    _nothing_changed(sent)


@pytest.mark.parametrize(
    "changed",
    [
        {signing.CLIENT: "another"},
        {signing.SIGNATURE: ""},
        {signing.SIGNATURE: "00" * 32},
        {signing.SIGNATURE: "é"},
        {signing.MOMENT: ""},
        {signing.MOMENT: "now"},
        {signing.NONCE: "exchanged"},
    ],
)
def test_every_exchanged_part_breaks_the_signature(client, sent, changed):
    assert _post(client, {"message_id": "m1", "items": [_item(sent)]}, **changed).status_code == 401
    _nothing_changed(sent)


def test_a_signature_for_another_path_is_refused(client, sent):
    answered = _post(client, {"message_id": "m1", "items": [_item(sent)]}, path="/api/v1/reports/")
    assert answered.status_code == 401
    _nothing_changed(sent)


def test_a_stored_result_closes_the_delivery_and_a_repeat_changes_nothing(client, sent):
    body = {"message_id": "m1", "items": [_item(sent, platform_id="P1", warning="迟报（E050）")]}
    first = _post(client, body)
    again = _post(client, body)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json() == {"message_id": "m1", "received": 1, "applied": 1}
    sent.refresh_from_db()
    assert (sent.state, sent.platform_id) == (DeliveryState.STORED, "P1")
    assert Receipt.objects.filter(delivery=sent, verdict="stored").count() == 1


def test_a_rejected_result_names_code_and_field(client, sent):
    _post(client, {"message_id": "m1", "items": [_item(sent, "rejected", code="E060", field="SX_SS", message="敏感")]})
    sent.refresh_from_db()
    assert (sent.state, sent.code, sent.field) == (DeliveryState.REJECTED, "E060", "SX_SS")


def test_the_same_message_id_with_another_body_is_422(client, sent):
    _post(client, {"message_id": "m1", "items": []})
    other = _post(client, {"message_id": "m1", "items": [_item(sent)]})
    assert other.status_code == 422
    sent.refresh_from_db()
    assert sent.state == DeliveryState.SENT


def test_a_word_over_other_bytes_is_not_a_receipt_and_raises_an_alarm(client, sent):
    answered = _post(client, {"message_id": "m1", "items": [_item(sent, digest="0" * 64)]})
    assert answered.json()["applied"] == 0
    sent.refresh_from_db()
    assert sent.state == DeliveryState.SENT
    assert Alarm.objects.filter(delivery=sent, kind=Alarm.Kind.UNTRUSTED, cleared_at=None).count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"message_id": "", "items": []},
        {"message_id": "m\x00", "items": []},
        {"message_id": "m" * 65, "items": []},
        {"message_id": "m"},
        {"message_id": "m", "items": "x"},
        {"message_id": "m", "items": [1]},
        {"message_id": "m", "items": [{"key": "no uuid", "verdict": "stored", "number": "1", "digest": ""}]},
    ],
)
def test_a_signed_body_that_is_no_call_back_is_400(client, sent, body):
    assert _post(client, body).status_code == 400
    assert not IncomingMessage.objects.exists()


def test_unknown_deliveries_and_unknown_verdicts_are_taken_and_change_nothing(client, sent):
    unknown = {**_item(sent), "key": str(uuid.uuid4())}
    odd = _item(sent, "eaten")
    answered = _post(client, {"message_id": "m", "items": [unknown, odd, _item(sent, "rejected", message="a\x00b")]})
    assert answered.json() == {"message_id": "m", "received": 3, "applied": 1}


def test_garbage_and_other_methods_are_answered_as_problems(client, db):
    assert client.post(URL, b"\xff\x00", content_type="application/json").status_code == 401
    wrong = client.get(URL)
    assert (wrong.status_code, wrong["Content-Type"]) == (405, "application/problem+json")
