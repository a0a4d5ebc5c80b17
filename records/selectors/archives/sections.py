"""The sections of an archive's page: each room tells once what it has to say about a subject, and the page asks them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from accounts.models import Department, Official, RoleGrant, User

MOST = 50
"""Lines of one section on the page; where there are more, the page says so."""


@dataclass(frozen=True)
class Whom:
    """Whose archive is read: an official with his department of today, or a unit."""

    department: Department
    official: Official | None = None

    def rows(self, *, department: str = "subject_department", official: str = "subject_official") -> Q:
        """Return the condition for rows about the subject; both paths may lead through other models."""
        if self.official is not None:
            return Q(**{f"{official}_id": self.official.pk})
        return Q(**{f"{department}_id": self.department.pk, f"{official}__isnull": True})


@dataclass(frozen=True)
class Reader:
    """Who reads, with his grants, at which moment."""

    user: User
    grants: list[RoleGrant]
    now: datetime
    is_subject: bool = False  # reads his own, or speaks for the unit


@dataclass(frozen=True)
class Line:
    """One thing in a section; with ``page`` and ``key`` it leads to where the reader may open it."""

    text: str
    when: date | None = None
    note: str = ""
    kind: str = ""  # of the badge
    state: str = ""
    severity: str = ""
    page: str = ""
    key: Any = None


Lines = Callable[[Whom, Reader], Iterable[Line]]


@dataclass(frozen=True)
class Section:
    """What one room has to say: ``lines`` gives at most ``MOST`` + 1, newest first, in a fixed number of queries."""

    key: str
    title: str | Promise
    lines: Lines
    place: int = 100  # order on the page
    empty: str | Promise = ""
    about: tuple[str, ...] = ("unit", "person")


@dataclass(frozen=True)
class Filled:
    """A section with its lines for one reader."""

    section: Section
    lines: list[Line] = field(default_factory=list)
    has_more: bool = False


SECTIONS: dict[str, Section] = {}


def register(section: Section) -> None:
    """Tell of a section when the room starts."""
    SECTIONS[section.key] = section


def gather(whom: Whom, reader: Reader) -> list[Filled]:
    """Return every section that concerns this kind of subject, in the order of the page."""
    about = "person" if whom.official else "unit"
    told = [each for each in sorted(SECTIONS.values(), key=lambda each: each.place) if about in each.about]
    return [_filled(section, whom, reader) for section in told]


def _filled(section: Section, whom: Whom, reader: Reader) -> Filled:
    found = list(section.lines(whom, reader))
    return Filled(section, found[:MOST], len(found) > MOST)
