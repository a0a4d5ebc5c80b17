"""Remembering what a person saw last, so that the next visit shows what changed; outside the log, nothing depends on it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from records.models import DishonestyRecord, LastLook
from records.workflow import contents


def look(*, user: User, record: DishonestyRecord, now: datetime) -> None:
    """Note that the person has the present text before him; a recall asks this mark whether somebody has opened it."""
    LastLook.objects.update_or_create(
        record=record,
        person_id=user.person_id,
        defaults={
            "edition": record.edition,
            "version": record.version,
            "content": contents.of(record),
            "looked_at": now,
        },
    )
