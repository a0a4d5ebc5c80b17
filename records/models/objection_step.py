"""What happens on an objection's way: the one supplement notice, inquiries, escalations, decisions and their service, notices."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.hearing import NoticeMethod
from records.models.objection import Objection, Outcome
from records.models.objection_querysets import InquiryQuerySet
from records.models.record import DishonestyRecord


class ObjectionSupplement(Covered):
    """一次性告知: everything that is missing, told once; there is no second notice."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    objection = models.OneToOneField(Objection, models.PROTECT, related_name="supplement")
    items = models.JSONField(default=list)  # texts, one for each missing thing
    told_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    told_on = models.DateField()
    due_on = models.DateField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="objection_supplement_names_something", condition=~Q(items=[])),
            models.CheckConstraint(name="objection_supplement_days_in_order", condition=Q(due_on__gte=F("told_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.told_on}"


class InquiryState(models.TextChoices):
    """An inquiry with the unit that provided the record."""

    ASKED = "asked", _("待回复")
    ANSWERED = "answered", _("已回复")
    LAPSED = "lapsed", _("未回复即办结")


class ProviderInquiry(Covered):
    """核实函: a question to the unit that keeps the record, answered within its own period (河南省社会信用条例 art. 41)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    state = models.CharField(max_length=12, choices=InquiryState, default=InquiryState.ASKED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    objection = models.ForeignKey(Objection, models.PROTECT, related_name="inquiries")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    question = models.TextField()
    asked_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="inquiry_state_known", condition=Q(state__in=InquiryState.values)),
            models.CheckConstraint(name="inquiry_asks_something", condition=~Q(question="")),
            models.CheckConstraint(
                name="inquiry_answer_has_words",
                condition=~Q(state=InquiryState.ANSWERED) | (~Q(answer="") & Q(answered_by__isnull=False)),
            ),
            models.CheckConstraint(name="inquiry_answered_by_another", condition=~Q(answered_by=F("asked_by"))),
            models.UniqueConstraint(
                name="inquiry_one_open", fields=["objection"], condition=Q(state=InquiryState.ASKED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.asked_on}"


class ObjectionEscalation(Covered):
    """Not decided in time: the case went up by itself, and the assessment of the office it left counts this row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    objection = models.ForeignKey(Objection, models.PROTECT, related_name="escalations")
    from_office = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    to_office = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    rule = models.CharField(max_length=64)
    due_on = models.DateField()  # the day that was missed
    escalated_on = models.DateField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="escalation_goes_elsewhere", condition=~Q(from_office=F("to_office"))),
            models.CheckConstraint(name="escalation_after_the_day", condition=Q(escalated_on__gt=F("due_on"))),
            models.UniqueConstraint(name="escalation_once_per_office", fields=["objection", "from_office"]),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.due_on}"


class ObjectionDecision(Covered):
    """The signed decision of one round: outcome, reasons, document number, and the two persons who stand for it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    objection = models.ForeignKey(Objection, models.PROTECT, related_name="decisions")
    is_review = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.TextField()
    document_number = models.CharField(max_length=128)
    content = models.JSONField(default=dict)  # what was corrected
    was_public = models.BooleanField(default=False)  # shown before or at the decision, so a correction notice is owed
    office = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    office_name = models.CharField(max_length=200)
    prepared_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    decided_on = models.DateField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="objection_decided_once_per_round", fields=["objection", "is_review"]),
            models.CheckConstraint(name="objection_decision_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="objection_decision_has_reasons", condition=~Q(reasons="") & ~Q(document_number="")
            ),
            models.CheckConstraint(name="objection_decision_by_two_persons", condition=~Q(decided_by=F("prepared_by"))),
            models.CheckConstraint(
                name="objection_decision_that_changes_is_prepared",
                condition=Q(outcome=Outcome.DISMISS, is_review=True) | Q(prepared_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.document_number


class DecisionService(Covered):
    """How and when a decision reached the applicant; from that day the period for a review runs."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.OneToOneField(ObjectionDecision, models.PROTECT, related_name="service")
    method = models.CharField(max_length=12, choices=NoticeMethod)
    received_by = models.CharField(max_length=100)
    served_on = models.DateField()
    served_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="objection_service_method_known", condition=Q(method__in=NoticeMethod.values)),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.served_on}"


class CorrectionNotice(Covered):
    """
    更正公告: says in public that a record shown before was withdrawn, corrected or stopped (row 32, domain 4.2).

    It rests on an upheld objection, at the request of the subject, or on the withdrawal by two approvers.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # also that of the public document
    decision = models.OneToOneField(ObjectionDecision, models.PROTECT, null=True, related_name="notice")
    withdrawn = models.OneToOneField(DishonestyRecord, models.PROTECT, null=True, related_name="correction_notice")
    title = models.CharField(max_length=300)
    text = models.TextField()
    requested_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    shown_from = models.DateField()
    shown_until = models.DateField()  # the last day
    ended_on = models.DateField(null=True)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="objection_notice_shown_in_order", condition=Q(shown_until__gte=F("shown_from"))
            ),
            models.CheckConstraint(
                name="correction_notice_rests_on_one",
                condition=Q(decision__isnull=False, withdrawn=None) | Q(decision=None, withdrawn__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
