"""Where the thing behind an address stands, so that access to one object can be explained; each room tells for its own pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import Department, Official


@dataclass(frozen=True)
class Place:
    """The department a thing belongs to, and the person it is about, where there is one."""

    department: Department | None = None
    subject_person_id: UUID | None = None


Finder = Callable[[Mapping[str, Any]], Place | None]
_finders: dict[str, Finder] = {}


def register(view_name: str, finder: Finder) -> None:
    """Tell how to find the place of the thing behind a view's address, from the parts of the address."""
    _finders[view_name] = finder


def locate(view_name: str, parts: Mapping[str, Any]) -> Place:
    """Return the place of the thing behind an address; this will be empty where no room told how, or nothing is there."""
    finder = _finders.get(view_name)
    return (finder(parts) if finder else None) or Place()


def _of_official(parts: Mapping[str, Any]) -> Place | None:
    official = Official.objects.select_related("department").filter(pk=parts["pk"]).first()
    return Place(official.department, official.person_id) if official else None


register("people:official", _of_official)
register("people:reveal", _of_official)
register("people:add_post", _of_official)
