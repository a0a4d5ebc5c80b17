"""Things of which some readers of the log may not even know that there are any; each room tells of its own.

A complaint is hidden from the auditor who serves the department complained about, as it is from everybody else there.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from accounts.models import User

Finder = Callable[["User", datetime], Iterable[str]]

_finders: dict[str, Finder] = {}


def register(object_type: str, finder: Finder) -> None:
    """Say which things of a type (`app.model`) a reader may not know of; call it when the room starts."""
    _finders[object_type] = finder


def without(entries: QuerySet[Any], *, user: "User", now: datetime) -> QuerySet[Any]:
    """Return the entries of the log without those about things hidden from the reader."""
    for object_type, finder in _finders.items():
        keys = list(finder(user, now))
        if keys:
            entries = entries.exclude(object_type=object_type, object_id__in=keys)
    return entries
