"""Code lists: every code a record may carry, with its legal basis and its dates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rules.models.dated import Dated, dated_constraints


class Code(Dated):
    """One entry of a code list; ``facts`` holds what only that list needs (documented in its data file)."""

    IDENTITY: ClassVar = ("list_name", "code")
    CONTENT: ClassVar = ("label", "place", "basis", "facts")

    list_name = models.CharField("代码表", max_length=32)
    code = models.CharField("代码", max_length=64)
    label = models.CharField("名称", max_length=120)
    place = models.PositiveSmallIntegerField("次序", default=0)
    basis = models.CharField("法律依据", max_length=300, blank=True)
    facts = models.JSONField("其他", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代码表"
        constraints = dated_constraints("code", "list_name", "code")

    def __str__(self) -> str:
        return f"{self.list_name}/{self.code} {self.label}"
