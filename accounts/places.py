"""Where the thing behind an address stands, so that access to one thing can be explained; each room tells of its own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps

if TYPE_CHECKING:
    from accounts.models import Department, User


@dataclass(frozen=True)
class Thing:
    """What lies behind an address: its type, the paths to its department and person, the part of the address that is its key.

    `is_limited` says that its queryset has a `visible_to(user, now)` of its own, which decides beside the policy.
    """

    object_type: str
    department: str = "department"
    person: str = ""
    part: str = "pk"
    is_limited: bool = False


@dataclass(frozen=True)
class Place:
    """The department a thing belongs to, whom it is about, and whether it is hidden from the one asked about."""

    department: "Department | None" = None
    subject_person_id: UUID | None = None
    is_hidden: bool = False


_things: dict[str, Thing] = {}


def register(view_name: str, thing: Thing) -> None:
    """Tell what lies behind a view's address; `namespace:*` stands for every address with that part."""
    _things[view_name] = thing


def locate(view_name: str, parts: Mapping[str, Any], *, user: "User", now: datetime) -> Place:
    """Return where the thing behind an address stands, as far as `user` may know.

    This will be an empty place where no room told, and a hidden one for a thing that is not there or not for him:
    both look the same.
    """
    thing = _things.get(view_name) or _things.get(f"{view_name.partition(':')[0]}:*")
    if thing is None or thing.part not in parts:
        return Place()
    rows = apps.get_model(thing.object_type)._default_manager.filter(pk=parts[thing.part])
    if thing.is_limited:
        rows = rows.visible_to(user, now)
    row = rows.select_related(thing.department).first()
    if row is None:
        return Place(is_hidden=True)
    return Place(_along(row, thing.department), _along(row, thing.person))


def _along(row: Any, path: str) -> Any:
    for name in path.split("__") if path else ():
        row = getattr(row, name, None)
    return row if path else None
