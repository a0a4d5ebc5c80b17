"""The stand-in platform: every code of domain 3.5 by its own checks, its pages, its switches, its call-backs."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import date, datetime, timedelta
from email.message import Message
from pathlib import Path
from uuid import uuid4

import pytest

from exchange import delivery, freezing
from exchange.models import DeliveryState
from exchange.standin import checks, intake, switches
from exchange.standin.gate import Gate
from exchange.standin.store import Store
from tests.exchange import scenes
from tests.exchange.scenes import NOW

TODAY = date.today()


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "alone.sqlite3")


def row(**changes):
    """Give a proper SX_ row; None takes a field away."""
    decided = (TODAY - timedelta(days=1)).isoformat()
    given = {
        "SX_ID": str(uuid4()),
        "SX_VER": "1",
        "SX_CZLX": "C",
        "SX_ZT_MC": "市交通运输局",
        "SX_ZT_DM": "11441400MB2C12348W",
        "SX_ZT_LB": "1",
        "SX_LYLX": "CONTRACT_DEFAULT",
        "SX_WSMC": "决定",
        "SX_WSH": "梅信〔2026〕1号",
        "SX_SS": "未在承诺期限内支付工程尾款。",
        "SX_YJ": "依据",
        "SX_DJ": "2",
        "SX_SSJE": "2.000000",
        "SX_SHYX": "1",
        "SX_RDRQ": decided,
        "SX_RDJG": "市发展和改革局",
        "SX_RDJGDM": "11441400MB3E56782C",
        "SX_GKBS": "1",
        "SX_GSKSRQ": decided,
        "SX_GSJZQ": "2099-01-01",
        "SX_ZGZT": "1",
        "SX_YYBZ": "0",
        "SX_SJLY": "市交通运输局",
        "SX_SJLYDM": "11441400MB2C12348W",
        "SX_ZRR": "信用科",
        "SX_XZQH": "441400",
        "SX_SJC": "2026-10-09 10:00:00",
        "SX_PC": "B",
    }
    return {name: value for name, value in {**given, **changes}.items() if value is not None}


def take(store, key=None, **changes):
    """Take in a row and give verdict and code."""
    content = json.dumps(row(**changes)).encode()
    _status, body = intake.take_in(store, key=key or str(uuid4()), content=content, switches=switches.read(store))
    return body["item"]["verdict"], body["item"]["code"]


PERSON = {"SX_ZT_LB": "0", "SX_RY_XM": "林小禾", "SX_RY_ZJLX": "居民身份证", "SX_RY_ZW": "科长"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SX_WSH": None}, "E010"),
        ({"SX_GSJZQ": None}, "E010"),
        (PERSON, "E010"),
        ({"SX_YJ": "据" * 513}, "E011"),
        ({"SX_RDRQ": "2026-02-30"}, "E012"),
        ({"SX_LYLX": "GOSSIP"}, "E013"),
        ({"SX_SSJE": "2"}, "E013"),
        ({"SX_ZT_DM": "11441400MB2C12348A"}, "E020"),
        ({**PERSON, "SX_RY_ZJHM": "441403198506150024"}, "E022"),
        ({"SX_RDRQ": (TODAY + timedelta(days=1)).isoformat()}, "E041"),
        ({"SX_GSJZQ": "2020-01-01"}, "E042"),
        ({"SX_SS": "联系电话13800000000，未支付尾款。"}, "E060"),
        ({"SX_CZLX": "U"}, "E032"),
    ],
)
def test_each_fault_gets_its_code_and_is_not_held(store, changes, code):
    assert take(store, **changes) == ("rejected", code)
    assert store.rows("SELECT * FROM records") == []


def test_order_of_versions(store):
    key = str(uuid4())
    assert take(store, SX_ID=key) == ("stored", "")
    assert take(store, SX_ID=key, SX_CZLX="U") == ("stored", "E030")
    assert take(store, SX_ID=key, SX_CZLX="U", SX_VER="3") == ("stored", "")
    assert take(store, SX_ID=key, SX_CZLX="U", SX_VER="2") == ("rejected", "E031")
    assert take(store, SX_ID=key, SX_CZLX="W", SX_VER="4", SX_CXYY="撤销") == ("stored", "")
    assert take(store, SX_ID=key, SX_CZLX="W", SX_VER="5", SX_CXYY="撤销") == ("rejected", "E033")
    held = store.row("SELECT version, state, content FROM records")
    assert held == {"version": 4, "state": "withdrawn", "content": "{}"}


def test_units_it_does_not_know_or_knows_by_another_name(store):
    switches.change(store, {"is_strict": "1"})
    assert take(store) == ("rejected", "E021")
    with store.writing() as connection:
        connection.execute("INSERT INTO units VALUES ('11441400MB2C12348W', '梅州市交通运输局')")
    assert take(store) == ("rejected", "E040")


def test_a_late_report_is_stored_with_a_warning(store):
    assert take(store, SX_RDRQ=(TODAY - timedelta(days=20)).isoformat()) == ("stored", "")
    assert "E050" in store.row("SELECT warning FROM messages")["warning"]


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("11441400MB2C12348W", True),
        ("11441400MB3E56782C", True),
        ("12441400MB2C12348R", True),
        ("11441400MB2C12348A", False),
        ("11441400MI2C12348W", False),
        ("00000000000000000X", False),
        ("1144140", False),
    ],
)
def test_its_own_check_of_unit_codes(code, right):
    assert checks.unit_code_is_right(code) is right


def test_its_own_check_of_citizen_numbers():
    assert checks.citizen_number_is_right("441403198506150023")
    assert not checks.citizen_number_is_right("441403198506150024")
    assert not checks.citizen_number_is_right("441403198502300023")


def test_it_shares_no_code_with_the_portals_side():
    allowed = ("exchange.standin", "django.utils.translation", "django.template", "django.contrib.staticfiles")
    for path in Path("exchange/standin").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            ours = [name for name in names if name.split(".")[0] in OURS]
            assert all(name.startswith(allowed) for name in ours), f"{path}: {ours}"


OURS = {"exchange", "accounts", "ledger", "rules", "disclosure", "records", "integrity", "django"}


def test_its_page_shows_what_it_holds_and_what_was_withdrawn_is_gone(unit, standin):
    sent = scenes.relayed(unit)
    delivery.deliver_due(NOW, transport=standin.transport())
    assert "关于认定市交通运输局违约失信的决定" in standin.page("/")
    assert "在库" in standin.page(f"/records/{sent.subject_id}/")
    scenes.relayed(unit, subject=sent.subject_id, version=2, op="W")
    delivery.deliver_due(NOW, transport=standin.transport())
    page = standin.page(f"/records/{sent.subject_id}/")
    assert "平台不再保存它的内容" in page
    assert "关于认定" not in page
    with pytest.raises(urllib.error.HTTPError) as missing:
        standin.page(f"/records/{uuid4()}/")
    assert missing.value.code == 404


def test_its_page_masks_persons(unit, standin):
    sent = scenes.relayed(unit, is_person=True, restricted=scenes.PERSONAL)
    delivery.deliver_due(NOW, transport=standin.transport())
    sent.refresh_from_db()
    assert sent.state == DeliveryState.STORED
    page = standin.page(f"/records/{sent.subject_id}/")
    assert "441403198506150023" not in page
    assert "林小禾" not in page


def test_the_switches_can_be_set_from_the_page(standin):
    form = urllib.parse.urlencode({"mode": "busy", "times": "2", "seconds": "1"}).encode()
    with urllib.request.urlopen(f"{standin.url}/switches", form, timeout=5) as answered:
        assert answered.url == f"{standin.url}/"
    assert "繁忙" in standin.page("/")
    assert (switches.read(standin.store).mode, switches.read(standin.store).times) == ("busy", 2)


@pytest.mark.parametrize("wrong", [{"mode": "mischief"}, {"speed": 1}, {"times": -1}, {"seconds": "x"}])
def test_an_unknown_switch_is_refused(standin, wrong):
    with pytest.raises(urllib.error.HTTPError) as refused:
        standin.switch(**wrong)
    assert refused.value.code == 400
    assert switches.read(standin.store) == switches.Switches()


def test_the_store_survives_its_process(tmp_path):
    with scenes.standin(tmp_path) as first:
        take(first.store)
    with scenes.standin(tmp_path) as second:
        assert len(second.held()) == 1


def test_it_cleans_later_and_calls_back_until_it_is_heard(fresh_database, live_site, tmp_path, settings):
    settings.PLATFORM_CLIENT, settings.PLATFORM_SECRET = scenes.CLIENT, scenes.SECRET
    scenes.load_rules()
    unit = scenes.unit()
    with scenes.standin(tmp_path, callback=f"{live_site}/api/v1/receipts/") as standin:
        standin.switch(cleaning=1, reject_in_cleaning="E060", field="SX_SS")
        sent = scenes.relayed(unit)
        delivery.deliver_due(NOW, transport=standin.transport())
        sent.refresh_from_db()
        assert sent.state == DeliveryState.SENT
        for _turn in range(100):
            sent.refresh_from_db()
            if sent.state != DeliveryState.SENT:
                break
            standin.platform.stopping.wait(0.1)
        assert (sent.state, sent.code, sent.field) == (DeliveryState.REJECTED, "E060", "SX_SS")
        assert sent.receipts.get(verdict="rejected").via == "callback"
        assert standin.held() == {}


def test_frozen_digests_agree_on_both_sides(unit, standin):
    sent = scenes.relayed(unit)
    delivery.deliver_due(NOW, transport=standin.transport())
    sent.refresh_from_db()
    held = standin.store.row("SELECT digest, content, received_at FROM messages")
    assert held["digest"] == sent.payload_digest == freezing.digest(held["content"].encode())
    assert datetime.fromisoformat(held["received_at"]).tzinfo is not None


def _signed(gate, **changes):
    content = changes.pop("content", b"{}")
    headers = Message()
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(b'{}').digest()).decode()}:"
    given = {
        "X-Platform-Client": scenes.CLIENT,
        "X-Platform-Timestamp": str(int(time.time())),
        "X-Platform-Nonce": uuid4().hex,
        "Content-Digest": digest,
        "Idempotency-Key": "k",
    }
    lines = ("POST", "/m", digest, given["X-Platform-Timestamp"], given["X-Platform-Nonce"], "k", "")
    given["X-Platform-Signature"] = gate.signature(*lines)
    for name, value in {**given, **changes.pop("headers", {})}.items():
        if value is not None:
            headers[name] = value
    return {"method": "POST", "path": "/m", "headers": headers, "content": content, **changes}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"content": b"[]"}, "E001"),
        ({"path": "/other"}, "E001"),
        ({"method": "PUT"}, "E001"),
        ({"headers": {"Content-Digest": None}}, "E001"),
        ({"headers": {"X-Platform-Signature": None}}, "E001"),
        ({"headers": {"X-Platform-Nonce": "another"}}, "E001"),
        ({"headers": {"Idempotency-Key": "another"}}, "E001"),
        ({"headers": {"X-Platform-Head": "added"}}, "E001"),
        ({"headers": {"X-Platform-Timestamp": "1"}}, "E001"),
        ({"headers": {"X-Platform-Client": None}}, "E002"),
    ],
)
def test_every_altered_part_of_a_request_is_stopped_at_the_gate(store, changes, code):
    gate = Gate(scenes.CLIENT, scenes.SECRET)
    assert gate.fault(store, **_signed(gate, **changes)) == code


def test_a_request_is_good_once(store):
    gate = Gate(scenes.CLIENT, scenes.SECRET)
    request = _signed(gate)
    assert gate.fault(store, **request) == ""
    assert gate.fault(store, **request) == "E003"
