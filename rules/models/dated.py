"""Law as dated rows: what holds, from when, to when, and where it is written."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from ledger.covered import Covered, CoveredQuerySet


class Mark(models.TextChoices):
    """How well a value is founded; only ``source`` and ``seed`` may be shown as law or policy."""

    SOURCE = "source", "有出处"
    SEED = "seed", "实施方案"
    OWN = "own", "待核实"
    DESIGN = "design", "平台约定"


class Origin(models.TextChoices):
    """Who wrote a row: the shipped data files, or the credit lead office."""

    FILE = "file", "随平台提供"
    OFFICE = "office", "信用牵头部门修改"


class DatedQuerySet(CoveredQuerySet):
    """The vocabulary for picking dated rows."""

    def on(self, day: date) -> Self:
        """Keep the rows that hold on a day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Dated(Covered):
    """A row of law: it holds from ``valid_from`` to ``valid_to`` (both included; no end = still holds)."""

    IDENTITY: ClassVar[tuple[str, ...]] = ()
    CONTENT: ClassVar[tuple[str, ...]] = ()

    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    source = models.CharField("出处", max_length=200, blank=True)
    mark = models.CharField("依据等级", max_length=8, choices=Mark)
    note = models.CharField("说明", max_length=400, blank=True)
    origin = models.CharField("来源", max_length=8, choices=Origin, default=Origin.FILE)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_law(self) -> bool:
        """Whether a page may name the source as the ground of the value (domain 0.1)."""
        return self.mark in (Mark.SOURCE, Mark.SEED)

    def identity(self) -> tuple[object, ...]:
        """This will give what the row is about; rows of one identity follow each other in time."""
        return tuple(getattr(self, name) for name in self.IDENTITY)

    def content(self) -> tuple[object, ...]:
        """This will give what the row says, without its dates."""
        return tuple(getattr(self, name) for name in (*self.CONTENT, "source", "mark", "note"))


def dated_constraints(table: str, *identity: str) -> list[models.BaseConstraint]:
    """This will give the constraints of a dated table: no two rows begin together, one row is open, none ends first."""
    return [
        models.UniqueConstraint(name=f"{table}_begins_once", fields=[*identity, "valid_from"]),
        models.UniqueConstraint(name=f"{table}_one_open", fields=[*identity], condition=Q(valid_to=None)),
        models.CheckConstraint(
            name=f"{table}_ends_after_start", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
        ),
    ]
