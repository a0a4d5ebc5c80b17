"""The credit repair (信用修复): a subject asks that a record end early, and the department that recognised it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import REGION
from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models.role import RoleGrant
    from accounts.models.user import User

SUBJECT_ROLES = frozenset({"clerk", "head"})


class RepairState(models.TextChoices):
    """The states of domain 4.4."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    SUPPLEMENT = "supplement", _("待补正")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    ACCEPTED = "accepted", _("已受理")
    VERIFYING = "verifying", _("核实中")
    DECISION_DRAFT = "decision_draft", _("拟办待决定")
    APPROVED = "approved", _("准予修复")
    REFUSED = "refused", _("不予修复")
    SYNCED = "synced", _("已同步")
    WITHDRAWN = "withdrawn", _("已撤回")
    REVOKED = "revoked", _("撤销修复")


BEFORE_DECISION = (
    RepairState.DRAFT,
    RepairState.SUBMITTED,
    RepairState.SUPPLEMENT,
    RepairState.ACCEPTED,
    RepairState.VERIFYING,
    RepairState.DECISION_DRAFT,
)
GRANTED = (RepairState.APPROVED, RepairState.SYNCED)
DECIDED = (*GRANTED, RepairState.REFUSED, RepairState.REVOKED)


class RepairQuerySet(CoveredQuerySet):
    """The vocabulary for picking out repairs; every method chains."""

    def visible_to(self, user: User, now: datetime) -> RepairQuerySet:
        """
        Keep what this person may open: the applicant's own, and from the submission on those of the deciding office.

        Nobody else reads them: what a unit hands in to be repaired is not for its neighbours.
        """
        allowed = Q(applicant_official__person_id=user.person_id)
        for grant in user.grants(now):
            allowed |= _by_grant(grant)
        return self.filter(allowed)

    def with_names(self) -> RepairQuerySet:
        """Load what every row of a list prints."""
        return self.select_related("record", "department", "applicant_department", "officer", "decided_by", "filer")


def _by_grant(grant: RoleGrant) -> Q:
    unit = grant.department
    own = Q(applicant_department_id=unit.pk, applicant_official=None) if grant.role in SUBJECT_ROLES else Q(pk__in=[])
    reached = ~Q(state=RepairState.DRAFT) | Q(is_paper=True)
    if grant.role in REGION:
        region = unit.parent.path if unit.is_credit_lead and unit.parent else unit.path
        return Q(department__path__startswith=region) & reached
    if grant.role == "head":
        return own | Q(department_id=unit.pk) & reached
    return own


class CreditRepair(Covered):
    """One application for the repair of one record, with what was promised, found and decided; never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)  # serial of the recognising department and year
    state = models.CharField(max_length=20, choices=RepairState, default=RepairState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="repairs")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # it recognised, it repairs
    department_name = models.CharField(max_length=200)

    # Who asks.
    applicant_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    applicant_official = models.ForeignKey("accounts.Official", models.PROTECT, null=True, related_name="+")
    applicant_name = models.CharField(max_length=200)
    filer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    is_paper = models.BooleanField(default=False)  # handed in on paper and entered by the office
    agent_name = models.CharField(max_length=100, blank=True)  # who acts for the applicant, with proof
    opened_on = models.DateField()

    # What is said and promised.
    grounds = models.TextField(blank=True)  # what was done to put things right
    measures = models.JSONField(default=list)  # codes of repair_measure
    pledge_text = models.TextField(blank=True)  # the words of the 信用承诺书 as they were signed
    pledge_by = models.CharField(max_length=100, blank=True)
    pledge_on = models.DateField(null=True)

    # Its way.
    received_on = models.DateField(null=True)
    supplement_told_on = models.DateField(null=True)
    supplied_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    forwarded_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    officer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    findings = models.TextField(blank=True)
    proposed = models.CharField(max_length=10, blank=True)  # approve or refuse, as the officer drafts it
    not_accepted_because = models.TextField(blank=True)
    withdrawn_because = models.TextField(blank=True)

    # The decision and what became of it.
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decision_number = models.CharField(max_length=128, blank=True)
    report_version = models.PositiveIntegerField(default=0)  # of the record, by which the platform learns of the repair
    synced_on = models.DateField(null=True)
    revoked_ground = models.CharField(max_length=40, blank=True)
    ended_on = models.DateField(null=True)

    objects = RepairQuerySet.as_manager()
    ledger_exempt: ClassVar[dict[str, str]] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(name="repair_state_known", condition=Q(state__in=RepairState.values)),
            models.CheckConstraint(name="repair_decider_is_not_officer", condition=~Q(decided_by=F("officer"))),
            models.CheckConstraint(name="repair_decider_is_not_filer", condition=~Q(decided_by=F("filer"))),
            models.CheckConstraint(
                name="repair_submitted_is_pledged",
                condition=Q(state__in=[RepairState.DRAFT, RepairState.WITHDRAWN])
                | Q(received_on__isnull=False, pledge_on__isnull=False) & ~Q(pledge_by=""),
            ),
            models.CheckConstraint(
                name="repair_decided_in_full",
                condition=~Q(state__in=[s.value for s in DECIDED])
                | Q(decided_by__isnull=False, officer__isnull=False, decided_on__isnull=False) & ~Q(decision_number=""),
            ),
            models.CheckConstraint(
                name="repair_refusal_has_reason",
                condition=~Q(state=RepairState.NOT_ACCEPTED) | ~Q(not_accepted_because=""),
            ),
            models.CheckConstraint(
                name="repair_days_in_order",
                condition=Q(received_on=None) | Q(received_on__gte=F("opened_on")) | Q(is_paper=True),
            ),
            models.UniqueConstraint(
                name="repair_one_open_per_record",
                fields=["record"],
                condition=Q(state__in=[s.value for s in BEFORE_DECISION]),
            ),
            models.UniqueConstraint(
                name="repair_one_granted_per_record",
                fields=["record"],
                condition=Q(state__in=[s.value for s in GRANTED]),
            ),
            models.UniqueConstraint(
                name="repair_decision_number_once", fields=["decision_number"], condition=~Q(decision_number="")
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state"], name="repair_office_state"),
            models.Index(fields=["applicant_department", "state"], name="repair_applicant"),
            models.Index(fields=["-opened_on", "-id"], name="repair_newest"),
        ]

    def __str__(self) -> str:
        return self.number
