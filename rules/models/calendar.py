"""The working-day calendar: one row a day for the years the State Council has announced."""

from __future__ import annotations

from django.db import models

from ledger.covered import Covered


class CalendarDay(Covered):
    """A day of an announced year: worked or not, and what it is called (a holiday or 调休上班)."""

    day = models.DateField("日期", primary_key=True)
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40, blank=True)
    source = models.CharField("出处", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "工作日日历"

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
