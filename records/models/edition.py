"""What a record said before: old editions are kept, so that a change can be shown word by word."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ledger import coverage
from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord


class RecordEdition(Covered):
    """The content of one edition as it was handed in or corrected; strings, integers and lists only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="editions")
    edition = models.PositiveIntegerField()
    content = models.JSONField()
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    why = models.TextField(blank=True)  # the reason it was returned for, or the reason of the correction

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="edition_once", fields=["record", "edition"])]

    def __str__(self) -> str:
        return f"{self.record_id} / {self.edition}"


class LastLook(models.Model):
    """What a person saw last, for "changes since my last look"; a convenience, so outside the ledger."""

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(DishonestyRecord, models.CASCADE, related_name="looks")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    edition = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="look_once", fields=["record", "person"])]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.record_id}"


coverage.exempt("records.lastlook", "a reading mark of one person; it proves nothing and only helps the reader")
