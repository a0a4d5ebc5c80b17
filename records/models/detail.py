"""What a commitment of one key area tells beyond the general form: one row per version, never rewritten."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from ledger.covered import Covered, CoveredQuerySet
from records.models.commitment import Commitment


class CommitmentDetail(Covered):
    """
    One version of the details in one form; the highest version is what holds.

    ``form`` and ``form_from`` name the description (``rules.models.DetailForm``) it was written with; ``values`` holds
    strings, integers, lists and little maps of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="details")
    form = models.CharField(max_length=32)
    form_from = models.DateField()
    version = models.PositiveIntegerField()
    values = models.JSONField()
    why = models.CharField(max_length=200, blank=True)  # what was the occasion of this version
    written_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="detail_version_once", fields=["commitment", "form", "version"]),
            models.CheckConstraint(name="detail_versions_from_one", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.form} / {self.version}"
