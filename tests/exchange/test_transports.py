"""HTTP and file transport against the stand-in and against liars: nothing is taken on trust (T19, T20)."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from exchange import delivery, freezing, reconciling, relay
from exchange.models import Delivery, DeliveryState, Outcome
from exchange.transports import FileTransport, HttpTransport, Message, Unreachable, signing
from ledger import canonical, heads
from tests.exchange import scenes
from tests.exchange.scenes import CLIENT, NOW, SECRET


@pytest.fixture
def message(unit):
    """A proper message, claimed from a relayed report."""
    scenes.relayed(unit, recognised_on="2026-09-24")
    from exchange import claiming

    return claiming.claim(owner="test", now=NOW)


def test_a_signed_message_is_stored_and_its_answer_verified(standin, message):
    answer = standin.transport().send(message)
    assert (answer.outcome, answer.word.digest) == (Outcome.STORED, message.digest)
    assert standin.held() == {str(message.subject_id): (1, "live")}


def test_the_same_key_again_gets_the_same_verdict_and_one_record(standin, message):
    way = standin.transport()
    first, second = way.send(message), way.send(message)
    assert first.word == second.word
    assert len(standin.store.rows("SELECT * FROM messages")) == 1


def test_the_same_version_under_another_key_is_e030_and_counts_as_success(standin, message):
    way = standin.transport()
    way.send(message)
    other = Message(**{**vars(message), "key": uuid4(), "content": message.content.replace(b'"C"', b'"U"')})
    other = Message(**{**vars(other), "digest": freezing.digest(other.content)})
    answer = way.send(other)
    assert (answer.outcome, answer.word.code, answer.word.verdict) == (Outcome.STORED, "E030", "stored")


def test_the_same_key_with_other_bytes_is_refused(standin, message):
    way = standin.transport()
    way.send(message)
    forged = Message(**{**vars(message), "content": message.content.replace(b"2.000000", b"3.000000")})
    assert way.send(forged).outcome == Outcome.UNTRUSTED
    assert len(standin.store.rows("SELECT * FROM messages")) == 1


@pytest.mark.parametrize(("changes", "code"), [({"secret": "wrong"}, "E001"), ({"client": "other"}, "E002")])
def test_the_gate_refuses_wrong_credentials_and_stores_nothing(standin, message, changes, code):
    answer = standin.transport(**changes).send(message)
    assert (answer.outcome, answer.code) == (Outcome.CREDENTIAL, code)
    assert standin.held() == {}


def test_a_replayed_nonce_or_a_stale_moment_is_e003(standin, message, monkeypatch):
    way = standin.transport()
    monkeypatch.setattr("exchange.transports.http.uuid.uuid4", lambda: uuid4_fixed)
    way.send(message)
    assert way.send(message).code == "E003"
    monkeypatch.undo()
    monkeypatch.setattr("exchange.transports.http.clock.now", lambda: NOW)
    assert way.send(message).code == "E003"


uuid4_fixed = uuid4()


def test_the_current_signed_head_goes_along_and_is_witnessed(standin, message):
    head = heads.sign_head(NOW)
    standin.transport().send(message)
    held = standin.store.rows("SELECT text FROM heads")
    assert [signing.base64.b64decode(row["text"]).decode() for row in held] == [head.text]


@pytest.mark.parametrize(
    ("switches", "outcome"),
    [
        ({"mode": "error"}, Outcome.BUSY),
        ({"mode": "busy"}, Outcome.BUSY),
        ({"mode": "reject", "code": "E060", "field": "SX_SS"}, Outcome.REJECTED),
        ({"mode": "lose_answer"}, Outcome.UNREACHABLE),
        ({"mode": "timeout", "seconds": 5}, Outcome.UNREACHABLE),
        ({"mode": "slow_answer", "seconds": 5}, Outcome.UNREACHABLE),
    ],
)
def test_every_switch_does_what_it_says(standin, message, switches, outcome):
    standin.switch(**switches, times=1)
    way = standin.transport(timeout=0.4)
    assert way.send(message).outcome == outcome
    committed = len(standin.store.rows("SELECT * FROM messages"))
    assert committed == (1 if switches["mode"] in ("reject", "lose_answer", "slow_answer") else 0)
    again = way.send(message)
    assert again.outcome == (Outcome.REJECTED if switches["mode"] == "reject" else Outcome.STORED)


def test_the_busy_answer_names_a_wait(standin, message):
    standin.switch(mode="busy", times=1)
    assert standin.transport().send(message).retry_after.total_seconds() == 1


def test_nobody_at_the_address_is_unreachable(message):
    way = HttpTransport(url="http://127.0.0.1:9", client=CLIENT, secret=SECRET, timeout=0.5)
    assert way.send(message).outcome == Outcome.UNREACHABLE
    with pytest.raises(Unreachable):
        way.holdings()


def test_proxies_of_the_environment_are_ignored(standin, message, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert standin.transport().send(message).outcome == Outcome.STORED


@contextmanager
def liar(status, body, *, sign_with=None, headers=None, certificate=None, drip=0.0):
    """A platform that answers what it is told to, signed with a key or not at all."""

    class Face(BaseHTTPRequestHandler):
        def do_GET(self):
            self.do_POST()

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            if sign_with:
                lines = ("answer", self.headers[signing.NONCE], str(status), signing.content_digest(content))
                self.send_header(signing.SIGNATURE, signing.sign(sign_with, *lines))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                for byte in [content] if not drip else [content[place : place + 1] for place in range(len(content))]:
                    self.wfile.write(byte)
                    time.sleep(drip)

        def log_message(self, *_args):
            pass

    server, scheme = HTTPServer(("127.0.0.1", 0), Face), "http"
    if certificate:
        context, scheme = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), "https"
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield HttpTransport(url=f"{scheme}://127.0.0.1:{server.server_port}", client=CLIENT, secret=SECRET, timeout=2)
    server.shutdown()
    server.server_close()


def _item(message, **changes):
    return {"item": {"key": str(message.key), "verdict": "stored", "number": "R", "digest": message.digest, **changes}}


@pytest.mark.parametrize(
    ("status", "change", "secret", "outcome"),
    [
        (200, {}, SECRET, Outcome.STORED),
        (200, {}, None, Outcome.UNTRUSTED),
        (200, {}, "another", Outcome.UNTRUSTED),
        (200, {"digest": "0" * 64}, SECRET, Outcome.UNTRUSTED),
        (200, {"key": str(uuid4())}, SECRET, Outcome.UNTRUSTED),
        (200, {"verdict": "eaten"}, SECRET, Outcome.UNTRUSTED),
        (200, {"code": "E090"}, SECRET, Outcome.BUSY),
        (302, {}, None, Outcome.UNTRUSTED),
        (404, {}, None, Outcome.UNTRUSTED),
        (403, {}, None, Outcome.CREDENTIAL),
        (429, {}, None, Outcome.BUSY),
        (500, {}, None, Outcome.BUSY),
        (503, {}, None, Outcome.BUSY),
    ],
)
def test_only_a_signed_word_over_our_own_bytes_counts(message, status, change, secret, outcome):
    with liar(status, _item(message, **change), sign_with=secret) as way:
        assert way.send(message).outcome == outcome


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"{", b'{"item": 1}', b'{"item": {}}'])
def test_a_signed_answer_that_is_no_answer_is_not_trusted(message, body):
    with liar(200, body, sign_with=SECRET) as way:
        assert way.send(message).outcome == Outcome.UNTRUSTED


@pytest.mark.parametrize(("given", "seconds"), [("120", 120), ("999999", 3600), ("soon", None), ("-5", None)])
def test_retry_after_is_read_with_a_cap(message, given, seconds):
    with liar(429, {}, headers={"Retry-After": given}) as way:
        wait = way.send(message).retry_after
    assert (wait.total_seconds() if wait else None) == seconds


def test_cleaning_later_is_told_by_polling(unit, standin):
    standin.switch(cleaning=1)
    sent = scenes.relayed(unit)
    delivery.deliver_due(NOW, transport=standin.transport())
    sent.refresh_from_db()
    assert sent.state == DeliveryState.SENT
    standin.switch(cleaning=0)
    from exchange import receipts

    for _turn in range(60):
        if receipts.poll(NOW, transport=standin.transport()):
            break
        threading.Event().wait(0.1)
    sent.refresh_from_db()
    assert sent.state == DeliveryState.STORED
    assert standin.held() == {str(sent.subject_id): (1, "live")}


def test_reconciliation_against_the_stand_in_names_every_kind_of_difference(unit, standin, puppet):
    same, lost, changed = (scenes.relayed(unit) for _n in range(3))
    delivery.deliver_due(NOW, transport=standin.transport())
    assert reconciling.reconcile(now=NOW, transport=standin.transport()).differences == []
    ghost = uuid4()
    with standin.store.writing() as connection:
        connection.execute("DELETE FROM records WHERE subject = ?", (str(lost.subject_id),))
        connection.execute(
            "INSERT INTO records SELECT ?, version, state, content, platform_id, changed_at FROM records WHERE subject = ?",
            (str(ghost), str(same.subject_id)),
        )
    scenes.relayed(unit, subject=changed.subject_id, version=2, op="U")

    report = reconciling.reconcile(now=NOW, transport=standin.transport())

    found = {line["id"]: line["kind"] for line in report.differences}
    assert found == {
        str(lost.subject_id): "missing_there",
        str(ghost): "unknown_here",
        str(changed.subject_id): "version",
    }
    assert Delivery.objects.filter(state=DeliveryState.QUEUED).count() == 1  # it changes nothing


def test_the_file_transport_leaves_message_and_signed_manifest_once(unit, tmp_path):
    way = FileTransport(folder=str(tmp_path), secret=SECRET)
    sent = scenes.relayed(unit)
    delivery.deliver_due(NOW, transport=way)
    sent.refresh_from_db()
    assert sent.state == DeliveryState.SENT
    manifest = json.loads((tmp_path / "out" / f"{sent.pk}.manifest").read_bytes())
    signature = manifest.pop("signature")
    assert signing.is_right(SECRET, signature, "file", canonical.encode(manifest).decode())
    content = (tmp_path / "out" / f"{sent.pk}.json").read_bytes()
    assert freezing.digest(content) == manifest["digest"] == sent.payload_digest
    assert not list(Path(tmp_path / "out").glob("*.part"))


def _leave(folder, name, items, secret=SECRET):
    (folder / "in").mkdir(exist_ok=True)
    signature = signing.sign(secret, "file", name, canonical.encode(items).decode())
    (folder / "in" / name).write_text(json.dumps({"items": items, "signature": signature}))


def test_the_file_transport_reads_signed_results_and_refuses_others(unit, tmp_path):
    from exchange import receipts

    way = FileTransport(folder=str(tmp_path), secret=SECRET)
    sent = scenes.relayed(unit)
    delivery.deliver_due(NOW, transport=way)
    sent.refresh_from_db()
    item = {"key": str(sent.pk), "verdict": "stored", "number": "R1", "digest": sent.payload_digest}
    _leave(tmp_path, "results-1.json", [item], secret="another")
    assert receipts.poll(NOW, transport=way) == 0
    _leave(tmp_path, "results-1.json", [item])
    assert receipts.poll(NOW, transport=way) == 1
    _leave(tmp_path, "holdings-1.json", [{"id": str(sent.subject_id), "version": 1, "live": True}])
    assert reconciling.reconcile(now=NOW, transport=way).differences == []


def test_a_file_drop_that_is_not_there_is_unreachable(message, tmp_path):
    (tmp_path / "out").write_text("a file where the folder should be")
    assert FileTransport(folder=str(tmp_path), secret=SECRET).send(message).outcome == Outcome.UNREACHABLE


def test_the_relay_command_works_without_redis(unit, standin, settings, capsys):
    from django.core.management import call_command

    settings.PLATFORM_URL, settings.PLATFORM_CLIENT, settings.PLATFORM_SECRET = standin.url, CLIENT, SECRET
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9"
    made = scenes.report(unit)
    call_command("relay", "--once")
    assert Delivery.objects.get(report=made).state == DeliveryState.STORED
    assert "relayed 1, sent 1" in capsys.readouterr().out
    assert relay.relay(NOW) == 0


def test_a_certificate_nobody_vouches_for_is_no_platform(message, tmp_path):
    with liar(200, _item(message), sign_with=SECRET, certificate=_self_signed(tmp_path)) as way:
        assert way.send(message).outcome == Outcome.UNREACHABLE


def _self_signed(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    day = timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(datetime.now(UTC) - day).not_valid_after(datetime.now(UTC) + day)
    path = folder / "platform.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


def test_an_answer_that_drips_or_never_ends_is_given_up(message):
    with liar(200, b"x" * 5_000_000, sign_with=SECRET) as way:
        assert way.send(message).outcome == Outcome.UNREACHABLE
    with liar(200, b"x" * 40, sign_with=SECRET, drip=0.1) as way:
        began = time.monotonic()
        assert way.send(message).outcome == Outcome.UNREACHABLE
        assert time.monotonic() - began < 4


def test_an_answer_with_nul_characters_is_written_without_them(unit):
    sent = scenes.relayed(unit)
    with liar(503, {"code": "E0\x0090", "message": "忙\x00"}) as way:
        delivery.deliver_due(NOW, transport=way, limit=1)
    sent.refresh_from_db()
    assert (sent.state, sent.code, sent.message) == (DeliveryState.RETRY_WAIT, "E090", "忙")


@pytest.mark.parametrize("body", [{}, {"items": 1, "next": ""}, {"items": [{}], "next": "x", "more": True}])
def test_signed_lists_that_are_no_lists_are_unreachable(unit, body):
    with liar(200, body, sign_with=SECRET) as way:
        with pytest.raises(Unreachable):
            way.holdings()
        with pytest.raises(Unreachable):
            way.words_after("")


def test_a_list_of_holdings_that_runs_in_a_circle_is_given_up(unit):
    with liar(200, {"items": [], "next": "", "more": True}, sign_with=SECRET) as way, pytest.raises(Unreachable):
        way.holdings()
