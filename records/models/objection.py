"""Objections (异议申诉): what the subject of a record says against it, how it is looked into, and what is decided."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered
from records.models.objection_querysets import ObjectionQuerySet
from records.models.record import DishonestyRecord


class ObjectionState(models.TextChoices):
    """The states of domain 4.3."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待受理")
    SUPPLEMENT = "supplement", _("待补正")
    ACCEPTED = "accepted", _("已受理")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    INVESTIGATING = "investigating", _("核查中")
    PAUSED = "paused", _("检验论证中")
    DECISION_DRAFT = "decision_draft", _("拟处理")
    UPHELD_CORRECT = "upheld_correct", _("成立（更正）")
    UPHELD_REVOKE = "upheld_revoke", _("成立（撤销）")
    UPHELD_STOP = "upheld_stop", _("成立（停止公示）")
    DISMISSED = "dismissed", _("不成立")
    WITHDRAWN_BY_APPLICANT = "withdrawn_by_applicant", _("申请人撤回")
    REVIEW_REQUESTED = "review_requested", _("申请复核")
    REVIEW_UPHELD = "review_upheld", _("复核成立")
    REVIEW_DISMISSED = "review_dismissed", _("复核不成立")
    CLOSED = "closed", _("已结案")


S = ObjectionState

UPHELD = (S.UPHELD_CORRECT, S.UPHELD_REVOKE, S.UPHELD_STOP)
FIRST_DECISIONS = (*UPHELD, S.DISMISSED)
REVIEWED = (S.REVIEW_UPHELD, S.REVIEW_DISMISSED)
UNDER_WAY = (
    S.SUBMITTED,
    S.SUPPLEMENT,
    S.ACCEPTED,
    S.INVESTIGATING,
    S.PAUSED,
    S.DECISION_DRAFT,
    S.REVIEW_REQUESTED,
)
"""The states in which an objection is open: a record has one at a time."""
MARKING = (S.ACCEPTED, S.INVESTIGATING, S.PAUSED, S.DECISION_DRAFT, S.REVIEW_REQUESTED)
"""The states during which the record bears the mark."""


class Outcome(models.TextChoices):
    """What a decision may say; none of them is heavier than the record as it stands."""

    CORRECT = "correct", _("成立，更正记录")
    REVOKE = "revoke", _("成立，撤销记录")
    STOP = "stop", _("成立，停止公示")
    DISMISS = "dismiss", _("不成立，维持记录")


class Objection(Covered):
    """One objection of the subject to one record; in its second round the superior office reviews the decision."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=40, blank=True)  # serial of the office, taken when it is handed in
    state = models.CharField(max_length=24, choices=ObjectionState, default=ObjectionState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)  # +1 when the applicant hands in again, and for the review

    # The record and its subject; an objection about an official is his alone.
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="objections")
    repair = models.ForeignKey("records.CreditRepair", models.PROTECT, null=True, related_name="objections")
    subject_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    subject_official = models.ForeignKey("accounts.Official", models.PROTECT, null=True, related_name="+")
    subject_name = models.CharField(max_length=200)

    # The credit lead office that holds it now: that of the record, or the superior after escalation or for the review.
    office = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    is_escalated = models.BooleanField(default=False)

    # What is said.
    ground = models.CharField(max_length=20, blank=True)  # code list objection_ground
    is_against_source = models.BooleanField(default=False)  # against the discipline or penalty itself, not its record
    facts = models.TextField(blank=True)
    wanted = models.CharField(max_length=10, blank=True)  # an outcome, in the applicant's words
    is_paper = models.BooleanField(default=False)
    agent_name = models.CharField(max_length=100, blank=True)
    received_on = models.DateField(null=True)  # paper filings: the day they came in
    filed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    filed_on = models.DateField(null=True)

    # How it was taken up.
    handler = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    accepted_on = models.DateField(null=True)
    refusal = models.CharField(max_length=24, blank=True)  # code list objection_refusal
    refusal_reason = models.TextField(blank=True)
    remedy = models.TextField(blank=True)

    # What the handler proposes.
    findings = models.TextField(blank=True)
    proposed = models.CharField(max_length=10, choices=Outcome, blank=True)
    content = models.JSONField(default=dict)  # the columns of the record a correction would change
    draft_queried = models.TextField(blank=True)  # why the decider sent the draft back

    # The decisions and the review.
    decider = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    review_reason = models.TextField(blank=True)
    reviewed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)

    objects = ObjectionQuerySet.as_manager()
    ledger_exempt: ClassVar[dict[str, str]] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(name="objection_state_known", condition=Q(state__in=ObjectionState.values)),
            models.CheckConstraint(name="objection_decider_is_not_handler", condition=~Q(decider=F("handler"))),
            models.CheckConstraint(name="objection_decider_is_not_applicant", condition=~Q(decider=F("filed_by"))),
            models.CheckConstraint(name="objection_reviewer_is_not_handler", condition=~Q(reviewed_by=F("handler"))),
            models.CheckConstraint(name="objection_reviewer_is_not_decider", condition=~Q(reviewed_by=F("decider"))),
            models.CheckConstraint(name="objection_reviewer_is_no_applicant", condition=~Q(reviewed_by=F("filed_by"))),
            models.CheckConstraint(
                name="objection_handler_is_not_applicant", condition=Q(is_paper=True) | ~Q(handler=F("filed_by"))
            ),
            models.CheckConstraint(
                name="objection_handed_in_is_numbered",
                condition=Q(state=S.DRAFT) | (~Q(number="") & Q(filed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="objection_decided_by_two",
                condition=~Q(state__in=[each.value for each in FIRST_DECISIONS])
                | Q(handler__isnull=False, decider__isnull=False),
            ),
            models.CheckConstraint(
                name="objection_reviewed_by_somebody",
                condition=~Q(state__in=[each.value for each in REVIEWED])
                | Q(handler__isnull=False, decider__isnull=False, reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="objection_refusal_has_reason",
                condition=~Q(state=S.NOT_ACCEPTED) | (~Q(refusal_reason="") & ~Q(remedy="")),
            ),
            models.UniqueConstraint(name="objection_number_once", fields=["number"], condition=~Q(number="")),
            models.UniqueConstraint(
                name="objection_one_open_per_record",
                fields=["record"],
                condition=Q(state__in=[each.value for each in UNDER_WAY]),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="objection_office_state"),
            models.Index(fields=["subject_department", "state"], name="objection_unit_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject_name}".strip()
