"""After a report nothing betrays the reporter: not the database, the log, the memory store or a file; and the accused sees no difference."""

from __future__ import annotations

import base64
import io
import logging
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from integrity.logs import JsonLines
from records.models import Complaint
from rules import clock
from tests.records import factories
from tests.records.factories import NOW
from tests.records.intake.making import docx, file, jpg, keyed, night_after, pdf, png, sent
from tests.records.intake.test_form import pass_of, receipt_of, token_of

ADDRESS, BROWSER = "203.0.113.77", "MarkedBrowser/9.9"
WORDS = "石桥镇拖了我两年的工程款不肯给标记壹"
MORE = "这是我补充的话标记贰"
CONTACT, NAME = "marker-4471@example.org", "陈标记叁"
FILE = "marker-4471"


@pytest.fixture
def told(fresh_database, monkeypatch):
    """Let a reporter with marked address, browser, words, contact and files go the whole way, with everything logged."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()
    factories.load_law()
    scene = factories.scene()
    keyed(scene)
    log, handler = io.StringIO(), logging.StreamHandler()
    handler.setStream(log)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    before = set(Path(tempfile.gettempdir()).iterdir())
    try:
        number, code = _report(Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER), scene)
        night_after()
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    left = [path for path in set(Path(tempfile.gettempdir()).iterdir()) - before if path.is_file()]
    return log.getvalue(), (number.replace(" ", ""), code.replace("-", "")), left


def _report(visitor: Client, scene) -> tuple[str, str]:
    papers = [file("a.jpg", jpg()), file("b.png", png()), file("c.docx", docx()), file(f"{FILE}.pdf", pdf())]
    facts = {"dept": scene.bureau.name, "kind": "general", "content": WORDS, "reach": "named", "name": NAME}
    facts |= {"contact": CONTACT, "token": token_of(visitor.get("/complaints/")), "papers": papers}
    number, code = receipt_of(visitor.post("/complaints/", facts))
    page = visitor.post("/complaints/receipt/", {"number": number, "code": code})
    visitor.post("/complaints/receipt/", {"number": number, "code": "WRONG-CODE"})
    visitor.post("/complaints/receipt/say/", {"pass": pass_of(page), "token": token_of(page), "text": MORE})
    assert not visitor.cookies
    return number, code


def _spellings(marker: str) -> Iterator[bytes]:
    for raw in (marker.encode(), marker.encode("utf-16-le"), marker.encode("gb18030")):
        yield raw
        yield raw.hex().encode()
        yield base64.b64encode(raw).rstrip(b"=")[: len(raw)]


def _database() -> bytes:
    told = []
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - the catalogue's own names
            told += [row for (row,) in cursor.fetchall()]
    return "\n".join(told).encode()


def _store() -> bytes:
    client = cache._cache.get_client(None)
    return b"\n".join(bytes(client.dump(key) or b"") + key for key in client.keys("*"))


def test_after_a_report_nothing_betrays_the_reporter(told):
    log, receipt, left = told
    places = {
        "database": _database(),
        "memory store": _store(),
        "log": log.encode(),
        "files": b"\n".join(
            p.read_bytes() + str(p).encode() for p in Path(settings.STATE_DIR).rglob("*") if p.is_file()
        ),
        "temporary files": b"\n".join(path.read_bytes() for path in left),
    }
    assert Complaint.objects.count() == 1
    for marker in (ADDRESS, BROWSER, WORDS, MORE, CONTACT, NAME, FILE, *receipt):
        for spelling in _spellings(marker):
            for name, content in places.items():
                assert spelling not in content, (marker, name)


def test_no_line_of_the_log_tells_that_somebody_was_there(told):
    log, _receipt, _left = told
    assert "report:" not in log
    assert "/complaints/" not in log
    assert "integrity.request" not in log


def test_times_in_rows_and_files_tell_the_day_and_no_hour(told):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_name LIKE 'records_complaint%'"
            " AND data_type LIKE 'timestamp%' AND table_schema = 'public'"
        )
        assert cursor.fetchall() == []
        cursor.execute("SHOW track_commit_timestamp")
        assert cursor.fetchone() == ("off",)
    for path in Path(settings.COMPLAINT_ROOT).iterdir():
        assert path.stat().st_mtime % 3600 == 0


def test_a_fault_while_a_reporter_is_served_is_logged_without_the_hour(told, monkeypatch):
    from records.web.report import sending

    log, handler = io.StringIO(), logging.StreamHandler()
    handler.setStream(log)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    monkeypatch.setattr(sending.tokens, "new_form", lambda **_: (_ for _ in ()).throw(RuntimeError("broken")))
    try:
        answer = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, raise_request_exception=False).get("/complaints/")
    finally:
        logging.getLogger().removeHandler(handler)
    assert answer.status_code == 500
    assert re.search(r'"at": "\d{4}-\d\d-\d\d"', log.getvalue())
    for marker in (ADDRESS, BROWSER):
        assert marker not in log.getvalue()
    assert "request_id" not in log.getvalue()


def _plain_addresses() -> list[str]:
    """Every address without a key in it, of the public and the staff site."""
    found = []
    for prefix, resolver in (("", get_resolver()),):
        for pattern in resolver.url_patterns:
            namespace = getattr(pattern, "namespace", None)
            for each in getattr(pattern, "url_patterns", [pattern]):
                if isinstance(each, URLPattern) and each.name and not each.pattern.converters:
                    found.append(f"{prefix}{namespace}:{each.name}" if namespace else each.name)
    return sorted(set(found))


CHANGING = re.compile(
    rb'(name="(token|csrfmiddlewaretoken|pass|request_key|key)" value=")[^"]*|"(request_id|next_cursor)":\s*"[^"]*"'
)


QUICK = ("public:home", "public:search", "public:departments", "report:report", "records:inbox", "records:list")


def _seen(scene, who_looks, names) -> dict[tuple[str, str], bytes]:
    seen = {}
    for who in who_looks:
        browser = Client()
        if who:
            browser.force_login(getattr(scene, who))
        for name in names:
            try:
                address = reverse(name)
            except Exception:  # noqa: BLE001, S112 - an address with parts in its pattern's prefix
                continue
            if "sign_out" in name or name in ("healthz", "readyz"):
                continue
            seen[who, address] = CHANGING.sub(b"", browser.get(address).content)
    return seen


def test_the_accused_and_the_public_see_no_difference_whether_a_complaint_exists(scene, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()
    seen = lambda: _seen(scene, ("", "clerk", "head"), QUICK)  # noqa: E731
    without = seen()
    sent(scene)
    assert _changed(without, seen()) == []


@pytest.mark.matrix
def test_nobody_of_the_accused_and_no_visitor_sees_a_difference_at_any_address(scene, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()
    everybody = ("", "clerk", "reviewer", "head", "official_user", "neighbour_clerk")
    _seen(scene, everybody, _plain_addresses())  # some pages open an archive at first sight
    without = _seen(scene, everybody, _plain_addresses())
    sent(scene)
    assert len(without) > 100
    assert _changed(without, _seen(scene, everybody, _plain_addresses())) == []


def _changed(without, with_one) -> list[tuple[str, str]]:
    return [key for key, page in without.items() if with_one[key] != page]
