"""惩戒措施: measures from the list, with the basis, the first and the last day of each (rows 25 and 38)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord


class SanctionState(models.TextChoices):
    """Whether a measure binds today."""

    ACTIVE = "active", _("执行中")
    ENDED = "ended", _("已解除")


class Sanction(Covered):
    """One measure from the list, in force while its record is; it outlives the disclosure only where its basis says so."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="measures")
    code = models.CharField(max_length=40)
    basis = models.CharField(max_length=300, blank=True)  # as the list gave it on the first day
    outlasts = models.BooleanField(default=False)  # the basis lets it run on after the disclosure
    state = models.CharField(max_length=10, choices=SanctionState, default=SanctionState.ACTIVE)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # last day at most; none only where the basis lets it outlast its record
    lightened_on = models.DateField(null=True)  # the day a claim shortened it
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=40, blank=True)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        verbose_name = _("惩戒措施")
        constraints = [
            models.UniqueConstraint(name="sanction_once", fields=["record", "code"], condition=Q(state="active")),
            models.CheckConstraint(name="sanction_state_known", condition=Q(state__in=SanctionState.values)),
            models.CheckConstraint(
                name="sanction_end_told",
                condition=Q(state=SanctionState.ACTIVE, ended_on=None)
                | Q(state=SanctionState.ENDED, ended_on__isnull=False) & ~Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="sanction_days_in_order", condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.code}"
