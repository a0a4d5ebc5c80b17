"""From drafts to entries: read the changed rows back, fold, hash, and only then lock, number and insert in one round trip."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ledger import canonical, folding
from ledger.drafts import Draft, PublicDraft, moment
from ledger.suites.hashing import SHA256

SALT_BYTES = 16


@dataclass(frozen=True)
class _Sealed:
    """A body with its salt and commitment."""

    salt: bytes
    body: bytes
    commitment: bytes


def append(drafts: Sequence[Draft]) -> int:
    """
    Write the entries of these drafts at the end of the log; this will leave the advisory lock held until commit.

    :returns: the position of the first entry written
    """
    rows = folding.read(folding.keys_by_model(dict.fromkeys(key for draft in drafts for key in draft.rows)))
    told = {place: {"table": row.table, "key": row.key, "columns": folding.folded(row)} for place, row in rows.items()}
    records = [record for draft in drafts for record in _records(draft, told)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_append(%s)", [json.dumps(records, ensure_ascii=False)])
        return int(cursor.fetchone()[0])


def _records(draft: Draft, told: dict[tuple[str, str], dict[str, Any]]) -> list[dict[str, Any]]:
    publics = [(public, _with_salt(os.urandom(SALT_BYTES), public.body)) for public in draft.publics]
    header = _header(draft)
    body = canonical.encode({**header, "rows": _rows(draft, told), "public": [_promise(*one) for one in publics]})
    sealed = _with_salt(private_salt(str(draft.id)), body)
    shared = {
        "kind": draft.kind,
        "object_type": draft.object_type,
        "object_id": draft.object_id,
        "person": header["person"],
        "role": draft.role,
        "request_id": draft.request_id,
    }
    private = {
        **shared,
        "id": header["id"],
        "at": header["at"],
        "reason_digest": header["reason"],
        "refs": header["refs"],
        "is_public": False,
        **_spelled(sealed),
    }
    return [private, *({**shared, **_public(public), **_spelled(one)} for public, one in publics)]


def private_salt(entry_id: str) -> bytes:
    """Give the salt of a private entry, derived so that a changed salt can be told from a changed body."""
    return folding.mac(b"salt", entry_id.encode())[:SALT_BYTES]


def salt_mark(entry_id: str, salt: bytes) -> str:
    """Give what the private entry keeps of a public entry's random salt, for the same purpose."""
    return folding.mac(b"salt mark", entry_id.encode(), salt.hex().encode()).hex()[:32]


def reason_digest(reason: str) -> str | None:
    """Give the keyed digest of a reason in hex, or None where none was given; reasons are short and could be guessed."""
    return folding.mac(b"reason", reason.encode()).hex() if reason else None


def _header(draft: Draft) -> dict[str, Any]:
    return {
        "id": str(draft.id),
        "kind": draft.kind,
        "object": [draft.object_type, draft.object_id],
        "person": str(draft.person) if draft.person else None,
        "role": draft.role,
        "at": moment(draft.at),
        "request": draft.request_id,
        "reason": reason_digest(draft.reason),
        "refs": [ref.told() for ref in draft.refs],
        "fold": folding.key_name(),
    }


def _rows(draft: Draft, told: dict[tuple[str, str], dict[str, Any]]) -> list[dict[str, Any]]:
    places = ((model._meta.db_table, str(key)) for model, key in draft.rows)
    return [told[place] for place in places]


def _with_salt(salt: bytes, body: bytes) -> _Sealed:
    return _Sealed(salt, body, SHA256.commitment(salt=salt, body=body))


def _promise(public: PublicDraft, sealed: _Sealed) -> dict[str, Any]:
    return {
        "id": str(public.id),
        "kind": public.kind,
        "document": str(public.document),
        "version": public.version,
        "at": moment(public.at),
        "commitment": sealed.commitment.hex(),
        "salt": salt_mark(str(public.id), sealed.salt),
    }


def _public(public: PublicDraft) -> dict[str, Any]:
    return {
        "id": str(public.id),
        "kind": public.kind,
        "document": str(public.document),
        "version": public.version,
        "at": moment(public.at),
        "refs": [],
        "is_public": True,
        "ended_kind": public.ended_kind,
        "ended_on": public.ended_on.isoformat() if public.ended_on else None,
    }


def _spelled(sealed: _Sealed) -> dict[str, str]:
    return {
        "salt": sealed.salt.hex(),
        "body": base64.b64encode(sealed.body).decode(),
        "commitment": sealed.commitment.hex(),
        "leaf": SHA256.leaf(sealed.commitment).hex(),
    }
