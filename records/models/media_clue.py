"""What the media report about a department (媒体监督, domain row 14): a clue, checked by somebody, maybe a complaint."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from ledger.covered import Covered, CoveredQuerySet
from records.models.complaint import Complaint
from records.models.complaint_querysets import shut_out

if TYPE_CHECKING:
    from accounts.models import User


class MediaClueQuerySet(CoveredQuerySet):
    """The vocabulary for picking out clues."""

    def visible_to(self, user: User, now: datetime) -> Self:
        """Keep the clues of the lead offices a person works in; the department concerned sees none."""
        places = [grant.department_id for grant in user.grants(now) if grant.role in ("approver", "handler")]
        return self.filter(lead_id__in=places).exclude(object_department_id__in=shut_out(user, now))


class MediaClue(Covered):
    """One report in the press, on air or on the net."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    outlet = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=500, blank=True)
    published_on = models.DateField()
    object_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    lead = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)
    is_true = models.BooleanField(null=True)  # None = not checked yet
    checked_note = models.TextField(blank=True)
    checked_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="clues")
    version = models.PositiveIntegerField(default=1)
    registered_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    registered_on = models.DateField()

    objects = MediaClueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clue_checked_by_somebody",
                condition=Q(is_true=None, checked_by=None) | Q(is_true__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(name="clue_not_kept_by_accused", condition=~Q(lead=F("object_department"))),
        ]
        indexes = [models.Index(fields=["lead", "-published_on"], name="clue_of_office")]

    def __str__(self) -> str:
        return self.title
