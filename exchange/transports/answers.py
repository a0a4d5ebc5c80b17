"""What an HTTP answer means for one message: the classes of security.md 4.4 under the rules of design.md 8."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from exchange.models import Outcome, Verdict
from exchange.transports import words
from exchange.transports.interface import Answer, Message, Word

CREDENTIAL_CODES = frozenset({"E001", "E002", "E003"})
BUSY_CODES = frozenset({"E090", "E099"})
ALREADY_THERE = "E030"
LONGEST_WAIT = timedelta(hours=1)
OUTCOMES = {
    Verdict.ACCEPTED.value: Outcome.ACCEPTED,
    Verdict.STORED.value: Outcome.STORED,
    Verdict.REJECTED.value: Outcome.REJECTED,
}


@dataclass(frozen=True)
class Reply:
    """What came back over HTTP, read to its end."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> dict[str, Any]:
        """This will give the body as a dict, empty where it is no JSON object."""
        try:
            body = json.loads(self.content)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}


def read(reply: Reply, *, is_signed: bool, message: Message) -> Answer:
    """This will say how one sending ended; only a signed word over our own digest moves the delivery."""
    body = reply.json()
    common: dict[str, Any] = {
        "http_status": reply.status,
        "code": _text(body.get("code"), 8),
        "message": _text(body.get("message"), 300),
        "digest": hashlib.sha256(reply.content).hexdigest(),
        "retry_after": retry_after(reply.headers),
    }
    if reply.status in (401, 403) or common["code"] in CREDENTIAL_CODES:
        return Answer(Outcome.CREDENTIAL, **common)
    if reply.status == 429 or reply.status >= 500 or common["code"] in BUSY_CODES:
        return Answer(Outcome.BUSY, **common)
    word = _word(body, message) if is_signed else None
    if word is None:
        return Answer(Outcome.UNTRUSTED, **common)
    return _spoken(word, common)


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """This will read Retry-After in seconds, at most one hour; a date form or nonsense counts as absent."""
    given = headers.get("Retry-After", "")
    return min(timedelta(seconds=int(given[:9])), LONGEST_WAIT) if given.isdecimal() else None


def _spoken(word: Word, common: dict[str, Any]) -> Answer:
    if word.code == ALREADY_THERE:  # a repeat of what it has: a success (domain 4.8)
        return Answer(Outcome.STORED, word=words.as_stored(word), **common)
    if word.code in BUSY_CODES:
        return Answer(Outcome.BUSY, **common)
    return Answer(OUTCOMES.get(word.verdict, Outcome.UNTRUSTED), word=word, **common)


def _word(body: Mapping[str, Any], message: Message) -> Word | None:
    try:
        word = words.read(body.get("item"))
    except ValueError:
        return None
    return word if word.key == message.key and word.digest == message.digest else None


def _text(given: object, longest: int) -> str:
    return "" if given is None else str(given).replace("\x00", "")[:longest]
