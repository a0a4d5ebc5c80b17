"""The log's one exception: rows whose own entry would date them wait for the day's batch (design section 5).

A model opts in with ``ledger_day``, the column that tells the day of a row. A row written inside ``acts.quietly`` has no
entry at first; the next batch gives it one, of the day's date, in shuffled order among blank entries, so that neither
place nor number of the entries tells when or how often somebody wrote. Until then the row is the record.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.db.models import Max

from ledger import appending, coverage
from ledger.drafts import Draft
from ledger.models import Entry, EntryBody

KIND = "ledger.batch"
"""Kind and object type of every entry of a batch, blank or not; the object is the last day the batch covers."""
SIZE = 64
LOCK = 0x6261746368  # "batch" in ASCII
Row = tuple[type[models.Model], Any]


def waiting_models() -> dict[type[models.Model], str]:
    """Give the covered models whose rows may wait, each with the column that tells the day."""
    return {model: model.ledger_day for model in coverage.covered_models() if hasattr(model, "ledger_day")}


def covered_until() -> date | None:
    """Give the last day a batch has covered, or None before the first batch."""
    last = Entry.objects.filter(object_type=KIND).aggregate(last=Max("object_id"))["last"]
    return date.fromisoformat(last) if last else None


def hold_open() -> None:
    """Keep the batch waiting until this transaction ends; many may hold at once."""
    _lock("pg_advisory_xact_lock_shared")


def hold_alone() -> None:
    """Wait for the quiet acts under way, and keep new ones from committing until this transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [LOCK])  # noqa: S608 - one of the two names above


def append_late(rows: Iterable[Row]) -> None:
    """Write entries for rows of a day no batch will come back to; they stand alone, but still tell the day only."""
    covered = covered_until()
    if covered is None:
        return
    late = [(row, day) for row in rows if (day := _day_of(*row)) <= covered]
    if late:
        appending.append([_entry(row, day=day, until=covered) for row, day in late])


def append(*, changed: Iterable[Row], until: date) -> int:
    """
    Write the batch of the days up to ``until`` inside the open transaction; this will give the number of its entries.

    :param changed: rows the batch itself has written, noted whatever was noted of them before
    """
    noted = _noted_since_last()
    rows = {(model, str(key)): min(_day_of(model, key), until) for model, key in changed}
    for model, days in _waiting(until).items():
        table = model._meta.db_table
        rows |= {
            (model, key): day for key, day in days.items() if (table, key) not in noted and (model, key) not in rows
        }
    blanks = -len(rows) % SIZE if rows else SIZE
    drafts = [_entry(row, day=day, until=until) for row, day in rows.items()]
    drafts += [_entry(None, day=until, until=until) for _ in range(blanks)]
    secrets.SystemRandom().shuffle(drafts)
    appending.append(drafts)
    return len(drafts)


def still_waiting(model: type[models.Model], keys: list[str], covered: date | None) -> set[str]:
    """Give those of these rows, none of which has an entry, that a batch has still to come for."""
    column = getattr(model, "ledger_day", "")
    if not column or not keys:
        return set()
    found = model._default_manager.filter(pk__in=keys)
    if covered is not None:
        found = found.filter(**{f"{column}__gt": covered})
    return {str(key) for key in found.values_list("pk", flat=True)}


def _entry(row: Row | None, *, day: date, until: date) -> Draft:
    """Give the entry of one row, or a blank one: in the log's own columns they differ in nothing but the day."""
    midnight = datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))
    draft = Draft(kind=KIND, person=None, role="system", at=midnight, request_id="", reason="")
    draft.object_type, draft.object_id = KIND, until.isoformat()
    if row is not None:
        draft.rows[row] = None
    return draft


def _day_of(model: type[models.Model], key: Any) -> date:
    column = getattr(model, "ledger_day", "")
    day: date | None = model._default_manager.values_list(column, flat=True).get(pk=key) if column else None
    return day or date.max


def _waiting(until: date) -> Mapping[type[models.Model], dict[str, date]]:
    """Give the rows behind the last batch up to a day, with their days."""
    covered = covered_until() or date.min
    found = {}
    for model, column in waiting_models().items():
        rows = model._default_manager.filter(**{f"{column}__gt": covered, f"{column}__lte": until}).order_by("pk")
        found[model] = {str(key): day for key, day in rows.values_list("pk", column)}
    return found


def _noted_since_last() -> set[tuple[str, str]]:
    """Give the rows that ordinary acts have noted since the last batch, for staff may work on a new row at once."""
    last = Entry.objects.filter(object_type=KIND).aggregate(last=Max("position"))["last"]
    private = Entry.objects.filter(position__gt=-1 if last is None else last, is_public=False).values("position")
    bodies = EntryBody.objects.filter(position__in=private).values_list("body", flat=True)
    noted: set[tuple[str, str]] = set()
    for body in bodies.iterator(chunk_size=500):
        noted.update((row["table"], row["key"]) for row in json.loads(bytes(body))["rows"])
    return noted
