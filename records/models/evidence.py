"""Evidence: files that prove a record, kept outside the web root under random names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger import coverage
from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord


class EvidenceKind(models.TextChoices):
    """What the file proves."""

    SOURCE = "source", _("来源文书")
    NOTICE = "notice", _("告知书及送达回证")
    STATEMENT = "statement", _("陈述申辩材料")
    OTHER = "other", _("其他证据")


class Evidence(Covered):
    """One stored file; the row keeps its digest, so that an altered byte is found."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=EvidenceKind)
    name = models.CharField(max_length=200)  # the name it was uploaded under, cleaned
    extension = models.CharField(max_length=8)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True)  # random, relative to EVIDENCE_ROOT
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # taken out of a draft; the file itself stays

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="evidence_kind_known", condition=Q(kind__in=EvidenceKind.values)),
            models.CheckConstraint(name="evidence_not_empty", condition=Q(size__gt=0)),
        ]
        indexes = [models.Index(fields=["record", "removed_at"], name="evidence_of_record")]

    def __str__(self) -> str:
        return self.name


def folder() -> Path:
    """Give the folder of the files, outside everything a web server serves."""
    return Path(settings.EVIDENCE_ROOT)


def _stored() -> Iterator[coverage.CoveredFile]:
    rows = Evidence.objects.values_list("id", "sha256", "stored_as").order_by("id")
    for key, sha256, stored_as in rows.iterator(chunk_size=500):
        yield coverage.CoveredFile(str(key), sha256, folder() / stored_as)


coverage.cover_files("evidence", _stored, folder=folder)
