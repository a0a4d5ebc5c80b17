"""Short scenes the tests of the log share: acting, registering, publishing, and breaking in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg2
from django.db import connections
from django.db.models import QuerySet

from accounts.models import Person
from ledger import heads
from ledger.acts import Act, act
from ledger.models import Entry

BODY = '{"标题":"某局未按期支付账款","档次":"一般"}'.encode()
NOW = datetime(2026, 5, 11, 2, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Somebody:
    """An actor with a natural person behind him."""

    person_id: UUID | None


SOMEBODY = Somebody(uuid4())


@contextmanager
def acting(kind: str = "test.done", **given: Any) -> Iterator[Act]:
    """Open an act with everything filled in that a test does not care about."""
    with act(**{"kind": kind, "actor": SOMEBODY, "role": "clerk", "now": NOW, **given}) as opened:
        yield opened


def register(name: str = "甲某", **given: Any) -> Person:
    """Write one covered row in one act."""
    with acting("person.registered", **given) as opened:
        person = Person(name=name)
        person.save()
        opened.about(person)
    return person


def publish(document: UUID, body: bytes = b"{}", *, version: int = 1, kind: str = "publish") -> None:
    """Publish bytes for a document in one act."""
    with acting("document.published") as opened:
        opened.publish(kind=kind, document=document, version=version, body=body, now=NOW)


def published(count: int = 5) -> UUID:
    """Publish a document somewhere in the middle of a log, under a signed head; give its id."""
    for n in range(count):
        register(f"第{n}人")
    document = uuid4()
    publish(document, BODY)
    for n in range(count):
        publish(uuid4(), b'{"n":"%d"}' % n)
    heads.sign_head(NOW)
    return document


def bury(document: UUID, *, version: int = 2, kind: str = "withdrawn") -> None:
    """End a document in one act."""
    with acting("document.ended") as opened:
        opened.bury(document=document, version=version, kind=kind, day=NOW.date())


def written() -> QuerySet[Entry]:
    """Give the entries the test itself has written, which are those of its own hour, in order."""
    return Entry.objects.filter(at__gte=NOW, at__lt=NOW + timedelta(hours=1)).order_by("position")


@contextmanager
def raw(alias: str, *, superuser: str | None = None) -> Iterator[Any]:
    """Open a plain connection of a login, beside Django, that commits each statement; rights and triggers apply as they are."""
    given = connections.settings[alias]
    user = superuser or given["USER"]
    opened = psycopg2.connect(
        dbname=given["NAME"], user=user, password=given["PASSWORD"], host=given["HOST"], port=given["PORT"] or None
    )
    opened.autocommit = True
    try:
        with opened.cursor() as cursor:
            yield cursor
    finally:
        opened.close()


@contextmanager
def tampering() -> Iterator[Any]:
    """Be the attacker with the keys of the database: a superuser for whom no trigger fires and no right is missing."""
    with raw("owner", superuser="postgres") as cursor:
        for table in ("ledger_entry", "ledger_entrybody", "ledger_tombstone", "ledger_node", "ledger_head"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname IN ('ledger_no_delete', 'ledger_no_truncate')"
        )
        kept = [(table, name) for table, name in cursor.fetchall() if not table.startswith("ledger_")]
        for table, name in kept:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        yield cursor
        for table, name in kept:
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        for table in ("ledger_entry", "ledger_entrybody", "ledger_tombstone", "ledger_node", "ledger_head"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'ledger_%'")
        for table, name in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
