"""The ways that lead from a record to the cases about it: what its subject, or an office, may start from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from records.models import DishonestyRecord
from records.web.door import Door
from records.web.objections import doors as objections
from records.web.repairs import doors as repairs

Doors = Callable[[DishonestyRecord, User, datetime], list[Door]]
DOORS: tuple[Doors, ...] = (objections.of, repairs.of)
"""One function for each room that starts cases from a record."""


def of(record: DishonestyRecord, *, user: User, now: datetime) -> list[Door]:
    """This will list the ways open or closed to the reader, those of other people left out."""
    return [door for each in DOORS for door in each(record, user, now)]
