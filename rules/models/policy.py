"""Disclosure policies (domain 2.2), the schemes of source types, and the effect periods of discipline (2.3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rules.models.dated import Dated, dated_constraints

ANY = "any"


class Family(models.TextChoices):
    """Which question a policy answers; a source type belongs to one family, the date then finds the scheme."""

    SEVERITY = "severity", "按失信等级"
    SAFETY = "safety", "特种设备、安全生产、消防"
    GOV_DEFAULT = "gov_default", "政府机构违约拖欠"
    OFFICIAL = "official", "自然人"


class DisclosurePolicy(Dated):
    """How long a record of a class is shown: months are calendar months; no maximum = the period of the sanction."""

    IDENTITY: ClassVar = ("scheme", "severity")
    CONTENT: ClassVar = (
        "family",
        "label",
        "publish_by_default",
        "min_months",
        "max_months",
        "until_performed",
        "yields_to",
    )

    scheme = models.CharField("方案", max_length=24)
    severity = models.CharField("失信等级", max_length=8, default=ANY)
    family = models.CharField("适用", max_length=12, choices=Family)
    label = models.CharField("名称", max_length=80)
    publish_by_default = models.BooleanField("默认公示")
    min_months = models.PositiveSmallIntegerField("最短（月）", null=True, blank=True)
    max_months = models.PositiveSmallIntegerField("最长（月）", null=True, blank=True)
    until_performed = models.BooleanField("履行即可申请修复", default=False)
    yields_to = models.CharField("过渡到", max_length=24, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示政策"
        constraints = dated_constraints("policy", "scheme", "severity")

    def __str__(self) -> str:
        return f"{self.scheme}/{self.severity}"


class SchemeOfSource(Dated):
    """Which family of policies a source type follows, so that a change needs no code (domain 2.2)."""

    IDENTITY: ClassVar = ("source_type",)
    CONTENT: ClassVar = ("family",)

    source_type = models.CharField("失信来源类型", max_length=32)
    family = models.CharField("适用", max_length=12, choices=Family)

    class Meta:
        verbose_name = verbose_name_plural = "来源适用的政策"
        constraints = dated_constraints("scheme", "source_type")

    def __str__(self) -> str:
        return f"{self.source_type}: {self.family}"


class DisciplinePeriod(Dated):
    """How long a disciplinary measure has effect; no number of months = permanent or none, see the note."""

    IDENTITY: ClassVar = ("code",)
    CONTENT: ClassVar = ("label", "months", "most_months", "is_permanent", "is_restricted")

    code = models.CharField("代码", max_length=32)
    label = models.CharField("名称", max_length=40)
    months = models.PositiveSmallIntegerField("月", null=True, blank=True)
    most_months = models.PositiveSmallIntegerField("最多（月）", null=True, blank=True)
    is_permanent = models.BooleanField("永久", default=False)
    is_restricted = models.BooleanField("限内部", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "处分影响期"
        constraints = dated_constraints("discipline", "code")

    def __str__(self) -> str:
        return self.label
