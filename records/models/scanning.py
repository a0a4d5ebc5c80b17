"""What a hit of the text scan was answered."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord


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
