"""限期整改: what must be put right, by when, ordered by whom, and how each requirement was met (row 28, machine 4.6)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord
from records.models.scopes import DutyQuerySet


class RectificationState(models.TextChoices):
    """The states of domain 4.6."""

    ORDERED = "ordered", _("已下达")
    RECEIVED = "received", _("已签收")
    IN_PROGRESS = "in_progress", _("整改中")
    EXTENSION_REQUESTED = "extension_requested", _("申请延期")
    SUBMITTED = "submitted", _("待验收")
    RETURNED = "returned", _("验收退回")
    ACCEPTED = "accepted", _("验收通过")
    OVERDUE = "overdue", _("逾期")
    REFUSED = "refused", _("拒不整改")
    CLOSED = "closed", _("已办结")


S = RectificationState
RUNNING = (S.ORDERED, S.RECEIVED, S.IN_PROGRESS, S.EXTENSION_REQUESTED, S.RETURNED)
"""The states in which the clock of the order runs against the unit."""


class Rectification(Covered):
    """One order to put things right; its source is a record, a complaint, a commitment or another case."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, null=True, related_name="rectifications")
    source_type = models.CharField(max_length=64, blank=True)
    source_id = models.CharField(max_length=64, blank=True)
    number = models.CharField(max_length=40, unique=True)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    orderer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    responsible = models.ForeignKey("accounts.Official", models.PROTECT, null=True, related_name="+")
    requirements = models.TextField()  # the order's own words; its points stand as items, so that each can be judged
    state = models.CharField(max_length=20, choices=RectificationState, default=RectificationState.ORDERED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    ordered_on = models.DateField()
    due_on = models.DateField()
    due_provisional = models.BooleanField(default=False)

    receiver = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    received_on = models.DateField(null=True)
    plan = models.TextField(blank=True)
    extension_days = models.PositiveSmallIntegerField(null=True)  # asked for; once
    extension_reason = models.TextField(blank=True)
    extended_on = models.DateField(null=True)

    report = models.TextField(blank=True)
    submitter = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    submitted_on = models.DateField(null=True)
    decider = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    overdue_on = models.DateField(null=True)
    second_ordered_on = models.DateField(null=True)
    second_due_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=40, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("限期整改")
        constraints = [
            models.CheckConstraint(name="rectification_state_known", condition=Q(state__in=RectificationState.values)),
            models.CheckConstraint(name="rectification_days", condition=Q(due_on__gte=F("ordered_on"))),
            models.CheckConstraint(
                name="rectification_decider_is_another",
                condition=~Q(decider=F("submitter")) & ~Q(decider=F("receiver")),
            ),
            models.CheckConstraint(
                name="rectification_accepted_is_decided",
                condition=~Q(state=S.ACCEPTED) | Q(decider__isnull=False, submitter__isnull=False),
            ),
            models.CheckConstraint(
                name="rectification_overdue_told", condition=~Q(state=S.OVERDUE) | Q(overdue_on__isnull=False)
            ),
            models.CheckConstraint(
                name="rectification_refused_after_second_order",
                condition=~Q(state=S.REFUSED) | Q(second_ordered_on__isnull=False, refused_on__gt=F("second_due_on")),
            ),
            models.CheckConstraint(
                name="rectification_extension_whole",
                condition=Q(extended_on=None) | Q(extension_days__gt=0) & ~Q(extension_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["source_type", "source_id"], name="rectification_of_source"),
            models.Index(fields=["state", "due_on"], name="rectification_by_day"),
        ]

    def __str__(self) -> str:
        return self.number


class ItemVerdict(models.TextChoices):
    """What the superior found of one requirement."""

    MET = "met", _("符合")
    UNMET = "unmet", _("不符合")


class RectificationItem(Covered):
    """One requirement of an order, what the unit did about it, and what the superior found."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rectification = models.ForeignKey(Rectification, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    text = models.TextField()
    answer = models.TextField(blank=True)
    verdict = models.CharField(max_length=8, choices=ItemVerdict, blank=True)
    verdict_note = models.TextField(blank=True)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改要求")
        constraints = [
            models.UniqueConstraint(name="rectification_item_place", fields=["rectification", "place"]),
            models.CheckConstraint(name="rectification_item_says", condition=~Q(text="")),
            models.CheckConstraint(
                name="rectification_item_verdict", condition=Q(verdict="") | Q(verdict__in=ItemVerdict.values)
            ),
            models.CheckConstraint(
                name="rectification_item_unmet_why", condition=~Q(verdict=ItemVerdict.UNMET) | ~Q(verdict_note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.text}"
