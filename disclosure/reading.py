"""
Read what is public, through a login that can see nothing else.

Whether a document is public is decided here, at the moment of reading, from its dates; no scheduled job takes part in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from disclosure.models import Document, Shown
from disclosure.models.document import PublicText
from ledger.models import PublicEntry
from rules import clock

_reader: ContextVar[str | None] = ContextVar("disclosure_reader", default=None)


@dataclass(frozen=True)
class Ended:
    """What is still said of a document that was public once: which one, why and on which day; never whose."""

    document: UUID
    version: int
    kind: str
    day: date


@contextmanager
def reader(*, now: datetime | None = None) -> Iterator[str]:
    """
    This will run its block with the rights of the public login and give the database alias to read from.

    Where a transaction is open on the application's connection (the suite's tests), the same rights are put on inside it, so
    that the block sees what the transaction wrote and is refused what the public login is refused.
    """
    if (outer := _reader.get()) is not None:
        yield outer
        return
    inside = connections["default"].in_atomic_block or "public" not in connections.databases
    alias, day = "default" if inside else "public", clock.local_day(now or clock.now())
    token = _reader.set(alias)
    try:
        with _role_inside(day) if inside else _day_of(alias, day):
            yield alias
    finally:
        _reader.reset(token)


@contextmanager
def _role_inside(day: date) -> Iterator[None]:
    """Put the public group on for the block; a broken transaction forgets the role by itself when it rolls back."""
    with transaction.atomic("default"), connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('disclosure.day', %s, true)", [day.isoformat()])
        cursor.execute("SET LOCAL ROLE integrity_public")
        yield
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT set_config('disclosure.day', '', true)")


@contextmanager
def _day_of(alias: str, day: date) -> Iterator[None]:
    """The view goes by the database's own day; only a clock set otherwise (a rehearsal) has to tell it."""
    if day == clock.local_day(timezone.now()):
        yield
        return
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT set_config('disclosure.day', %s, false)", [day.isoformat()])
        try:
            yield
        finally:
            cursor.execute("SELECT set_config('disclosure.day', '', false)")


def visible(*, on: datetime | date) -> QuerySet[PublicText]:
    """This will pick the documents that are public on that moment or day (Asia/Shanghai); the last day still counts."""
    day = clock.local_day(on) if isinstance(on, datetime) else on
    alias = _reader.get()
    rows: QuerySet[PublicText] = Shown.objects.using(alias) if alias else Document.objects.filter(ended_on=None)
    return rows.filter(visible_from__lte=day, visible_until__gte=day)


def ended(document_id: UUID, *, on: datetime | date) -> Ended | None:
    """
    This will tell when and why a document that was public ended, or None where there never was one.

    A document whose last day has passed counts as expired even before the nightly run has taken its content away.
    """
    day = clock.local_day(on) if isinstance(on, datetime) else on
    alias = _reader.get() or "default"
    for row in PublicEntry.objects.using(alias).filter(document=document_id).order_by("-position")[:1]:
        if row.ended_kind and row.ended_on:
            return Ended(row.document, row.version, row.ended_kind, row.ended_on)
        return _overdue(document_id, day, alias)
    return None


def _overdue(document_id: UUID, day: date, alias: str) -> Ended | None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT version, visible_until FROM disclosure_overdue WHERE id = %s", [document_id])
        row = cursor.fetchone()
    return Ended(document_id, row[0], "expired", row[1]) if row and row[1] < day else None
