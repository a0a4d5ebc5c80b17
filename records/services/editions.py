"""Keeping the text of each edition as it was handed in or corrected."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ledger.actors import Actor
from records.models import DishonestyRecord, RecordEdition


def content(record: DishonestyRecord) -> dict[str, Any]:
    """Return the content of a record as plain values: texts, booleans and lists."""
    return {field: _plain(getattr(record, field)) for field in DishonestyRecord.CONTENT}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value


def keep(record: DishonestyRecord, *, actor: Actor, why: str, now: datetime) -> RecordEdition:
    """Keep the present content as this edition; a draft recalled and handed in again replaces its own."""
    held: RecordEdition | None = record.editions.filter(edition=record.edition).first()
    kept = held or RecordEdition(record=record, edition=record.edition)
    kept.content, kept.why = content(record), why
    kept.made_by_id, kept.made_at = actor.person_id, now
    kept.save()
    return kept
