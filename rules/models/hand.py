"""Who had a hand in what: four eyes as rows, for natural persons."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ledger.covered import Covered


class Hand(Covered):
    """One person's part in one edition of an object; a person has one part in an edition, whatever account is used."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    edition = models.PositiveIntegerField("内容版次")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", verbose_name="经手人")
    part = models.CharField("经手方式", max_length=24)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hand_one_part_per_person", fields=["object_type", "object_id", "edition", "person"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.object_type} {self.object_id}#{self.edition}"


class Repeat(Covered):
    """A request key that was used: the same key from the same person gives the first result, not a second act."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    request_key = models.CharField(max_length=80)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    action = models.CharField(max_length=48)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="repeat_once_per_person", fields=["person", "request_key"], nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.request_key}"
