"""Attachments: the files of any case but the record's evidence, kept the same way, outside the web root."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from ledger import coverage
from ledger.covered import Covered, CoveredQuerySet


class Attachment(Covered):
    """One stored file of a case; the row keeps its digest, so that an altered byte is found."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=24)  # what it proves, in the words of the room
    name = models.CharField(max_length=200)  # the name it was uploaded under, cleaned
    extension = models.CharField(max_length=8)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True)  # random, relative to the folder of attachments
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    added_on = models.DateField()
    removed_on = models.DateField(null=True)  # taken out again; the file itself stays

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="attachment_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(name="attachment_kind_named", condition=~Q(kind="")),
        ]
        indexes = [models.Index(fields=["object_type", "object_id"], name="attachment_of_case")]

    def __str__(self) -> str:
        return self.name


def folder() -> Path:
    """Give the folder of the files, beside that of the evidence."""
    return Path(settings.EVIDENCE_ROOT).with_name(Path(settings.EVIDENCE_ROOT).name + "-cases")


def _stored() -> Iterator[coverage.CoveredFile]:
    rows = Attachment.objects.values_list("id", "sha256", "stored_as").order_by("id")
    for key, sha256, stored_as in rows.iterator(chunk_size=500):
        yield coverage.CoveredFile(str(key), sha256, folder() / stored_as)


coverage.cover_files("attachments", _stored, folder=folder)
