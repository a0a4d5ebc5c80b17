"""Honours and the incentives that come with them (守信激励, row 24)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import scope
from ledger.covered import Covered, CoveredQuerySet

if TYPE_CHECKING:
    from accounts.models import RoleGrant, User

KEEPERS = frozenset({"clerk", "personnel", "reviewer", "head"})
OVERSEERS = frozenset({"approver", "supervisor"})


class HonourState(models.TextChoices):
    """Where an honour stands; that its term is over is read from its last day."""

    DRAFT = "draft", _("草稿")
    PROPOSED = "proposed", _("待授予")
    GRANTED = "granted", _("已授予")
    WITHDRAWN = "withdrawn", _("已撤销")


class HonourQuerySet(CoveredQuerySet):
    """The vocabulary for picking out honours."""

    def visible_to(self, user: User, now: datetime, grants: list[RoleGrant] | None = None) -> HonourQuerySet:
        """Keep the own department's; above it what is granted or withdrawn; and the honours of the person himself."""
        held = user.grants(now) if grants is None else grants
        kept = scope.departments(user=user, now=now, roles_wanted=KEEPERS, grants=held)
        seen = scope.departments(user=user, now=now, roles_wanted=OVERSEERS, grants=held)
        decided = Q(state__in=(HonourState.GRANTED, HonourState.WITHDRAWN))
        own = decided & Q(official__person_id=user.person_id)
        return self.filter(Q(department__in=kept) | decided & Q(department__in=seen) | own)

    def with_names(self) -> HonourQuerySet:
        """Load what every row of a list prints."""
        return self.select_related("department", "subject_department", "official__person", "filer", "granter")


class Honour(Covered):
    """表彰荣誉: a title given to a unit or an official by a document; it is registered by one person, granted by another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, choices=HonourState, default=HonourState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)

    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # keeps the register
    department_name = models.CharField(max_length=200)
    official = models.ForeignKey("accounts.Official", models.PROTECT, null=True, related_name="honours")
    subject_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="honours")
    subject_name = models.CharField(max_length=200)

    title = models.CharField(max_length=100)
    level = models.CharField(max_length=20)
    granted_by = models.CharField(max_length=200)  # the organ that signed the document
    document_number = models.CharField(max_length=128)
    granted_on = models.DateField()
    valid_to = models.DateField(null=True)  # last day; none where the title has no term
    incentives = models.JSONField(default=list)  # codes that follow from it

    check_run = models.ForeignKey("records.CheckRun", models.PROTECT, null=True, related_name="+")  # made when proposed

    filer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    granter = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    registered_on = models.DateField()
    decided_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.TextField(blank=True)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = _("荣誉")
        constraints = [
            models.CheckConstraint(name="honour_state_known", condition=Q(state__in=HonourState.values)),
            models.CheckConstraint(name="honour_granter_is_not_filer", condition=~Q(granter=F("filer"))),
            models.CheckConstraint(
                name="honour_granted_by_somebody",
                condition=Q(state__in=("draft", "proposed")) | Q(granter__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="honour_withdrawal_has_reason",
                condition=~Q(state=HonourState.WITHDRAWN) | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="honour_days_in_order", condition=Q(valid_to=None) | Q(valid_to__gte=F("granted_on"))
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state"], name="honour_by_department"),
            models.Index(fields=["-registered_on", "-id"], name="honour_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class IncentiveState(models.TextChoices):
    """Whether an incentive can be claimed today."""

    ACTIVE = "active", _("可享受")
    ENDED = "ended", _("已停止")


class IncentiveMeasure(Covered):
    """激励措施: one measure of the list, with its basis; it lives no longer than the honour it rests on."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    honour = models.ForeignKey(Honour, models.PROTECT, related_name="measures")
    code = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)  # the list's words on the day it began
    state = models.CharField(max_length=10, choices=IncentiveState, default=IncentiveState.ACTIVE)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=40, blank=True)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="incentive_once", fields=["honour", "code"]),
            models.CheckConstraint(name="incentive_state_known", condition=Q(state__in=IncentiveState.values)),
            models.CheckConstraint(
                name="incentive_end_told",
                condition=Q(state=IncentiveState.ACTIVE, ended_on=None)
                | Q(state=IncentiveState.ENDED, ended_on__isnull=False) & ~Q(ended_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.code}"
