"""Where people can turn to (监督渠道, domain row 13): who keeps a channel, how it is reached, when it is open."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from ledger.covered import Covered, CoveredQuerySet


class ReportChannel(Covered):
    """One way to complain, as the public page shows it; a closed one stays on the register."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=24)  # code list ``channel``
    name = models.CharField(max_length=80)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # who keeps it
    contact = models.CharField(max_length=200)  # public: number, address or page
    hours = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    edited_on = models.DateField()
    edited_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="channel_once_per_office", fields=["department", "code", "name"]),
            models.CheckConstraint(name="channel_can_be_reached", condition=~Q(contact="")),
        ]

    def __str__(self) -> str:
        return self.name
