"""The kinds of cases: what the start page, lists, search and pages need to know of every workflow, told once by each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise

from accounts import marks
from accounts.marks import Mark
from accounts.models import RoleGrant, User
from rules.workflow import Machine


@dataclass(frozen=True)
class Ask:
    """
    In these states a case waits for this role to do that.

    ``role`` may be ``subject``. ``action`` is the arrow that would be taken: whoever a hand closes it to is not asked.
    ``where`` narrows the rows further; ``edits`` leads to the form instead of the page. ``department`` is the path to the
    department whose scope counts for this task where it is not the kind's.
    """

    states: tuple[str, ...]
    role: str
    task: str | Promise
    action: str = ""
    where: Q = field(default_factory=Q)
    edits: bool = False
    at: str = ""  # path to the one department at which the role must be granted, where reach alone would ask too many
    department: str = ""


@dataclass(frozen=True)
class CaseKind:
    """
    One workflow as the pages see it.

    ``page`` is the view of one case (argument ``pk``), ``list_page`` that of the list. ``department`` is the path from the
    case to the department whose scope counts, the one ``machine.department_of`` gives; ``person`` the path to the
    natural person concerned. ``subject_rows`` picks the cases in which a user speaks for the subject. ``clocks`` names
    the deadline rules that count in each state, the step's own first. ``tied`` are paths to further departments whose
    declared recusals keep a person out. A sealed kind is in no search and no general list, and
    nobody is asked about a case he may not open. ``may_hear(key, user, now)`` says who, though he may not open such a case,
    may hear that one is overdue where he answers for the office it lies with; nobody where the kind says nothing.
    The model's manager has ``visible_to(user, now)``.
    """

    machine: Machine[Any]
    page: str
    list_page: str
    title: Callable[[Any], str]
    number: Callable[[Any], str]
    asks: tuple[Ask, ...]
    marks: Mapping[Any, Mark]
    edit_page: str = ""
    lead: Callable[[Any], str] | None = None  # the credit lead office by name, where the case knows it
    second: Callable[[Any], str] = lambda case: ""  # what stands beside the number
    number_field: str = "number"
    drafts: tuple[str, ...] = ("draft",)
    department: str = "department"
    tied: tuple[str, ...] = ()
    person: str = ""
    subject_rows: Callable[[User, list[RoleGrant], datetime], Q] | None = None
    clocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    related: tuple[str, ...] = ()  # select_related of lists
    is_sealed: bool = False
    may_hear: Callable[[str, User, datetime], bool] | None = None
    is_part: bool = False  # found through the case it belongs to, so in no search of its own

    @property
    def name(self) -> str:
        """The name of the machine, which is that of the kind."""
        return self.machine.name

    def address(self, case: Any) -> str:
        """Give the address of a case's page."""
        return reverse(self.page, args=[case.pk])


KINDS: dict[str, CaseKind] = {}
"""Every kind by name, in the order they are told."""


def register(kind: CaseKind) -> None:
    """Tell of a kind when the room starts; its badges are told with it."""
    KINDS[kind.name] = kind
    marks.register(kind.name, dict(kind.marks))
