"""The stand-in's HTTP face: the exchange interface for the portal, pages and switches for people."""

from __future__ import annotations

import json
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from exchange.standin import intake, pages, switches
from exchange.standin.gate import Gate
from exchange.standin.store import Store

LARGEST = 2 * 1024 * 1024


class Platform(ThreadingHTTPServer):
    """The server with its store and gate; ``stopping`` frees whoever is held by a switch."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], *, store: Store, gate: Gate) -> None:
        super().__init__(address, Face)
        self.store, self.gate = store, gate
        self.stopping = threading.Event()


class Face(BaseHTTPRequestHandler):
    """One request."""

    server: Platform
    protocol_version = "HTTP/1.1"
    server_version = "standin"
    timeout = 120

    def do_GET(self) -> None:  # noqa: N802 - the name the standard library calls
        """Answer the portal's questions, or a person's."""
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path.startswith("/exchange/"):
            self._exchange(b"", lambda: self._listed(parts.path, query))
        elif parts.path == "/switches":
            self._json(200, vars(switches.read(self.server.store)))
        else:
            self._send(*pages.page(self.server.store, parts.path, query))

    def do_POST(self) -> None:  # noqa: N802
        """Take a message, or change the switches."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self.close_connection = True
            self._json(413, {"code": "E011", "message": "too large"})
            return
        content = self.rfile.read(length)
        if self.path == "/exchange/v1/messages":
            self._exchange(content, lambda: self._take_in(content))
        elif self.path in ("/switches", "/units"):
            self._change(content)
        else:
            self._json(404, {"message": "no such page"})

    def _exchange(self, content: bytes, answer: Any) -> None:
        store, gate = self.server.store, self.server.gate
        code = gate.fault(store, method=self.command, path=self.path, headers=self.headers, content=content)
        told: intake.Told | None = (401, {"code": code, "message": "refused at the gate"}) if code else answer()
        self._note(told)
        if told is None:  # the line is cut
            self.close_connection = True
            return
        self._json(*told, nonce=self.headers.get("X-Platform-Nonce", ""))

    def _take_in(self, content: bytes) -> intake.Told | None:
        store, now = self.server.store, switches.take(self.server.store)
        self._witness()
        if now.mode == "timeout":
            self.server.stopping.wait(now.seconds)
            return None
        if now.mode == "error":
            return 500, {"code": "E099", "message": "internal"}
        if now.mode == "busy":
            return 503, {"code": "E090", "message": "busy"}
        told = intake.take_in(store, key=self.headers.get("Idempotency-Key", ""), content=content, switches=now)
        if now.mode == "slow_answer":
            self.server.stopping.wait(now.seconds)
        return None if now.mode == "lose_answer" else told

    def _listed(self, path: str, query: dict[str, str]) -> intake.Told:
        store, limit = self.server.store, min(int(query.get("limit") or 500), 500)
        after = query.get("after", "")
        if path == "/exchange/v1/results":
            joined = (
                "SELECT r.seq AS place, m.* FROM results r JOIN messages m USING (key) WHERE r.seq > ? ORDER BY r.seq"
            )
            rows = store.rows(f"{joined} LIMIT ?", int(after or 0), limit)
            last = str(rows[-1]["place"]) if rows else after
            return 200, {"items": [intake.item_of(row) for row in rows], "next": last}
        if path == "/exchange/v1/holdings":
            query_ = "SELECT subject, version, state FROM records WHERE subject > ? ORDER BY subject LIMIT ?"
            rows = store.rows(query_, after, limit + 1)
            held = [
                {"id": row["subject"], "version": row["version"], "live": row["state"] == "live"}
                for row in rows[:limit]
            ]
            return 200, {"items": held, "more": len(rows) > limit, "next": held[-1]["id"] if held else after}
        return 404, {"code": "", "message": "no such list"}

    def _change(self, content: bytes) -> None:
        is_form = self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
        try:
            given: Any = _form(content) if is_form else json.loads(content)
            if self.path == "/units":
                _register(self.server.store, given)
            else:
                switches.change(self.server.store, given)
        except (ValueError, TypeError, AttributeError) as wrong:
            self._json(400, {"message": str(wrong)})
            return
        if is_form:
            self._send(303, "text/plain", b"", {"Location": "/"})
        else:
            self._json(200, vars(switches.read(self.server.store)))

    def _witness(self) -> None:
        head = self.headers.get("X-Platform-Head", "")
        if head:
            with self.server.store.writing() as connection:
                told = "INSERT OR IGNORE INTO heads (at, text) VALUES (?, ?)"
                connection.execute(told, (datetime.now().astimezone().isoformat(timespec="seconds"), head))

    def _note(self, told: intake.Told | None) -> None:
        if self.command == "POST":
            status, code = (told[0], str(told[1].get("code", ""))) if told else (0, "")
            key, digest = self.headers.get("Idempotency-Key", ""), self.headers.get("Content-Digest", "")
            now = datetime.now().astimezone().isoformat(timespec="milliseconds")
            with self.server.store.writing() as connection:
                connection.execute(
                    "INSERT INTO requests (at, method, path, key, digest, status, code) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (now, self.command, self.path, key, digest, status, code),
                )

    def _json(self, status: int, body: Any, nonce: str = "") -> None:
        content = json.dumps(body, ensure_ascii=False).encode()
        extra = {"X-Platform-Signature": self.server.gate.answer_signature(nonce, status, content)} if nonce else {}
        if status == 503:
            extra["Retry-After"] = "1"
        self._send(status, "application/json", content, extra)

    def _send(self, status: int, kind: str, content: bytes, extra: dict[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(content)), "X-Content-Type-Options": "nosniff"}
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'"
        for name, value in {**headers, **(extra or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: every message is in the store."""


def _form(content: bytes) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(content.decode(), keep_blank_values=True).items()}


def _register(store: Store, given: dict[str, list[str]]) -> None:
    """Tell the platform the names of units, for E021 and E040."""
    with store.writing() as connection:
        for code, names in given.items():
            for name in names:
                connection.execute("INSERT OR IGNORE INTO units (code, name) VALUES (?, ?)", (str(code), str(name)))
