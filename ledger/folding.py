"""How a row is folded into the log: every covered column's stored text under a keyed hash, enough to name a changed column.

The text is PostgreSQL's own (``column::text`` in a UTC session), read back from the row, so what is hashed is what is stored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, models

from ledger import coverage

MAC_BYTES = 16  # HMAC-SHA-256 cut to 128 bits: forging one is out of reach, and entries stay half as large


@dataclass(frozen=True)
class Row:
    """One covered row as the database spells it."""

    table: str
    key: str
    columns: dict[str, str | None]


@lru_cache(maxsize=4)
def _key_of(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError as broken:
        raise ImproperlyConfigured("LEDGER_FOLD_KEY：须是 64 位十六进制，写法见 .env.example。") from broken
    if len(key) != 32:
        raise ImproperlyConfigured("LEDGER_FOLD_KEY：须是 32 字节（64 位十六进制）。")
    return key


def mac(*parts: bytes) -> bytes:
    """Give the keyed hash of parts joined by NUL; no stored text can hold a NUL, so the joint is unambiguous."""
    return hmac.digest(_key_of(settings.LEDGER_FOLD_KEY), b"\x00".join(parts), hashlib.sha256)


def key_name() -> str:
    """Give eight characters that name the fold key without telling it."""
    return mac(b"name").hex()[:8]


def folded(row: Row) -> dict[str, str]:
    """Give ``{column: keyed hash}`` of a row, as an entry's body carries it."""
    key, place = _key_of(settings.LEDGER_FOLD_KEY), f"{row.table}\x00{row.key}\x00"
    return {name: _column_mac(key, place, name, text) for name, text in row.columns.items()}


def _column_mac(key: bytes, place: str, name: str, text: str | None) -> str:
    told = f"{place}{name}\x00" + ("n" if text is None else "v" + text)
    return base64.urlsafe_b64encode(hmac.digest(key, told.encode(), hashlib.sha256)[:MAC_BYTES]).rstrip(b"=").decode()


@lru_cache(maxsize=512)
def _select(model: type[models.Model]) -> tuple[str, tuple[str, ...], str, str]:
    quote = connections["default"].ops.quote_name
    names = tuple(coverage.covered_columns(model))
    key = model._meta.pk
    assert key is not None  # noqa: S101 - a model without a key cannot be registered with Django
    texts = ", ".join(f"{quote(name)}::text" for name in names)
    table = model._meta.db_table
    head = f"SELECT '{table}', {quote(str(key.column))}::text, ARRAY[{texts}]::text[] FROM {quote(table)}"  # noqa: S608
    return head, names, quote(str(key.column)), str(key.db_type(connections["default"]))


def read(keys: Mapping[type[models.Model], Sequence[Any]], *, using: str = "default") -> dict[tuple[str, str], Row]:
    """Read the named rows back in one round trip, keyed by table and key."""
    asked, parameters, names_of = [], [], {}
    for model, wanted in keys.items():
        head, names, key, db_type = _select(model)
        asked.append(f"{head} WHERE {key} = ANY(%s::{db_type}[])")
        parameters.append([str(one) for one in wanted])
        names_of[model._meta.db_table] = names
    if not asked:
        return {}
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), parameters)
        found = cursor.fetchall()
    return {
        (table, key): Row(table, key, dict(zip(names_of[table], texts, strict=True))) for table, key, texts in found
    }


def all_keys(model: type[models.Model], *, chunk: int = 10_000, using: str = "default") -> Iterator[list[str]]:
    """Give the keys of a whole table in chunks, ordered."""
    _, _, key, db_type = _select(model)
    table = connections[using].ops.quote_name(model._meta.db_table)
    last: list[str] = []
    while True:
        after = f" WHERE {key} > %s::{db_type}" if last else ""
        with connections[using].cursor() as cursor:
            # Table, key and type are the model's own.
            cursor.execute(f"SELECT {key}::text FROM {table}{after} ORDER BY {key} LIMIT {chunk:d}", last)  # noqa: S608
            found = [text for (text,) in cursor.fetchall()]
        if not found:
            return
        yield found
        last = found[-1:]


def keys_by_model(rows: Iterable[tuple[type[models.Model], Any]]) -> dict[type[models.Model], list[Any]]:
    """Group noted rows by their model."""
    grouped: dict[type[models.Model], list[Any]] = {}
    for model, key in rows:
        grouped.setdefault(model, []).append(key)
    return grouped
