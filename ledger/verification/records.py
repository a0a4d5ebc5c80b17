"""Entries as the verification reads them: each with its body, salt and tombstone where they stand, in chunks by position."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

CHUNK = 1000
_CHUNK_SQL = """
SELECT entry.position, entry.id, entry.kind, entry.object_type, entry.object_id, entry.person, entry.role, entry.at,
    entry.recorded_at, entry.request_id, entry.reason_digest, entry.refs::text, entry.is_public, entry.document, entry.version,
    entry.commitment, entry.leaf, live.salt, live.body, stone.document, stone.version, stone.kind, stone.day
FROM ledger_entry entry
LEFT JOIN ledger_entrybody live ON live.position = entry.position
LEFT JOIN ledger_tombstone stone ON stone.position = entry.position
WHERE entry.position > %s ORDER BY entry.position LIMIT %s
"""
_STRANGERS = """
SELECT 'ledger_entrybody', position FROM ledger_entrybody WHERE position NOT IN (SELECT position FROM ledger_entry)
UNION ALL
SELECT 'ledger_tombstone', position FROM ledger_tombstone WHERE position NOT IN (SELECT position FROM ledger_entry)
"""


@dataclass(frozen=True)
class Stone:
    """A tombstone row."""

    document: UUID
    version: int
    kind: str
    day: date


@dataclass(frozen=True)
class Record:
    """One entry with everything beside it."""

    position: int
    id: str
    kind: str
    object_type: str
    object_id: str
    person: str | None
    role: str
    at: datetime
    recorded_at: datetime
    request_id: str
    reason_digest: str | None
    refs: Any
    is_public: bool
    document: str | None
    version: int | None
    commitment: bytes
    leaf: bytes
    salt: bytes | None
    body: bytes | None
    stone: Stone | None

    def said(self) -> dict[str, Any] | None:
        """Give the body as an object, or None where it cannot be read as one."""
        return parsed(self.body)


def parsed(body: bytes | None) -> dict[str, Any] | None:
    """Read a body as a JSON object; None where it is no such thing."""
    if body is None:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None  # not swallowed: the caller reports a body that cannot be read
    return found if isinstance(found, dict) else None


def all_records() -> Iterator[list[Record]]:
    """Read the whole log in chunks."""
    last = -(2**62)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_CHUNK_SQL, [last, CHUNK])
            rows = cursor.fetchall()
        if not rows:
            return
        yield [_record(row) for row in rows]
        last = rows[-1][0]


def strangers() -> list[tuple[str, int]]:
    """Give bodies and tombstones at positions where there is no entry."""
    with connection.cursor() as cursor:
        cursor.execute(_STRANGERS)
        return [(table, position) for table, position in cursor.fetchall()]


def bodies_at(positions: Iterable[int]) -> dict[int, bytes]:
    """Give the bodies at these positions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, body FROM ledger_entrybody WHERE position = ANY(%s::bigint[])", [list(positions)]
        )
        return {position: bytes(body) for position, body in cursor.fetchall()}


def _record(row: tuple[Any, ...]) -> Record:
    position, id_, kind, object_type, object_id, person, role, at, recorded_at, request_id, reason = row[:11]
    refs, is_public, document, version, commitment, leaf, salt, body = row[11:19]
    return Record(
        position, str(id_), kind, object_type, object_id, _text(person), role, at, recorded_at, request_id,
        None if reason is None else bytes(reason).hex(), json.loads(refs), is_public, _text(document), version,
        bytes(commitment), bytes(leaf), _bytes(salt), _bytes(body), Stone(*row[19:]) if row[19] else None,
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
