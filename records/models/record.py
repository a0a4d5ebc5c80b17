"""The dishonesty record (政务失信记录): one finding about a unit or an official, from the clerk's draft to the archive."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered
from records.models.querysets import RecordQuerySet


class RecordState(models.TextChoices):
    """The states of domain 4.2; an objection and a running lawsuit are flags beside them, not states."""

    DRAFT = "draft", _("草稿")
    PENDING_REVIEW = "pending_review", _("待初审")
    RETURNED = "returned", _("退回")
    NOTIFIED = "notified", _("已告知")
    PENDING_APPROVAL = "pending_approval", _("待认定")
    REJECTED = "rejected", _("不予认定")
    EFFECTIVE = "effective", _("已生效")
    DISCLOSED = "disclosed", _("公示中")
    REPAIRED = "repaired", _("已修复")
    EXPIRED = "expired", _("公示期满")
    WITHDRAWN = "withdrawn", _("已撤销")
    ARCHIVED = "archived", _("归档")


IN_FORCE = (RecordState.EFFECTIVE, RecordState.DISCLOSED)
ON_RECORD = (*IN_FORCE, RecordState.REPAIRED, RecordState.EXPIRED)
RECOGNISED = (*ON_RECORD, RecordState.WITHDRAWN, RecordState.ARCHIVED)
UNDECIDED = (
    RecordState.DRAFT,
    RecordState.PENDING_REVIEW,
    RecordState.RETURNED,
    RecordState.NOTIFIED,
    RecordState.PENDING_APPROVAL,
)


class DishonestyRecord(Covered):
    """A finding that a unit or an official broke its word in performing duty; never deleted, only ended."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)  # serial per department and year, taken at registration
    state = models.CharField(max_length=20, choices=RecordState, default=RecordState.DRAFT)
    version = models.PositiveIntegerField(default=1)  # the lock: +1 on every change of the row
    edition = models.PositiveIntegerField(default=1)  # +1 when the content is handed in again or corrected
    report_version = models.PositiveIntegerField(default=0)  # last version told to the platform and the public

    # Who keeps the record, who recognises it, with the names as they were on the day.
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=200)
    lead = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    lead_name = models.CharField(max_length=200, blank=True)
    responsible_name = models.CharField(max_length=100, blank=True)

    # Whom it concerns. For an official the department is where the post was held on the day of the document.
    is_person = models.BooleanField(default=False)
    subject_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    subject_official = models.ForeignKey("accounts.Official", models.PROTECT, null=True, related_name="+")
    subject_name = models.CharField(max_length=200)  # the unit's, or the official's
    subject_unit_name = models.CharField(max_length=200)
    subject_code = models.CharField(max_length=18)  # USCC of the unit
    subject_post = models.CharField(max_length=200, blank=True)

    # The content: what editions keep and differences compare.
    source_type = models.CharField(max_length=40, blank=True)
    document_name = models.CharField(max_length=200, blank=True)
    document_number = models.CharField(max_length=128, blank=True)
    document_number_original = models.CharField(max_length=128, blank=True)
    issuer_name = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    facts = models.TextField(blank=True)
    basis_codes = models.JSONField(default=list)
    severity_proposed = models.CharField(max_length=20, blank=True)
    economic_loss_yuan = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, validators=[MinValueValidator(0)]
    )
    social_impact = models.CharField(max_length=20, blank=True)
    key_areas = models.JSONField(default=list)
    sanctions_proposed = models.JSONField(default=list)
    discipline = models.CharField(max_length=30, blank=True)  # officials: its effect period bounds disclosure
    in_duty = models.BooleanField(default=False)
    prior_hearing_by_source = models.BooleanField(default=False)
    needs_rectification = models.BooleanField(default=False)
    is_repairable = models.BooleanField(default=True)

    # Flags that may change at any time.
    under_litigation = models.BooleanField(default=False)
    effect_suspended = models.BooleanField(default=False)
    is_objected = models.BooleanField(default=False)
    objected_since = models.DateField(null=True)

    # The hands.
    filer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")  # none: not taken on yet
    reviewer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    registered_on = models.DateField()
    edited_on = models.DateField()
    submitted_at = models.DateTimeField(null=True)

    # The decision.
    severity = models.CharField(max_length=20, blank=True)
    sanctions = models.JSONField(default=list)
    statement_answer = models.TextField(blank=True)
    recognised_on = models.DateField(null=True)
    decision_reason = models.TextField(blank=True)
    scheme = models.CharField(max_length=40, blank=True)
    period_reason = models.TextField(blank=True)  # which class gives which period, in the words of the public page
    period_until = models.DateField(null=True)  # the last day it may be shown, whether it is shown or not
    repair_from = models.DateField(null=True)

    # Disclosure.
    publication_waits = models.BooleanField(default=False)  # the policy says publish, the text scan says not yet
    publication_basis = models.CharField(max_length=60, blank=True)  # officials: what permits it
    publication_reason = models.TextField(blank=True)
    public_from = models.DateField(null=True)
    public_until = models.DateField(null=True)  # the last day shown

    # Where a draft opened by another case comes from, and that in words.
    origin_type = models.CharField(max_length=64, blank=True)
    origin_id = models.CharField(max_length=64, blank=True)
    origin_note = models.CharField(max_length=300, blank=True)

    # The end.
    ended_on = models.DateField(null=True)
    ended_as = models.CharField(max_length=20, blank=True)
    withdrawn_ground = models.CharField(max_length=30, blank=True)
    withdrawn_because = models.TextField(blank=True)
    repair_number = models.CharField(max_length=128, blank=True)

    objects = RecordQuerySet.as_manager()
    ledger_exempt: ClassVar[dict[str, str]] = {}

    CONTENT: ClassVar[tuple[str, ...]] = (
        "is_person",
        "subject_name",
        "subject_unit_name",
        "subject_code",
        "subject_post",
        "source_type",
        "document_name",
        "document_number",
        "issuer_name",
        "decided_on",
        "facts",
        "basis_codes",
        "severity_proposed",
        "severity",
        "economic_loss_yuan",
        "social_impact",
        "key_areas",
        "sanctions_proposed",
        "discipline",
        "in_duty",
        "prior_hearing_by_source",
        "needs_rectification",
        "is_repairable",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="record_state_known", condition=Q(state__in=RecordState.values)),
            models.CheckConstraint(name="record_reviewer_is_not_filer", condition=~Q(reviewer=F("filer"))),
            models.CheckConstraint(name="record_approver_is_not_filer", condition=~Q(approver=F("filer"))),
            models.CheckConstraint(name="record_approver_is_not_reviewer", condition=~Q(approver=F("reviewer"))),
            models.CheckConstraint(
                name="record_person_named",
                condition=Q(is_person=False, subject_official=None) | Q(is_person=True, subject_official__isnull=False),
            ),
            models.CheckConstraint(
                name="record_document_not_in_future",
                condition=Q(decided_on=None) | Q(decided_on__lte=F("edited_on")),
            ),
            models.CheckConstraint(
                name="record_in_force_is_decided",
                condition=~Q(state__in=[s.value for s in RECOGNISED])
                | Q(approver__isnull=False, recognised_on__isnull=False, decided_on__isnull=False)
                & ~Q(severity="")
                & ~Q(document_number=""),
            ),
            models.CheckConstraint(
                name="record_recognised_after_document",
                condition=Q(recognised_on=None) | Q(recognised_on__gte=F("decided_on")),
            ),
            models.CheckConstraint(
                name="record_public_days_in_order",
                condition=Q(public_from=None, public_until=None) | Q(public_from__lte=F("public_until")),
            ),
            models.CheckConstraint(
                name="record_disclosed_has_days",
                condition=~Q(state=RecordState.DISCLOSED) | Q(public_until__isnull=False),
            ),
            models.CheckConstraint(
                name="record_withdrawal_has_reason",
                condition=~Q(state=RecordState.WITHDRAWN) | ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="record_loss_not_negative",
                condition=Q(economic_loss_yuan=None) | Q(economic_loss_yuan__gte=0),
            ),
            models.CheckConstraint(
                name="record_handed_in_by_somebody",
                condition=Q(state=RecordState.DRAFT) | Q(filer__isnull=False),
            ),
            models.CheckConstraint(
                name="record_origin_whole",
                condition=Q(origin_type="", origin_id="", origin_note="")
                | ~Q(origin_type="") & ~Q(origin_id="") & ~Q(origin_note=""),
            ),
            models.UniqueConstraint(
                name="record_unit_once_per_origin",
                fields=["origin_type", "origin_id", "source_type", "subject_department"],
                condition=Q(is_person=False, state=RecordState.DRAFT) & ~Q(origin_type=""),
            ),
            models.UniqueConstraint(
                name="record_official_once_per_origin",
                fields=["origin_type", "origin_id", "source_type", "subject_official"],
                condition=Q(is_person=True, state=RecordState.DRAFT) & ~Q(origin_type=""),
            ),
            models.UniqueConstraint(
                name="record_unit_once_per_document",
                fields=["subject_department", "document_number", "source_type"],
                condition=Q(is_person=False, state__in=[s.value for s in ON_RECORD]),
            ),
            models.UniqueConstraint(
                name="record_official_once_per_document",
                fields=["subject_official", "document_number", "source_type"],
                condition=Q(is_person=True, state__in=[s.value for s in ON_RECORD]),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "department"], name="record_state_department"),
            models.Index(fields=["lead", "state"], name="record_lead_state"),
            models.Index(fields=["-registered_on", "-id"], name="record_newest"),
            models.Index(fields=["document_number"], name="record_document"),
            models.Index(fields=["subject_department", "state"], name="record_subject_unit"),
            models.Index(fields=["origin_type", "origin_id"], name="record_origin"),
            models.Index(fields=["public_until"], name="record_ends", condition=Q(state=RecordState.DISCLOSED)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.document_name}".strip()
