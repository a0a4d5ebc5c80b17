"""失信情况报告: the written explanation a unit owes its superior for a record in force (rows 27 and 4.9)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered
from records.models.record import DishonestyRecord
from records.models.scopes import DutyQuerySet


class SituationReportState(models.TextChoices):
    """The states of domain 4.9."""

    REQUIRED = "required", _("应提交")
    DRAFTED = "drafted", _("起草中")
    SUBMITTED = "submitted", _("已提交")
    ACCEPTED = "accepted", _("已接受")
    RETURNED = "returned", _("退回")
    CANCELLED = "cancelled", _("已免除")


OWED = (SituationReportState.REQUIRED, SituationReportState.DRAFTED, SituationReportState.RETURNED)
"""The states in which the unit still owes its words."""


class SituationReport(Covered):
    """What happened, why, what it cost and what was done: told to the superior in writing, signed by the head."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="situation_reports")
    number = models.CharField(max_length=40, blank=True)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    superior = models.ForeignKey("accounts.Department", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=SituationReportState, default=SituationReportState.REQUIRED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    required_on = models.DateField()
    due_on = models.DateField()
    due_provisional = models.BooleanField(default=False)

    # The four things 004 §三(三) asks for.
    facts = models.TextField(blank=True)
    causes = models.TextField(blank=True)
    losses = models.TextField(blank=True)
    measures = models.TextField(blank=True)

    writer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    submitted_on = models.DateField(null=True)  # the first time, which is what timeliness counts
    decided_on = models.DateField(null=True)
    missed_on = models.DateField(null=True)  # the first day after the limit on which nothing had been handed in

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("失信情况报告")
        constraints = [
            models.UniqueConstraint(name="situation_report_once", fields=["record"]),
            models.UniqueConstraint(name="situation_report_number", fields=["number"], condition=~Q(number="")),
            models.CheckConstraint(name="situation_state_known", condition=Q(state__in=SituationReportState.values)),
            models.CheckConstraint(
                name="situation_decider_is_another", condition=~Q(decider=F("signer")) & ~Q(decider=F("writer"))
            ),
            models.CheckConstraint(
                name="situation_handed_in_is_signed",
                condition=~Q(state__in=["submitted", "accepted"]) | Q(signer__isnull=False, submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="situation_accepted_is_decided",
                condition=~Q(state="accepted") | Q(decider__isnull=False, decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.record_id} {self.due_on}"
