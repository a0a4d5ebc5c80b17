"""What the workflows beside the record have to say in an archive: the cases about a subject that the reader may open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from records.selectors.archives.sections import MOST, Line, Lines, Reader, Section, Whom
from records.workflow.kinds import KINDS


def _lines(kind_name: str, *, where: Callable[[Whom], Q], day: str) -> Lines:
    """Make the lines of one kind of case: titles and badges are those of its lists, newest first."""

    def lines(whom: Whom, reader: Reader) -> Iterator[Line]:
        kind = KINDS[kind_name]
        rows: Any = kind.machine.model._default_manager
        found = rows.visible_to(reader.user, reader.now).filter(where(whom)).select_related(*kind.related)
        for case in found.order_by(f"-{day}", "-id")[: MOST + 1]:
            when: date | None = getattr(case, day)
            yield Line(
                text=f"{kind.number(case)} {kind.title(case)}".strip(),
                when=when,
                kind=kind.name,
                state=case.state,
                page=kind.page,
                key=case.pk,
            )

    return lines


def _promised(whom: Whom) -> Q:
    """A unit answers for all its promises, an official for those that name him."""
    if whom.official is not None:
        return Q(responsible_official=whom.official)
    return Q(department=whom.department)


def _objected(whom: Whom) -> Q:
    return whom.rows()


def _repaired(whom: Whom) -> Q:
    return whom.rows(department="applicant_department", official="applicant_official")


COMMITMENTS = Section(
    "commitments",
    gettext_lazy("承诺"),
    _lines("commitment", where=_promised, day="registered_on"),
    place=10,
    empty=gettext_lazy("没有您能看的承诺。"),
)
OBJECTIONS = Section(
    "objections",
    gettext_lazy("异议"),
    _lines("objection", where=_objected, day="filed_on"),
    place=40,
    empty=gettext_lazy("没有您能看的异议。"),
)
REPAIRS = Section(
    "repairs",
    gettext_lazy("信用修复"),
    _lines("repair", where=_repaired, day="opened_on"),
    place=50,
    empty=gettext_lazy("没有您能看的信用修复。"),
)
