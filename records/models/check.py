"""Credit checks (信用核查, rows 23 and 51): who asked about whom for what, and what was answered; nothing of it ever changes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import scope
from ledger.covered import Covered, CoveredQuerySet

if TYPE_CHECKING:
    from accounts.models import RoleGrant, User

CADRE = "CADRE"
CHECKERS = frozenset({"clerk", "reviewer", "head", "personnel", "approver"})
CADRE_CHECKERS = frozenset({"personnel", "approver"})


class Verdict(models.TextChoices):
    """What a check comes to for one subject."""

    RESTRICTED = "restricted", _("限制")
    NOTICE = "notice", _("提示")
    CLEAR = "clear", _("无")


class CheckRunQuerySet(CoveredQuerySet):
    """The vocabulary for picking out checks."""

    def visible_to(self, user: User, now: datetime, grants: list[RoleGrant] | None = None) -> CheckRunQuerySet:
        """Keep the checks of the departments one works for; those on cadres for personnel and approvers only."""
        held = user.grants(now) if grants is None else grants
        plain = scope.departments(user=user, now=now, roles_wanted=CHECKERS, grants=held)
        cadre = scope.departments(user=user, now=now, roles_wanted=CADRE_CHECKERS, grants=held)
        return self.filter(~Q(purpose=CADRE) & Q(department__in=plain) | Q(purpose=CADRE, department__in=cadre))


class CheckRun(Covered):
    """One request to check one subject or a list of at most 500, by a person or by an API client."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=200)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    client = models.ForeignKey("accounts.ApiClient", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=40)
    legal_basis = models.CharField(max_length=200)
    business_ref = models.CharField(max_length=100, blank=True)
    asked_digest = models.CharField(max_length=64)  # of purpose, basis and subjects: the same reference asks the same
    total = models.PositiveIntegerField()
    restricted = models.PositiveIntegerField()
    noticed = models.PositiveIntegerField()
    checked_at = models.DateTimeField()
    keep_until = models.DateField()

    objects = CheckRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("信用核查")
        constraints = [
            models.CheckConstraint(
                name="check_by_person_or_client",
                condition=Q(person=None, client__isnull=False) | Q(person__isnull=False, client=None),
            ),
            models.CheckConstraint(
                name="check_says_why", condition=~Q(purpose="") & ~Q(legal_basis="") & Q(total__gte=1)
            ),
            models.CheckConstraint(
                name="check_on_cadres_by_people", condition=~Q(purpose=CADRE) | Q(person__isnull=False)
            ),
            models.CheckConstraint(name="check_of_client_has_ref", condition=Q(client=None) | ~Q(business_ref="")),
            models.UniqueConstraint(
                name="check_once_per_client_and_ref",
                fields=["client", "business_ref"],
                condition=Q(client__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-checked_at", "-id"], name="check_newest"),
            models.Index(fields=["department", "-checked_at"], name="check_by_department"),
        ]

    def __str__(self) -> str:
        return self.number


class CreditCheck(Covered):
    """The answer about one subject, as it stood at that moment; only the decision taken is added, once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    run = models.ForeignKey(CheckRun, models.PROTECT, related_name="checks")
    place = models.PositiveIntegerField()  # line of the list, from 1
    subject_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    official = models.ForeignKey("accounts.Official", models.PROTECT, null=True, related_name="credit_checks")
    subject_name = models.CharField(max_length=200)
    subject_code = models.CharField(max_length=18)  # USCC of the unit
    verdict = models.CharField(max_length=12, choices=Verdict)
    severity = models.CharField(max_length=20, blank=True)  # the worst found
    hits = models.JSONField(default=list)
    restrictions = models.JSONField(default=list)
    honours = models.JSONField(default=list)

    decision = models.CharField(max_length=40, blank=True)
    decision_note = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="check_line_once", fields=["run", "place"]),
            models.CheckConstraint(name="check_verdict_known", condition=Q(verdict__in=Verdict.values)),
            models.CheckConstraint(
                name="check_decision_whole",
                condition=Q(decision="", decided_at=None, decided_by=None, decision_note="")
                | ~Q(decision="") & Q(decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["subject_department", "official"], name="check_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.place}"


class CreditReport(Covered):
    """A report of a credit agency laid beside a check (第三方信用报告, row 33); its file is an attachment of this row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    credit_check = models.ForeignKey(CreditCheck, models.PROTECT, related_name="reports")
    agency = models.CharField(max_length=200)
    number = models.CharField(max_length=100)
    issued_on = models.DateField()
    valid_to = models.DateField()
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_report_days", condition=Q(valid_to__gte=models.F("issued_on"))),
            models.UniqueConstraint(name="credit_report_once", fields=["credit_check", "agency", "number"]),
        ]

    def __str__(self) -> str:
        return self.number
