"""The complaint or report (投诉举报): what somebody says about a department, sealed so that only named offices can read it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered
from records.models.complaint_querysets import ComplaintQuerySet


class ComplaintState(models.TextChoices):
    """The states of domain 4.5."""

    RECEIVED = "received", _("已登记")
    SCREENING = "screening", _("甄别中")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    TRANSFERRED = "transferred", _("转办")
    ACCEPTED = "accepted", _("已受理")
    INVESTIGATING = "investigating", _("核查中")
    VERIFIED_TRUE = "verified_true", _("属实")
    VERIFIED_PARTIAL = "verified_partial", _("部分属实")
    VERIFIED_FALSE = "verified_false", _("不属实")
    RECTIFYING = "rectifying", _("整改中")
    ANSWERED = "answered", _("已反馈")
    RATED = "rated", _("已评价")
    CLOSED = "closed", _("已办结")
    MERGED = "merged", _("已并案")
    WITHDRAWN = "withdrawn", _("已撤回")


class ComplaintKind(models.TextChoices):
    """What the complaint is about; it decides which clocks run (domain rows 12, 35; SME25)."""

    GENERAL = "general", _("违约失信、不履行承诺")
    CREDIT_HANDLING = "credit_handling", _("信用信息处理不当")
    SME_PAYMENT = "sme_payment", _("拖欠中小企业账款")


class ComplaintOutcome(models.TextChoices):
    """What the investigation found; it stays when the state moves on."""

    TRUE = "true", _("属实")
    PARTIAL = "partial", _("部分属实")
    FALSE = "false", _("不属实")


VERIFIED = (
    ComplaintState.VERIFIED_TRUE,
    ComplaintState.VERIFIED_PARTIAL,
    ComplaintState.VERIFIED_FALSE,
    ComplaintState.RECTIFYING,
    ComplaintState.ANSWERED,
    ComplaintState.RATED,
    ComplaintState.CLOSED,
)
"""The states behind an investigation two persons have signed."""

ENDED = (ComplaintState.CLOSED, ComplaintState.NOT_ACCEPTED, ComplaintState.WITHDRAWN, ComplaintState.MERGED)
"""The states nothing leads out of; from the day of the end the terms of retention count."""


class Complaint(Covered):
    """
    One complaint. The row tells the day it came and nothing finer, and its key is random, so that no row dates another.

    ``number`` is given with the night's batch in shuffled order; until then the complaint is known by its day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True, null=True)
    state = models.CharField(max_length=20, choices=ComplaintState, default=ComplaintState.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)

    channel = models.CharField(max_length=24)  # code list ``channel``
    kind = models.CharField(max_length=24, choices=ComplaintKind, default=ComplaintKind.GENERAL)
    object_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # the accused
    object_name = models.CharField(max_length=200)  # its name on the day
    key_areas = models.JSONField(default=list)
    received_on = models.DateField()
    content_sealed = models.BinaryField()  # JSON {"content", "happened"} under the case's data key
    recorded_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="+"
    )  # phone, box, counter

    # Handling. ``department`` handles now: the receiving credit lead office until it is transferred; never the accused.
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    handler = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    findings_sealed = models.BinaryField(null=True)  # under the case's data key
    is_malicious = models.BooleanField(default=False)
    accepted_on = models.DateField(null=True)
    transferred_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    # After its end: who sent it is forgotten first (with the originals of files), then what was said.
    identity_erased_on = models.DateField(null=True)
    content_erased_on = models.DateField(null=True)

    # The way through the offices, and what was found.
    lead = models.ForeignKey("accounts.Department", models.PROTECT, null=True, related_name="+")  # who screened it
    is_simple = models.BooleanField(default=False)  # 简易事项: answered within the short term
    ordinary_on = models.DateField(null=True)  # the day it turned out not to be simple
    extended_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    outcome = models.CharField(max_length=8, choices=ComplaintOutcome, blank=True)
    failed_as = models.CharField(max_length=8, blank=True)  # overdue | refused: what became of the rectification

    # What it leads to.
    rectification = models.ForeignKey("records.Rectification", models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey("records.DishonestyRecord", models.PROTECT, null=True, related_name="complaints")
    about_type = models.CharField(max_length=64, blank=True)  # for instance the commitment that was broken
    about_id = models.CharField(max_length=64, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = ComplaintQuerySet.as_manager()
    ledger_exempt: ClassVar[dict[str, str]] = {}
    ledger_day: ClassVar[str] = "received_on"

    class Meta:
        constraints = [
            models.CheckConstraint(name="complaint_state_known", condition=Q(state__in=ComplaintState.values)),
            models.CheckConstraint(name="complaint_kind_known", condition=Q(kind__in=ComplaintKind.values)),
            models.CheckConstraint(
                name="complaint_not_handled_by_accused", condition=~Q(department=F("object_department"))
            ),
            models.CheckConstraint(name="complaint_reviewer_is_not_handler", condition=~Q(reviewer=F("handler"))),
            models.CheckConstraint(
                name="complaint_not_screened_by_accused", condition=Q(lead=None) | ~Q(lead=F("object_department"))
            ),
            models.CheckConstraint(
                name="complaint_outcome_known", condition=Q(outcome="") | Q(outcome__in=ComplaintOutcome.values)
            ),
            models.CheckConstraint(
                name="complaint_verified_by_two",
                condition=~Q(state__in=[state.value for state in VERIFIED])
                | Q(handler__isnull=False, reviewer__isnull=False, verified_on__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="complaint_record_only_where_true",
                condition=Q(record=None) | Q(outcome__in=[ComplaintOutcome.TRUE, ComplaintOutcome.PARTIAL]),
            ),
            models.CheckConstraint(
                name="complaint_simple_where_it_may_be",
                condition=Q(is_simple=False)
                | Q(ordinary_on=None) & ~Q(kind=ComplaintKind.SME_PAYMENT) & ~Q(channel="PETITION"),
            ),
            models.CheckConstraint(
                name="complaint_forgotten_after_its_end",
                condition=Q(identity_erased_on=None) | Q(closed_on__isnull=False, state__in=ENDED),
            ),
            models.CheckConstraint(
                name="complaint_sender_forgotten_first",
                condition=Q(content_erased_on=None) | Q(identity_erased_on__lte=F("content_erased_on")),
            ),
            models.CheckConstraint(name="complaint_not_merged_into_itself", condition=~Q(merged_into=F("id"))),
            models.CheckConstraint(
                name="complaint_merged_names_the_other",
                condition=~Q(state=ComplaintState.MERGED) | Q(merged_into__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state"], name="complaint_department_state"),
            models.Index(fields=["object_department", "received_on"], name="complaint_object"),
            models.Index(fields=["received_on", "id"], name="complaint_by_day"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)


class ComplaintKey(Covered):
    """
    The case's data key, wrapped for one role at one department; the accused department can never hold one.

    The role ``reporter`` has no department: that copy opens the thread to whoever brings a receipt of the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="keys")
    role = models.CharField(max_length=12)
    department = models.ForeignKey("accounts.Department", models.PROTECT, null=True, related_name="+")
    wrapped = models.BinaryField()  # emptied when the content is erased: then nothing of the case opens any more
    given_on = models.DateField()
    ended_on = models.DateField(null=True)

    ledger_day: ClassVar[str] = "given_on"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="complaint_key_once", fields=["complaint", "role", "department"], nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["department", "role"], name="complaint_key_holder")]

    def __str__(self) -> str:
        return f"{self.role}@{self.department_id}"
