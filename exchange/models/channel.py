"""A channel is one way to one platform: its breaker, its last success, and how far the readers have come."""

from __future__ import annotations

from django.db import models


class Channel(models.Model):
    """The health of the way to the platform; an open breaker lets one probe through at ``probe_at``."""

    name = models.CharField("名称", max_length=16, primary_key=True)
    failures = models.PositiveIntegerField("连续失败", default=0)
    opened_at = models.DateTimeField("断开", null=True)
    probe_at = models.DateTimeField("下次试探", null=True)
    last_ok_at = models.DateTimeField("最近成功", null=True)
    last_failure_at = models.DateTimeField(null=True)
    last_failure = models.CharField("最近失败", max_length=300, blank=True)
    results_cursor = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "通道"

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """How far a named reader of the ledger has come."""

    name = models.CharField("名称", max_length=32, primary_key=True)
    position = models.BigIntegerField("位置", default=-1)

    class Meta:
        verbose_name = verbose_name_plural = "日志读到的位置"

    def __str__(self) -> str:
        return f"{self.name} @ {self.position}"
