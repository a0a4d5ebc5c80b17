"""A mapping is a table of columns; one small machine fills and checks any of them before a byte is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Check = Callable[["Column", Any, "Facts"], "Fault | None"]
Need = Callable[["Facts"], bool]


@dataclass(frozen=True)
class Facts:
    """Everything one report says, opened: neutral fields (the restricted ones too) and the header."""

    subject_id: UUID
    version: int
    operation: str
    decided_on: date
    created_at: datetime
    batch: str
    today: date
    fields: dict[str, Any]

    def get(self, name: str) -> Any:
        """This will give a neutral field, or None where it is absent or empty."""
        value = self.fields.get(name)
        return None if value in ("", [], None) else value


@dataclass(frozen=True)
class Fault:
    """What is wrong with one column, in the platform's own codes (domain 3.5)."""

    code: str
    column: str
    label: str
    message: str

    def __str__(self) -> str:
        return _("“%(label)s”%(message)s（%(code)s）") % {
            "label": self.label,
            "message": self.message,
            "code": self.code,
        }


def always(_facts: Facts) -> bool:
    """This will say that the column may never be empty."""
    return True


def never(_facts: Facts) -> bool:
    """This will say that the column may be left out."""
    return False


@dataclass(frozen=True)
class Value:
    """How a column gets its value, and from which neutral field; from none where the system makes it."""

    source: str
    read: Callable[[Facts], str | None]

    def __call__(self, facts: Facts) -> str | None:
        """This will give the value, or None where there is none."""
        return self.read(facts)


@dataclass(frozen=True)
class Column:
    """One field of the platform: where its value comes from, whether it must be there, and what it must look like."""

    name: str
    label: str | Promise
    value: Value
    need: Need = always
    longest: int = 0
    checks: tuple[Check, ...] = ()
    is_restricted: bool = False


@dataclass(frozen=True)
class Mapping:
    """The columns of one resource, in the order of its specification."""

    resource: str
    version: str
    columns: tuple[Column, ...]
    crosswise: tuple[Callable[[dict[str, str]], Fault | None], ...] = field(default=())

    def fill(self, facts: Facts) -> dict[str, str]:
        """This will give the row for the platform: text only, absent columns left out. It does not check."""
        row = {column.name: column.value(facts) for column in self.columns}
        return {name: value for name, value in row.items() if value is not None}

    def faults(self, row: dict[str, str], facts: Facts) -> list[Fault]:
        """This will list everything the platform would refuse in the row, in column order; none means: send."""
        found = [fault for column in self.columns for fault in _faults_of(column, row.get(column.name), facts)]
        return found + [fault for check in self.crosswise if (fault := check(row))]

    def label(self, name: str) -> str:
        """This will give the Chinese label of a column, or the name itself where it is none of ours."""
        return next((str(column.label) for column in self.columns if column.name == name), name)

    def source(self, name: str) -> str:
        """This will name the neutral field a column is taken from; empty where the system makes it, or it is none of ours."""
        return next((column.value.source for column in self.columns if column.name == name), "")

    def restricted(self) -> frozenset[str]:
        """This will name the columns that hold personal data and are masked on every page."""
        return frozenset(column.name for column in self.columns if column.is_restricted)


def _faults_of(column: Column, value: str | None, facts: Facts) -> Iterator[Fault]:
    if value is None:
        if column.need(facts):
            yield Fault("E010", column.name, str(column.label), _("没有填"))
        return
    if column.longest and len(value) > column.longest:
        told = _("超过 %(most)d 字，现有 %(have)d 字") % {"most": column.longest, "have": len(value)}
        yield Fault("E011", column.name, str(column.label), told)
    for check in column.checks:
        fault = check(column, value, facts)
        if fault:
            yield fault
            return
