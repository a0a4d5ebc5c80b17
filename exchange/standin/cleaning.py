"""Cleaning and telling: a thread that cleans what is due and calls the portal back with signed results."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import threading
import time
import uuid
from urllib.parse import urlsplit

from exchange.standin import intake, switches
from exchange.standin.gate import Gate
from exchange.standin.store import Store

BEAT = 0.5
LONGEST_WAIT = 60.0


class Cleaner(threading.Thread):
    """Cleans by the switches; call-backs are tried again until the portal takes them, polling works beside them."""

    def __init__(self, store: Store, gate: Gate, callback: str) -> None:
        super().__init__(daemon=True, name="cleaner")
        self._store, self._gate, self._callback = store, gate, callback
        self.stopping = threading.Event()

    def run(self) -> None:
        """Go on until told to stop."""
        while not self.stopping.wait(BEAT):
            self.turn()

    def turn(self) -> None:
        """Clean everything that is due and call back everything that is not yet told."""
        now = switches.read(self._store)
        query = "SELECT key FROM messages WHERE verdict = 'accepted' AND received <= ? ORDER BY seq"
        for row in self._store.rows(query, time.time() - now.cleaning):
            intake.clean(self._store, row["key"], now)
        if self._callback:
            self._tell()

    def _tell(self) -> None:
        query = "SELECT * FROM results WHERE is_told = 0 AND try_after <= ? ORDER BY seq LIMIT 50"
        for result in self._store.rows(query, time.time()):
            message = self._store.row("SELECT * FROM messages WHERE key = ?", result["key"])
            is_told = message is not None and self._call(f"result-{result['seq']}", intake.item_of(message))
            after = time.time() + min(LONGEST_WAIT, 2.0 ** min(result["tries"], 6))
            with self._store.writing() as connection:
                connection.execute(
                    "UPDATE results SET is_told = ?, tries = tries + 1, try_after = ? WHERE seq = ?",
                    (int(is_told), after, result["seq"]),
                )

    def _call(self, message_id: str, item: dict[str, str]) -> bool:
        parts = urlsplit(self._callback)
        content = json.dumps({"message_id": message_id, "items": [item]}, ensure_ascii=False).encode()
        digest = "sha-256=:" + base64.b64encode(hashlib.sha256(content).digest()).decode() + ":"
        moment, nonce = str(int(time.time())), uuid.uuid4().hex
        headers = {
            "Content-Type": "application/json",
            "Content-Digest": digest,
            "X-Platform-Client": self._gate.client,
            "X-Platform-Timestamp": moment,
            "X-Platform-Nonce": nonce,
            "X-Platform-Signature": self._gate.signature("POST", parts.path, digest, moment, nonce, message_id),
        }
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.netloc, timeout=5)
        try:
            connection.request("POST", parts.path, body=content, headers=headers)
            return 200 <= connection.getresponse().status < 300
        except OSError:
            return False
        finally:
            connection.close()
