"""The hearing of the subject before recognition: the prior notice, and what the subject said to it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord


class NoticeMethod(models.TextChoices):
    """How the prior notice reached the subject."""

    DIRECT = "direct", _("直接送达")
    POST = "post", _("邮寄送达")
    ELECTRONIC = "electronic", _("电子送达")
    LEFT = "left", _("留置送达")


class PriorNotice(Covered):
    """The notice of facts, basis, consequence and rights; its delivery starts the period for a statement."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="notices")
    edition = models.PositiveIntegerField()
    facts = models.TextField()
    basis = models.TextField()
    consequence = models.TextField()
    rights = models.TextField()
    method = models.CharField(max_length=12, choices=NoticeMethod)
    received_by = models.CharField(max_length=100)
    delivered_on = models.DateField()
    ends_on = models.DateField()  # last day for a statement
    ends_provisional = models.BooleanField(default=False)
    delivered_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notice_once_per_edition", fields=["record", "edition"]),
            models.CheckConstraint(name="notice_days_in_order", condition=Q(ends_on__gte=models.F("delivered_on"))),
            models.CheckConstraint(name="notice_method_known", condition=Q(method__in=NoticeMethod.values)),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} / {self.edition}"


class StatementKind(models.TextChoices):
    """What the subject answered."""

    STATEMENT = "statement", _("陈述申辩")
    WAIVER = "waiver", _("放弃陈述申辩")


class SubjectStatement(Covered):
    """A statement, or the waiver of it; recognition must answer a statement."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="statements")
    notice = models.ForeignKey(PriorNotice, models.PROTECT, related_name="statements")
    edition = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=StatementKind)
    text = models.TextField(blank=True)
    received_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    by_subject = models.BooleanField(default=False)  # typed in by the subject, not copied from paper by a clerk

    objects = CoveredQuerySet.as_manager()
    ledger_exempt: ClassVar[dict[str, str]] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(name="statement_kind_known", condition=Q(kind__in=StatementKind.values)),
            models.CheckConstraint(name="statement_has_text", condition=Q(kind=StatementKind.WAIVER) | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind}"
