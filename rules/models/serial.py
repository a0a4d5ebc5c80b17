"""Counters of the numbers shown to people."""

from __future__ import annotations

from django.db import models


class SerialCounter(models.Model):
    """The last number given in a department, kind and year; the numbers themselves stand in the covered rows."""

    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="serial_one_counter", fields=["department", "kind", "year"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
