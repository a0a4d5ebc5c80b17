"""Keeping the text of each edition as it was handed in or corrected."""

from __future__ import annotations

from datetime import datetime

from ledger.actors import Actor
from records.models import DishonestyRecord, RecordEdition
from records.workflow import contents


def keep(record: DishonestyRecord, *, actor: Actor, why: str, now: datetime) -> RecordEdition:
    """Keep the present content as this edition; a draft recalled and handed in again replaces its own."""
    held: RecordEdition | None = record.editions.filter(edition=record.edition).first()
    kept = held or RecordEdition(record=record, edition=record.edition)
    kept.content, kept.why = contents.of(record), why
    kept.made_by_id, kept.made_at = actor.person_id, now
    kept.save()
    return kept
