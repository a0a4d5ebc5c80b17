"""Opening archives: every official and every unit gets one, by the clock or when somebody looks first (row 19)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import IntegrityError

from accounts.models import Department, Official
from ledger import acts
from ledger.actors import SYSTEM
from records.models import IntegrityArchive
from rules.clock import local_day

BATCH = 500
"""Archives opened in one act."""


def open_missing(*, now: datetime) -> int:
    """Open the archive of everybody registered who has none; this will write nothing where none is missing."""
    today = local_day(now)
    officials = Official.objects.filter(archive=None).order_by("id")
    units = Department.objects.filter(archive=None).order_by("id")
    missing = [IntegrityArchive(official=each, opened_on=today) for each in officials]
    missing += [IntegrityArchive(department=each, opened_on=today) for each in units]
    for batch in _batches(missing):
        with acts.act(kind="archive.open", actor=SYSTEM, role="system", now=now):
            IntegrityArchive.objects.bulk_create(batch)
    return len(missing)


def of_official(*, official: Official, now: datetime) -> IntegrityArchive:
    """Return an official's archive; this will open it where it is missing."""
    found = IntegrityArchive.objects.filter(official=official).first()
    return found or _open(IntegrityArchive(official=official, opened_on=local_day(now)), now=now)


def of_unit(*, department: Department, now: datetime) -> IntegrityArchive:
    """Return a unit's archive; this will open it where it is missing."""
    found = IntegrityArchive.objects.filter(department=department).first()
    return found or _open(IntegrityArchive(department=department, opened_on=local_day(now)), now=now)


def _open(archive: IntegrityArchive, *, now: datetime) -> IntegrityArchive:
    try:
        with acts.act(kind="archive.open", actor=SYSTEM, role="system", now=now) as opened:
            archive.save(force_insert=True)
            opened.about(archive)
    except IntegrityError:
        # Two looked first at once: the other one's stands.
        first = IntegrityArchive.objects.filter(official=archive.official, department=archive.department).first()
        if first is None:
            raise
        return first
    return archive


def _batches(rows: list[IntegrityArchive]) -> Iterator[Iterable[IntegrityArchive]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
