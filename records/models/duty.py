"""What a record in force makes its subject owe: a report, a rectification, sanctions; and what a scan hit was answered."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord


class SituationReportState(models.TextChoices):
    """The states of domain 4.9."""

    REQUIRED = "required", _("应提交")
    DRAFTED = "drafted", _("起草中")
    SUBMITTED = "submitted", _("已提交")
    ACCEPTED = "accepted", _("已接受")
    RETURNED = "returned", _("退回")
    CANCELLED = "cancelled", _("已免除")


class SituationReport(Covered):
    """失信情况报告: the written explanation the unit owes its superior (rows 27 and 4.9)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="situation_reports")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    superior = models.ForeignKey("accounts.Department", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=SituationReportState, default=SituationReportState.REQUIRED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    required_on = models.DateField()
    due_on = models.DateField()
    due_provisional = models.BooleanField(default=False)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="situation_report_once", fields=["record"]),
            models.CheckConstraint(name="situation_state_known", condition=Q(state__in=SituationReportState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.due_on}"


class RectificationState(models.TextChoices):
    """The states of domain 4.6, as far as the order itself goes."""

    ORDERED = "ordered", _("已下达")
    RECEIVED = "received", _("已签收")
    IN_PROGRESS = "in_progress", _("整改中")
    EXTENSION_REQUESTED = "extension_requested", _("申请延期")
    SUBMITTED = "submitted", _("待验收")
    RETURNED = "returned", _("验收退回")
    ACCEPTED = "accepted", _("验收通过")
    OVERDUE = "overdue", _("逾期")
    REFUSED = "refused", _("拒不整改")
    CLOSED = "closed", _("已办结")


class Rectification(Covered):
    """限期整改: what must be put right, by when, ordered by whom (row 28)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="rectifications")
    number = models.CharField(max_length=40, unique=True)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    requirements = models.TextField()
    state = models.CharField(max_length=20, choices=RectificationState, default=RectificationState.ORDERED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    ordered_on = models.DateField()
    due_on = models.DateField()
    due_provisional = models.BooleanField(default=False)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rectification_state_known", condition=Q(state__in=RectificationState.values)),
            models.CheckConstraint(name="rectification_days", condition=Q(due_on__gte=models.F("ordered_on"))),
        ]

    def __str__(self) -> str:
        return self.number


class SanctionState(models.TextChoices):
    """Whether a measure binds today."""

    ACTIVE = "active", _("执行中")
    ENDED = "ended", _("已解除")


class Sanction(Covered):
    """惩戒措施: one measure from the list, in force while the record is, never longer than disclosure (row 38)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="measures")
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=SanctionState, default=SanctionState.ACTIVE)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # last day at most; none where the policy names no end
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=40, blank=True)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="sanction_once", fields=["record", "code"], condition=Q(state="active")),
            models.CheckConstraint(name="sanction_state_known", condition=Q(state__in=SanctionState.values)),
            models.CheckConstraint(
                name="sanction_end_told",
                condition=Q(state=SanctionState.ACTIVE, ended_on=None)
                | Q(state=SanctionState.ENDED, ended_on__isnull=False) & ~Q(ended_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.code}"


class ScanAcknowledgement(Covered):
    """Why a hit of the text scan is a false one; it holds for exactly this text at this place of this edition."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="scan_acknowledgements")
    edition = models.PositiveIntegerField()
    field = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reason = models.TextField()
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="scan_answered_once", fields=["record", "edition", "field", "kind", "start", "end"]
            ),
            models.CheckConstraint(name="scan_reason_given", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.field} {self.kind}"
