"""
The changes feed: the public part of the log, in commit order, for those who keep a copy.

A follower who obeys it holds at every moment what the portal shows: upserts carry the day after which they are to be hidden,
tombstones say that something ended, and the content of what ended is null at every position.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.utils.translation import gettext as _

from disclosure import answers, reading
from disclosure.answers import HEADERS, Answer
from ledger import cursors
from ledger.refusals import Invalid
from rules import clock

CURSOR = "disclosure.changes"
NAMES = ("since", "limit")
USUAL, MOST = 100, 500

ENTRIES = """
SELECT position, kind, document, version, at, recorded_at, encode(leaf, 'hex'), convert_from(body, 'UTF8'), ended_kind, ended_on
  FROM ledger_public_entry WHERE position > %s ORDER BY position LIMIT %s
"""
UNTIL = """
SELECT id, visible_until FROM disclosure_shown WHERE id = ANY(%s::uuid[])
UNION ALL
SELECT id, visible_until FROM disclosure_overdue WHERE id = ANY(%s::uuid[])
UNION ALL
SELECT document, max(ended_on) FROM ledger_public_entry WHERE document = ANY(%s::uuid[]) AND ended_on IS NOT NULL GROUP BY document
"""


@dataclass(frozen=True)
class Change:
    """One public entry of the log as the view gives it."""

    position: int
    kind: str
    document: UUID
    version: int
    at: datetime
    recorded_at: datetime
    leaf: str
    body: str | None
    ended_kind: str | None
    ended_on: date | None


def changes(given: Mapping[str, str], *, now: datetime) -> Answer:
    """
    This will answer the changes after the place given, oldest first; ``next_cursor`` is always there, to come back with.

    :raises Invalid: a parameter is unknown, or the place was not given out by this feed
    """
    answers.only(given, NAMES)
    limit, since = answers.limit_of(given, usual=USUAL, most=MOST), _place(given.get("since", ""))
    with reading.reader(now=now) as alias:
        with connections[alias].cursor() as cursor:
            cursor.execute(ENTRIES, [since, limit + 1])
            found = [Change(*row) for row in cursor.fetchall()]
        entries, has_more = found[:limit], len(found) > limit
        items = _items(entries, clock.local_day(now), alias)
        head = _head(alias)
    last = entries[-1].position if entries else since
    through = entries[-1].recorded_at if has_more else now
    told = {
        "next_cursor": cursors.seal_cursor(CURSOR, {"after": last}),
        "has_more": has_more,
        "complete_through": through.isoformat(),
        "head": head,
        "generated_at": now.isoformat(),
    }
    body = f'{{"items":[{",".join(items)}],{json.dumps(told, ensure_ascii=False)[1:]}'
    return Answer(200, body.encode(), {**HEADERS, "Cache-Control": "no-store"})


def _place(token: str) -> int:
    """The position a place stands for: -1 is before the first entry."""
    if not token:
        return -1
    try:
        return int(cursors.open_cursor(CURSOR, token)["after"])
    except (cursors.BadCursor, KeyError, ValueError):
        raise Invalid(_("参数 since 不是本接口给出的位置：请去掉它从头取起。"), field="since") from None


def _items(entries: Sequence[Change], today: date, alias: str) -> list[str]:
    until = _until([each for each in entries if each.ended_kind is None], alias)
    return [_item(each, until.get(each.document), today) for each in entries]


def _until(entries: Sequence[Change], alias: str) -> dict[UUID, date]:
    """The last public day of each document: the one it will have while it is shown (again), else the day it last ended."""
    documents = sorted({str(each.document) for each in entries})
    if not documents:
        return {}
    with connections[alias].cursor() as cursor:
        cursor.execute(UNTIL, [documents, documents, documents])
        found: dict[UUID, date] = {}
        for document, day in cursor.fetchall():
            found.setdefault(document, day)
    return found


def _item(entry: Change, until: date | None, today: date) -> str:
    told: dict[str, Any] = {
        "id": entry.leaf,
        "document_id": str(entry.document),
        "version": entry.version,
        "op": "tombstone" if entry.ended_kind else "upsert",
        "reason": entry.ended_kind or entry.kind,
        "effective_at": entry.ended_on.isoformat() if entry.ended_on else entry.at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
    }
    body = None
    if entry.ended_kind is None:
        told["visible_until"] = (until or clock.local_day(entry.at)).isoformat()
        told["superseded"] = entry.body is None
        body = entry.body if until is not None and until >= today else None
    return f'{json.dumps(told, ensure_ascii=False)[:-1]},"data":{body or "null"}}}'


def _head(alias: str) -> dict[str, Any] | None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT size, encode(root, 'base64'), signed_at FROM ledger_head ORDER BY size DESC LIMIT 1")
        row = cursor.fetchone()
    return {"size": row[0], "root": row[1].strip(), "signed_at": row[2].isoformat()} if row else None
