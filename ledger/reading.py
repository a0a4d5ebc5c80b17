"""Reading the log: from a position on, by object, and what the public may see of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from ledger import refused
from ledger.models import Entry, PublicEntry, Tombstone


def entries_after(position: int, *, limit: int, names: Sequence[str] = ("exchange.report",)) -> list[Entry]:
    """
    Give the entries behind a position that refer to something of one of these names, in order.

    Positions have no gap and follow the order of commits, so a reader that has seen one has seen all before it.

    :param position: the last position already read; -1 begins at the start
    """
    wanted = Q()
    for name in names:
        wanted |= Q(refs__contains=[{"name": name}])
    return list(Entry.objects.filter(wanted, position__gt=position).exclude(refs=[]).order_by("position")[:limit])


def refs_of(entry: Entry, name: str) -> list[dict[str, str]]:
    """Give the entry's references of one name, each with ``key`` and ``digest`` (hex)."""
    return [ref for ref in entry.refs if ref["name"] == name]


def last_position() -> int:
    """Give the position of the last committed entry, or -1 where the log is empty."""
    found: int | None = Entry.objects.aggregate(last=Max("position"))["last"]
    return -1 if found is None else found


def last_change() -> UUID | None:
    """
    Give the id of the last committed entry that may have changed a row.

    As long as it is the same, no covered row has changed but by the day's batch; a refusal changes nothing.
    """
    return Entry.objects.exclude(kind=refused.KIND).order_by("-position").values_list("id", flat=True).first()


def history_of(object_type: str, object_id: str) -> QuerySet[Entry]:
    """Give the entries about one object (``app.model``, key as text), oldest first."""
    return Entry.objects.filter(object_type=object_type, object_id=str(object_id)).order_by("position")


def public_entries_after(position: int, *, limit: int, using: str = "default") -> list[PublicEntry]:
    """
    Give the public entries behind a position, ends included, in order.

    Bodies that were erased are None at every position. Usable through the public login.
    """
    return list(PublicEntry.objects.using(using).filter(position__gt=position).order_by("position")[:limit])


def live_entry(document: UUID, *, version: int | None = None, using: str = "default") -> PublicEntry | None:
    """Give the public entry whose bytes still stand for a document, or None where it never was public or has ended."""
    standing = PublicEntry.objects.using(using).filter(document=document, body__isnull=False, ended_kind__isnull=True)
    if version is not None:
        standing = standing.filter(version=version)
    return standing.order_by("-position").first()


def tombstone_of(document: UUID, *, using: str = "default") -> Tombstone | None:
    """Give the last end of a document, or None where it has none."""
    return Tombstone.objects.using(using).filter(document=document).order_by("-position").first()


def filtered(
    *,
    kind: str = "",
    object_type: str = "",
    object_id: str = "",
    persons: Sequence[UUID] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Entry]:
    """
    Give the entries that meet every condition given, for the auditor's page; kinds match by their beginning.

    :param kind: the kind of act or of public entry, or the action a refusal was about
    """
    found = Entry.objects.all()
    if kind:
        found = found.filter(Q(kind__startswith=kind) | Q(refs__contains=[{"name": "refused.action", "key": kind}]))
    if object_type:
        found = found.filter(object_type=object_type)
    if object_id:
        found = found.filter(Q(object_id=object_id) | Q(document__in=_as_document(object_id)))
    if persons is not None:
        found = found.filter(person__in=persons)
    if since is not None:
        found = found.filter(at__gte=since)
    return found.filter(at__lt=until) if until is not None else found


def _as_document(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
