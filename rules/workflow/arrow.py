"""Arrows: what may happen to an object, who may do it, and what it sets going."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from accounts.models import Department
from ledger.actors import Actor
from ledger.refusals import Refused

SYSTEM_ROLE = "system"
SUBJECT_ROLE = "subject"


@dataclass(frozen=True)
class GuardContext:
    """What a guard may look at; ``offering`` = only asked for a button, the form's facts are not there yet."""

    obj: Any
    actor: Actor
    now: datetime
    changes: Mapping[str, Any] = field(default_factory=dict)
    offering: bool = False


Guard = Callable[[GuardContext], str | Refused | None]
"""A rule of an arrow: None lets it pass, a sentence refuses with 409, a ``Refused`` refuses as it is."""


@dataclass(frozen=True)
class Starts:
    """A deadline an arrow starts; ``on`` names a date field of the object, or computes the day; empty = the day of the act."""

    rule: str
    on: str | Callable[[Any], date] = ""
    owner_role: str = ""
    owner_department: Callable[[Any], Department | None] | None = None

    def started_on(self, obj: models.Model, today: date) -> date:
        """This will give day 0 of the deadline."""
        if callable(self.on):
            return self.on(obj)
        return getattr(obj, self.on) if self.on else today


@dataclass(frozen=True)
class Arrow:
    """
    One row of a workflow's table.

    ``roles`` may hold ``system`` and ``subject``. ``part`` is the hand the act leaves (filer, editor, reviewer,
    approver …); ``four_eyes`` closes the arrow to whoever has another hand in the object. ``signatures`` is the ordered
    list of roles that must sign; the last signature performs the arrow. ``target`` None keeps the state.
    ``starts`` and ``closes`` are deadline rules; ``public`` and ``reported`` say what the act shows and sends.
    """

    action: str
    label: str
    sources: frozenset[str]
    target: str | None
    roles: tuple[str, ...]
    part: str = ""
    four_eyes: bool = False
    signatures: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    needs_reason: bool = False
    starts: tuple[str | Starts, ...] = ()
    closes: tuple[str, ...] = ()
    public: str = ""
    reported: str = ""
    consequence: str = ""
    law: str = ""

    def started(self) -> Iterable[Starts]:
        """This will give the deadlines the arrow starts, in one form."""
        return (each if isinstance(each, Starts) else Starts(each) for each in self.starts)


@dataclass(frozen=True)
class Offer:
    """An arrow as one person sees it on one object: open, or closed with the reason in words."""

    arrow: Arrow
    open: bool
    why: str = ""
