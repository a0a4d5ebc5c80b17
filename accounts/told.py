"""How the things in the log are told to people: a noun, a title, and the staff page they have; each room tells of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its noun, the view of its page, the path to its title, and the column its address is made of."""

    noun: str | Promise
    page: str = ""
    title: str = ""
    key: str = "pk"


@dataclass(frozen=True)
class Told:
    """One thing as a page names it; without a page there is no address."""

    noun: str
    title: str = ""
    url: str = ""


_kinds: dict[str, Kind] = {}


def register(object_type: str, kind: Kind) -> None:
    """Say how things of a type (`app.model`) are told; call it when the room starts."""
    _kinds[object_type] = kind


def tell(things: Iterable[tuple[str, str]], *, opens: Callable[[str], bool]) -> dict[tuple[str, str], Told]:
    """Return how each (type, key) is told; this will run one query for each registered type with a title.

    `opens` says of a view whether the reader may open it: a name he may not follow stays plain text.
    """
    wanted: dict[str, set[str]] = {}
    for object_type, key in things:
        if object_type:
            wanted.setdefault(object_type, set()).add(key)
    found: dict[tuple[str, str], Told] = {}
    for object_type, keys in wanted.items():
        kind = _kinds.get(object_type, Kind(_verbose(object_type)))
        found |= {(object_type, key): Told(str(kind.noun)) for key in keys}
        if kind.title:
            found |= _titled(object_type, kind, keys, leads=bool(kind.page) and opens(kind.page))
    return found


def _titled(object_type: str, kind: Kind, keys: set[str], *, leads: bool) -> dict[tuple[str, str], Told]:
    rows = apps.get_model(object_type)._default_manager.filter(pk__in=keys).values_list("pk", kind.title, kind.key)
    return {
        (object_type, str(pk)): Told(str(kind.noun), str(title), reverse(kind.page, args=[key]) if leads else "")
        for pk, title, key in rows
    }


def _verbose(object_type: str) -> str:
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type
