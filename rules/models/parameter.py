"""Numbers and switches of domain 2.4, by profile and by date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rules.models.dated import Dated, dated_constraints


class Unit(models.TextChoices):
    """What a number counts."""

    WORKING_DAYS = "wd", "个工作日"
    DAYS = "d", "天"
    MONTHS = "m", "个月"
    YEARS = "y", "年"
    MINUTES = "min", "分钟"
    TIMES = "times", "次"
    RATIO = "ratio", "比率"
    YUAN = "yuan", "元"
    SWITCH = "switch", "开关"
    TEXT = "text", "文字"
    CHOICE = "choice", "选项"  # one code of the list named after the key


class Holder(models.TextChoices):
    """Whose clock a period is: a running right of the subject is never shortened by a calendar change."""

    ORGAN = "organ", "机关的期限"
    SUBJECT = "subject", "当事人的期限"


class Parameter(Dated):
    """One number or switch: key, profile (empty = everywhere), value, unit, whose clock it is."""

    IDENTITY: ClassVar = ("key", "profile")
    CONTENT: ClassVar = ("label", "value", "unit", "holder")

    key = models.CharField("键", max_length=64)
    profile = models.CharField("地区", max_length=4, blank=True)
    label = models.CharField("名称", max_length=80)
    value = models.JSONField("值")
    unit = models.CharField("单位", max_length=8, choices=Unit)
    holder = models.CharField("谁的期限", max_length=8, choices=Holder, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "参数"
        constraints = dated_constraints("parameter", "key", "profile")

    def __str__(self) -> str:
        return f"{self.label}（{self.key}）"

    @property
    def list_name(self) -> str:
        """The code list a choice is taken from: the key with an underscore for its dot."""
        return self.key.replace(".", "_")
