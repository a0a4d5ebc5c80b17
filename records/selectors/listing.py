"""The list of records a person may open: filters that live in the URL, pages by key, never by offset."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from ledger import cursors
from records.models import DishonestyRecord
from records.models.querysets import RecordQuerySet

CURSOR = "records.list"
MOST = 100


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the person asked for; empty means everything he may see."""

    text: str = ""  # number, document number or unit name
    states: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    department_id: int | None = None  # keeps or is recorded
    decided_from: date | None = None
    decided_to: date | None = None
    is_person: bool | None = None


@dataclass(frozen=True)
class Page:
    """One page of the list, newest registration first."""

    items: list[DishonestyRecord] = field(default_factory=list)
    next_cursor: str = ""
    has_more: bool = False


def records(*, user: User, filters: Filters, now: datetime, cursor: str = "", limit: int = 20) -> Page:
    """
    Return one page of the records visible to the user; this will run two queries, whatever the size of the register.

    :param limit: rows a page, 1 to 100
    :raises ledger.cursors.BadCursor: the cursor was made up, or for another list
    """
    limit = max(1, min(limit, MOST))
    rows = _filtered(DishonestyRecord.objects.visible_to(user, now), filters)
    if cursor:
        rows = rows.filter(_after(cursors.open_cursor(CURSOR, cursor)))
    found = list(rows.with_names().order_by("-registered_on", "-id")[: limit + 1])
    items, has_more = found[:limit], len(found) > limit
    last = items[-1] if has_more else None
    token = cursors.seal_cursor(CURSOR, {"on": last.registered_on.isoformat(), "id": str(last.pk)}) if last else ""
    return Page(items, token, has_more)


def _after(place: dict[str, Any]) -> Q:
    on, key = date.fromisoformat(place["on"]), UUID(place["id"])
    return Q(registered_on__lt=on) | Q(registered_on=on, id__lt=key)


def _filtered(rows: RecordQuerySet, filters: Filters) -> RecordQuerySet:
    exact = {
        "state__in": filters.states,
        "source_type__in": filters.source_types,
        "decided_on__gte": filters.decided_from,
        "decided_on__lte": filters.decided_to,
        "is_person": filters.is_person,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value not in ((), None)})
    if filters.severities:
        proposed = Q(severity="", severity_proposed__in=filters.severities)
        rows = rows.filter(Q(severity__in=filters.severities) | proposed)
    for area in filters.areas:
        rows = rows.filter(key_areas__contains=[area])
    if filters.department_id is not None:
        rows = rows.filter(Q(department_id=filters.department_id) | Q(subject_department_id=filters.department_id))
    if text := filters.text.strip():
        rows = rows.filter(
            Q(number__icontains=text) | Q(document_number__icontains=text) | Q(subject_unit_name__icontains=text)
        )
    return rows
