"""Descriptions of typed details: what a commitment of one key area tells beyond the general form (domain 1.3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rules.models.dated import Dated, dated_constraints


class DetailForm(Dated):
    """
    One form as data: which key areas and kinds of commitments it belongs to, its fields, checks and derived facts.

    A version of details names the form by code and first day, so that it is read by the description it was written with.
    """

    IDENTITY: ClassVar = ("code",)
    CONTENT: ClassVar = ("label", "place", "intro", "areas", "kinds", "fields", "checks", "derived")

    code = models.CharField("代码", max_length=32)
    label = models.CharField("名称", max_length=80)
    place = models.PositiveSmallIntegerField("次序", default=0)
    intro = models.CharField("说明", max_length=300, blank=True)
    areas = models.JSONField("重点领域", default=list, blank=True)
    kinds = models.JSONField("承诺类型", default=list, blank=True)
    fields = models.JSONField("栏目", default=list)
    checks = models.JSONField("检查", default=list, blank=True)
    derived = models.JSONField("推算", default=list, blank=True)

    class Meta:
        constraints = dated_constraints("detail_form", "code")

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
