"""What a person wrote when deciding: the log keeps the digest of a reason, this keeps its words."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord


class Remark(Covered):
    """The reason or note of one act on a record, beside the log entry of that act."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="remarks")
    entry = models.UUIDField(unique=True)  # the log entry of the act
    action = models.CharField(max_length=48)
    edition = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="remark_has_words", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.record_id} {self.action}"


class CaseRemark(Covered):
    """The reason or note of one act on any other case, beside the log entry of that act."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    entry = models.UUIDField(unique=True)  # the log entry of the act
    action = models.CharField(max_length=48)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="case_remark_has_words", condition=~Q(text=""))]
        indexes = [models.Index(fields=["object_type", "object_id"], name="remark_of_case")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} {self.action}"
