"""A reconciliation compares what should be live on the platform with what it says it holds."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Reconciliation(models.Model):
    """One comparison by SX_ID and version; the differences are listed, each with its kind and its likely reason."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ran_at = models.DateTimeField("时间")
    ours = models.PositiveIntegerField("我方")
    theirs = models.PositiveIntegerField("平台")
    differences = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = "对账"
        get_latest_by = "ran_at"

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d} {len(self.differences)}"
