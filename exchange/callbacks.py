"""Call-backs: the platform's later words, verified by signature and moment, applied once (scenario 62)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from exchange import receipts
from exchange.models import IncomingMessage, Way
from exchange.transports import Word, signing, words
from ledger.refusals import Refused

WINDOW_SECONDS = 300
MOST_ITEMS = 500


class Unsigned(Refused):
    """The signature is wrong, or its moment is more than five minutes away from our clock; nothing was done."""

    status = 401
    code = "bad_signature"


class Unreadable(Refused):
    """The body is signed but is not a call-back; the sentence says why."""

    status = 400
    code = "bad_request"


class TooLarge(Refused):
    """The body is larger than a call-back may be."""

    status = 413
    code = "too_large"


class OtherBody(Refused):
    """The message's id was used before with another body; nothing was done."""

    status = 422
    code = "other_body"


@dataclass(frozen=True)
class Incoming:
    """A verified call-back."""

    message_id: str
    digest: str
    words: list[Word]


def read(*, body: bytes, path: str, headers: Mapping[str, str], now: datetime) -> Incoming:
    """
    This will verify a call-back and read its words.

    The signature covers method, path, content digest, moment, nonce and message id, so none of them can be exchanged.

    :raises Unsigned: client, signature, digest or moment is wrong
    :raises Unreadable: the body is not a call-back
    """
    digest, moment = signing.content_digest(body), headers.get(signing.MOMENT, "")
    given = _json_of(body)
    message_id = str(given.get("message_id", "")) if isinstance(given, dict) else ""
    lines = ("POST", path, digest, moment, headers.get(signing.NONCE, ""), message_id)
    is_right = signing.is_right(settings.PLATFORM_SECRET, headers.get(signing.SIGNATURE, ""), *lines)
    if headers.get(signing.CLIENT) != settings.PLATFORM_CLIENT or not is_right or not _is_recent(moment, now):
        raise Unsigned(_("签名不对，或时间相差超过 5 分钟，没有收"))
    return Incoming(_message_id(message_id), hashlib.sha256(body).hexdigest(), _words(given))


def apply(message: Incoming, *, now: datetime) -> dict[str, Any]:
    """
    Apply the words and give the answer; the same message again gets the same answer and changes nothing.

    :raises OtherBody: the id was used with another body
    """
    with transaction.atomic():
        row, is_new = IncomingMessage.objects.select_for_update().get_or_create(
            message_id=message.message_id,
            defaults={"body_digest": message.digest, "answer": {}, "received_at": now},
        )
        if row.body_digest != message.digest:
            raise OtherBody(_("同一消息编号，正文却不同，没有收"))
        if is_new:
            new = sum(receipts.accept_word(word, via=Way.CALLBACK, now=now) for word in message.words)
            row.answer = {"message_id": message.message_id, "received": len(message.words), "applied": new}
            row.save(update_fields=["answer"])
        answer: dict[str, Any] = row.answer
        return answer


def _is_recent(moment: str, now: datetime) -> bool:
    if not (moment.isascii() and moment.isdecimal() and len(moment) < 12):
        return False
    return abs(now.timestamp() - int(moment)) <= WINDOW_SECONDS


def _json_of(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _message_id(given: str) -> str:
    if not given or len(given) > 64 or not given.isprintable():
        raise Unreadable(_("缺少 message_id，或超过 64 字"))
    return given


def _words(given: Any) -> list[Word]:
    items = given.get("items")
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise Unreadable(_("items 应为不超过 500 项的数组"))
    try:
        return [words.read(item) for item in items]
    except ValueError as fault:
        raise Unreadable(_("items 中有一项不是回执")) from fault
