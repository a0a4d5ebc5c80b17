"""What a reader needs to check a document himself: bytes, salt, path and head; and that the log only ever grew."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.utils.translation import gettext as _

from disclosure import answers, reading
from disclosure.answers import HEADERS, Answer
from ledger import cursors, proofs
from ledger.refusals import Invalid

HEADS_CURSOR = "disclosure.heads"


def document_proof(document_id: UUID, *, now: datetime) -> Answer:
    """
    This will answer the proof of the version that is shown now.

    :raises NotPublic: it is not public and never was
    :raises NoLongerPublic: it has ended, and its bytes with it
    :raises NotYetSigned: the log's next signature, due within ten seconds, will cover it
    """
    with reading.reader(now=now) as alias:
        shown = reading.visible(on=now).filter(pk=document_id).only("version").first()
        if shown is None:
            raise answers.absent(document_id, now)
        try:
            return _answer(proofs.bundle(document_id, shown.version, using=alias))
        except proofs.NoSuchProof:  # it has been replaced or ended between the two looks
            raise answers.absent(document_id, now) from None


def heads(given: Mapping[str, str], *, now: datetime) -> Answer:
    """
    This will answer the signed heads, newest first.

    :raises Invalid: a parameter is unknown or cannot be
    """
    answers.only(given, answers.PAGE_NAMES)
    limit, before = answers.limit_of(given), _before(given.get("cursor", ""))
    with reading.reader(now=now) as alias, connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT size, encode(root, 'base64'), text, signed_at FROM ledger_head"
            " WHERE size < %s ORDER BY size DESC LIMIT %s",
            [before, limit + 1],
        )
        rows = cursor.fetchall()
    items = [
        {"size": size, "root": root.strip(), "text": text, "signed_at": signed_at.isoformat()}
        for size, root, text, signed_at in rows[:limit]
    ]
    has_more = len(rows) > limit
    following = cursors.seal_cursor(HEADS_CURSOR, {"before": items[-1]["size"]}) if has_more else None
    return _answer({"items": items, "next_cursor": following, "has_more": has_more})


def consistency(given: Mapping[str, str], *, now: datetime) -> Answer:
    """
    This will answer the proof that the log of size ``old`` is the beginning of the log of size ``new``.

    :raises Invalid: the sizes are missing, or not those of signed heads in this order
    """
    answers.only(given, ("old", "new"))
    old, new = _size(given, "old"), _size(given, "new")
    with reading.reader(now=now) as alias:
        try:
            return _answer(proofs.consistency(old, new, using=alias))
        except proofs.NoSuchProof:
            message = _("old 和 new 应是两个已签名树头的条目数，且 old 不大于 new。")
            raise Invalid(message, field="old") from None


def _size(given: Mapping[str, str], name: str) -> int:
    text = given.get(name, "")
    if not (text.isascii() and text.isdigit() and int(text[:18]) > 0):
        raise Invalid(_("参数 %(name)s 应是一个树头的条目数。") % {"name": name}, field=name)
    return int(text[:18])


def _before(token: str) -> int:
    if not token:
        return 2**62
    try:
        return int(cursors.open_cursor(HEADS_CURSOR, token)["before"])
    except (cursors.BadCursor, KeyError, ValueError):
        raise Invalid(_("翻页凭据不属于这个接口。"), field="cursor") from None


def _answer(told: dict[str, Any]) -> Answer:
    return Answer(200, json.dumps(told, ensure_ascii=False).encode(), {**HEADERS, "Cache-Control": "no-store"})
