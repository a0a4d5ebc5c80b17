"""A report is what one act tells the platform about one version of one subject, in neutral field names."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet


class Operation(models.TextChoices):
    """What happened to the subject (domain 3.5, SX_CZLX)."""

    CREATE = "C", _("新增")
    UPDATE = "U", _("修改")
    WITHDRAW = "W", _("撤销")
    REPAIR = "R", _("修复撤下")
    EXPIRE = "E", _("公示期满")
    MARK = "M", _("异议标注")
    UNMARK = "N", _("取消异议标注")


class Report(Covered):
    """One version of one subject as the platform is to know it; its digest stands in the entry of the act."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    resource = models.CharField(max_length=8)
    subject_id = models.UUIDField()
    version = models.PositiveIntegerField()
    operation = models.CharField(max_length=1, choices=Operation)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    decided_on = models.DateField()
    due_at = models.DateTimeField()
    fields = models.JSONField(default=dict)
    restricted = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    objects = CoveredQuerySet.as_manager()
    ledger_exempt: ClassVar[dict[str, str]] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "subject_id", "version"], name="report_version_once", violation_error_code="unique"
            ),
            models.CheckConstraint(name="report_version_from_one", condition=models.Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.subject_id} v{self.version} {self.operation}"
