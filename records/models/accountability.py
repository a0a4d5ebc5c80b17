"""责任追究、责任倒查: who held the post at the time of the act, what was found, what came of it (row 29)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord
from records.models.scopes import DutyQuerySet


class AccountabilityState(models.TextChoices):
    """From the opening to the result; handing over to the supervision organ waits for its answer."""

    OPENED = "opened", _("核查中")
    FOUND = "found", _("已提处理意见")
    DECIDED = "decided", _("已决定")
    TRANSFERRED = "transferred", _("已移送")
    CLOSED = "closed", _("已办结")


class AccountabilityCase(Covered):
    """One case about the persons behind one or more records; it follows the act, not today's posts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # the unit recorded
    opened_by = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AccountabilityState, default=AccountabilityState.OPENED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    opened_on = models.DateField()
    acted_on = models.DateField()  # the day of the act that is traced back
    cause = models.TextField()
    opener = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    finder = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    finding = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    transferred_to = models.CharField(max_length=200, blank=True)
    transfer_number = models.CharField(max_length=128, blank=True)
    transferred_on = models.DateField(null=True)
    answer = models.TextField(blank=True)  # what the supervision organ answered
    closed_on = models.DateField(null=True)
    result = models.TextField(blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任追究")
        constraints = [
            models.CheckConstraint(
                name="accountability_state_known", condition=Q(state__in=AccountabilityState.values)
            ),
            models.CheckConstraint(
                name="accountability_decider_is_another",
                condition=~Q(decider=F("finder")) & ~Q(decider=F("opener")),
            ),
            models.CheckConstraint(
                name="accountability_decided_by_somebody",
                condition=~Q(state__in=["decided", "transferred", "closed"])
                | Q(decider__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="accountability_transfer_whole",
                condition=~Q(state="transferred") | Q(transferred_on__isnull=False) & ~Q(transferred_to=""),
            ),
            models.CheckConstraint(
                name="accountability_closed_with_result",
                condition=~Q(state="closed") | Q(closed_on__isnull=False) & ~Q(result=""),
            ),
            models.CheckConstraint(name="accountability_act_before", condition=Q(acted_on__lte=F("opened_on"))),
        ]

    def __str__(self) -> str:
        return self.number


class AccountabilityRecord(Covered):
    """A record a case is about."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(AccountabilityCase, models.PROTECT, related_name="links")
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="accountability_links")

    objects = CoveredQuerySet.as_manager()

    class Meta:
        verbose_name = _("追责所据记录")
        constraints = [models.UniqueConstraint(name="accountability_record_once", fields=["case", "record"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.record_id}"


class AccountabilityPerson(Covered):
    """Somebody who held a post at the time of the act; post and days are copied, so that a later transfer changes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(AccountabilityCase, models.PROTECT, related_name="persons")
    official = models.ForeignKey("accounts.Official", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    post_title = models.CharField(max_length=200)
    held_from = models.DateField()
    held_to = models.DateField(null=True)
    kind = models.CharField(max_length=40)  # code list responsibility
    finding = models.TextField(blank=True)
    measure = models.CharField(max_length=40, blank=True)  # code list accountability_measure
    removed_because = models.TextField(blank=True)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        verbose_name = _("被追责人员")
        constraints = [
            models.UniqueConstraint(name="accountability_person_once", fields=["case", "official"]),
            models.CheckConstraint(
                name="accountability_post_days", condition=Q(held_to=None) | Q(held_to__gt=F("held_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.official_id}"
