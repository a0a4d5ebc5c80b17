"""The corps of social supervisors (社会监督员队伍, domain row 15): who was appointed for what and until when."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from ledger.covered import Covered, CoveredQuerySet


class SocialSupervisorQuerySet(CoveredQuerySet):
    """The vocabulary for picking out appointments."""

    def serving_on(self, day: date) -> Self:
        """Keep the appointments whose term runs on a day; the last day counts."""
        return self.filter(term_from__lte=day, term_until__gte=day)


class SocialSupervisor(Covered):
    """One appointment of a person by a letter; when the term has run out, he may no longer file clues in this name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    field = models.CharField(max_length=60)  # what he watches, for instance 安全生产
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # who appointed him
    letter_number = models.CharField(max_length=60)
    term_from = models.DateField()
    term_until = models.DateField()  # the last day
    contact_sealed = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=1)
    appointed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    objects = SocialSupervisorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="social_term_in_order", condition=Q(term_until__gte=F("term_from"))),
            models.UniqueConstraint(name="social_letter_once", fields=["department", "letter_number"]),
        ]

    def __str__(self) -> str:
        return self.letter_number
