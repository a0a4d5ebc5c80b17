"""Who acted, as a course of events says it: "A", or "A（代B）" where B had lent A the role."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import behalf
from accounts.models import Person
from ledger.models import Entry


def names(entries: Iterable[Entry]) -> dict[UUID, str]:
    """Return the names of all who acted and all they acted for, in one query."""
    rows = list(entries)
    keys = {row.person for row in rows if row.person} | {key for row in rows if (key := behalf.of(row))}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))


def who(entry: Entry, known: dict[UUID, str]) -> str:
    """Return who acted, and for whom; nothing for somebody unknown."""
    name, other = known.get(entry.person, "") if entry.person else "", behalf.of(entry)
    return _("%(name)s（代%(other)s）") % {"name": name, "other": known.get(other, "")} if name and other else name
