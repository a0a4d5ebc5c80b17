"""The platform's gate: who sends, whether the signature, the moment and the nonce are right; written anew."""

from __future__ import annotations

import base64
import hashlib
import hmac
import sqlite3
import time
from dataclasses import dataclass
from email.message import Message

from exchange.standin.store import Store

WINDOW = 300  # seconds a signed request may be old or early


@dataclass(frozen=True)
class Gate:
    """What the platform knows of its one client."""

    client: str
    secret: str

    def fault(self, store: Store, *, method: str, path: str, headers: Message, content: bytes) -> str:
        """Give the code of what is wrong with a request, or an empty text; a right nonce is used up."""
        if headers.get("X-Platform-Client") != self.client:
            return "E002"
        moment, nonce = headers.get("X-Platform-Timestamp", ""), headers.get("X-Platform-Nonce", "")
        digest = "sha-256=:" + base64.b64encode(hashlib.sha256(content).digest()).decode() + ":"
        key, head = headers.get("Idempotency-Key", ""), headers.get("X-Platform-Head", "")
        expected = self.signature(method, path, digest, moment, nonce, key, head)
        given = headers.get("X-Platform-Signature", "")
        if headers.get("Content-Digest") != digest or not hmac.compare_digest(expected, given):
            return "E001"
        if not moment.isdecimal() or abs(time.time() - int(moment)) > WINDOW:
            return "E003"
        return "" if _is_fresh(store, nonce) else "E003"

    def signature(self, *lines: str) -> str:
        """Give the HMAC-SHA-256 over lines."""
        text = "\n".join(lines).encode()
        return hmac.digest(self.secret.encode(), text, "sha256").hex()

    def answer_signature(self, nonce: str, status: int, content: bytes) -> str:
        """Give the signature of an answer: it binds the answer to the nonce of its request."""
        digest = "sha-256=:" + base64.b64encode(hashlib.sha256(content).digest()).decode() + ":"
        return self.signature("answer", nonce, str(status), digest)


def _is_fresh(store: Store, nonce: str) -> bool:
    with store.writing() as connection:
        connection.execute("DELETE FROM nonces WHERE at < ?", (time.time() - 4 * WINDOW,))
        try:
            connection.execute("INSERT INTO nonces (nonce, at) VALUES (?, ?)", (nonce, time.time()))
        except sqlite3.IntegrityError:
            return False
    return bool(nonce)
