"""The commitment (承诺): what a department promised to whom, by when, how it is measured, and how it ended."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered
from records.models.commitment_rows import CommitmentQuerySet
from records.models.record import DishonestyRecord


class CommitmentState(models.TextChoices):
    """The states of domain 4.1; "due soon" is read from the days, so it is no state."""

    DRAFT = "draft", _("草稿")
    PENDING_REVIEW = "pending_review", _("待审核")
    RETURNED = "returned", _("退回")
    ACTIVE = "active", _("履行中")
    PERFORMED_CLAIMED = "performed_claimed", _("申报履行")
    FULFILLED = "fulfilled", _("已履行")
    OVERDUE = "overdue", _("逾期")
    BREACHED = "breached", _("未履行（失信）")
    CHANGE_PENDING = "change_pending", _("变更审批中")
    CHANGED = "changed", _("依法变更")
    CANCELLED = "cancelled", _("已撤销")


class DisclosureMode(models.TextChoices):
    """How a promise may be shown (row 11); the words and their source are in the code list ``disclosure_mode``."""

    PROACTIVE = "PROACTIVE", _("主动公开")
    ON_REQUEST = "ON_REQUEST", _("依申请公开")
    WITHHELD = "WITHHELD", _("不予公开")


S = CommitmentState
UNGIVEN = (S.DRAFT, S.PENDING_REVIEW, S.RETURNED)
BINDING = (S.ACTIVE, S.PERFORMED_CLAIMED, S.OVERDUE, S.CHANGE_PENDING)
ENDED = (S.FULFILLED, S.BREACHED, S.CHANGED)
GIVEN = (*BINDING, *ENDED)


class Commitment(Covered):
    """A promise of a department; given once reviewed, then kept, broken or lawfully changed, and never rewritten in silence."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)  # serial per department and year, taken at registration
    state = models.CharField(max_length=20, choices=CommitmentState, default=CommitmentState.DRAFT)
    version = models.PositiveIntegerField(default=1)  # the lock: +1 on every change of the row
    edition = models.PositiveIntegerField(default=1)  # +1 with every new wording or date; CommitmentVersion keeps each
    report_version = models.PositiveIntegerField(default=0)  # last version told to the platform
    public_version = models.PositiveIntegerField(default=0)  # last version shown to the public

    # Who gives the promise and answers for it, with the names as they were on the day.
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=200)
    lead = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    lead_name = models.CharField(max_length=200, blank=True)
    responsible_official = models.ForeignKey("accounts.Official", models.PROTECT, null=True, related_name="+")
    responsible_name = models.CharField(max_length=100, blank=True)
    responsible_post = models.CharField(max_length=200, blank=True)

    # The content: what versions keep and differences compare.
    kind = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    content = models.TextField(blank=True)
    to_whom = models.CharField(max_length=200, blank=True)
    measure = models.TextField(blank=True)  # the measurable standard by which it is judged
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    key_areas = models.JSONField(default=list)
    origin = models.CharField(max_length=40, blank=True)  # where it was given: policy, contract, pledge, reply …
    document_name = models.CharField(max_length=200, blank=True)
    document_number = models.CharField(max_length=128, blank=True)
    amount_yuan = models.DecimalField(max_digits=18, decimal_places=2, null=True)  # contracts and payments
    disclosure_mode = models.CharField(max_length=20, choices=DisclosureMode, default=DisclosureMode.PROACTIVE)
    disclosure_reason = models.TextField(blank=True)
    disclosure_basis = models.CharField(max_length=200, blank=True)

    # The hands.
    filer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    claimant = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    judge = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    registered_on = models.DateField()
    submitted_at = models.DateTimeField(null=True)
    activated_on = models.DateField(null=True)
    overdue_on = models.DateField(null=True)  # the first day past the due date

    # What the department says of its performance.
    claimed_on = models.DateField(null=True)
    performed_on = models.DateField(null=True)
    claim_note = models.TextField(blank=True)
    is_late = models.BooleanField(default=False)

    # The verdict, on a named version of the text.
    judged_on = models.DateField(null=True)
    judged_edition = models.PositiveIntegerField(null=True)
    score = models.PositiveSmallIntegerField(null=True)  # 0-100
    value = models.DecimalField(
        max_digits=3, decimal_places=2, null=True
    )  # what the rate counts: 1, 0.5 late, 0 broken
    verdict_note = models.TextField(blank=True)  # read by the public where the promise is public
    opened_record = models.ForeignKey(DishonestyRecord, models.PROTECT, null=True, related_name="+")

    # The lawful change.
    state_before = models.CharField(max_length=20, blank=True)  # where a refused change goes back to
    change_reason = models.TextField(blank=True)  # the reason the public reads
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")

    # Disclosure.
    publication_waits = models.BooleanField(default=False)  # it should be public, the text scan says not yet
    publication_reason = models.TextField(blank=True)  # why the scan's hits are false ones
    public_from = models.DateField(null=True)
    public_until = models.DateField(null=True)  # the last day shown
    ended_on = models.DateField(null=True)

    objects = CommitmentQuerySet.as_manager()
    ledger_exempt: ClassVar[dict[str, str]] = {}

    CONTENT: ClassVar[tuple[str, ...]] = (
        "kind",
        "title",
        "content",
        "to_whom",
        "measure",
        "starts_on",
        "due_on",
        "key_areas",
        "origin",
        "document_name",
        "document_number",
        "amount_yuan",
        "responsible_name",
        "responsible_post",
        "disclosure_mode",
        "disclosure_reason",
        "disclosure_basis",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="commitment_state_known", condition=Q(state__in=CommitmentState.values)),
            models.CheckConstraint(
                name="commitment_mode_known", condition=Q(disclosure_mode__in=DisclosureMode.values)
            ),
            models.CheckConstraint(name="commitment_reviewer_is_not_filer", condition=~Q(reviewer=F("filer"))),
            models.CheckConstraint(name="commitment_judge_is_not_claimant", condition=~Q(judge=F("claimant"))),
            models.CheckConstraint(name="commitment_judge_is_not_filer", condition=~Q(judge=F("filer"))),
            models.CheckConstraint(
                name="commitment_days_in_order",
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="commitment_given_is_complete",
                condition=~Q(state__in=[s.value for s in GIVEN])
                | Q(due_on__isnull=False, starts_on__isnull=False, activated_on__isnull=False)
                & Q(responsible_official__isnull=False)
                & ~Q(kind="")
                & ~Q(title="")
                & ~Q(content="")
                & ~Q(measure="")
                & ~Q(to_whom=""),
            ),
            models.CheckConstraint(
                name="commitment_kept_back_with_reason",
                condition=~Q(state__in=[s.value for s in GIVEN])
                | Q(disclosure_mode=DisclosureMode.PROACTIVE)
                | ~Q(disclosure_reason="") & ~Q(disclosure_basis=""),
            ),
            models.CheckConstraint(
                name="commitment_claim_is_dated",
                condition=~Q(state=S.PERFORMED_CLAIMED)
                | Q(claimant__isnull=False, claimed_on__isnull=False, performed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_fulfilled_is_judged",
                condition=~Q(state=S.FULFILLED)
                | Q(judge__isnull=False, judged_on__isnull=False, judged_edition__isnull=False)
                & Q(score__isnull=False, value__isnull=False, performed_on__isnull=False)
                & ~Q(verdict_note=""),
            ),
            models.CheckConstraint(
                name="commitment_breached_is_judged",
                condition=~Q(state=S.BREACHED)
                | Q(judge__isnull=False, judged_on__isnull=False, judged_edition__isnull=False, value=0)
                & ~Q(verdict_note=""),
            ),
            models.CheckConstraint(
                name="commitment_changed_with_reason", condition=~Q(state=S.CHANGED) | ~Q(change_reason="")
            ),
            models.CheckConstraint(
                name="commitment_overdue_after_due",
                condition=Q(overdue_on=None) | Q(due_on=None) | Q(overdue_on__gt=F("due_on")),
            ),
            models.CheckConstraint(name="commitment_score_in_range", condition=Q(score=None) | Q(score__lte=100)),
            models.CheckConstraint(
                name="commitment_value_in_range", condition=Q(value=None) | Q(value__gte=0, value__lte=1)
            ),
            models.CheckConstraint(
                name="commitment_amount_not_negative", condition=Q(amount_yuan=None) | Q(amount_yuan__gte=0)
            ),
            models.CheckConstraint(
                name="commitment_public_days_in_order",
                condition=Q(public_from=None, public_until=None) | Q(public_from__lte=F("public_until")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "department"], name="commitment_state_department"),
            models.Index(fields=["lead", "state"], name="commitment_lead_state"),
            models.Index(fields=["-registered_on", "-id"], name="commitment_newest"),
            models.Index(fields=["due_on"], name="commitment_due", condition=Q(state=S.ACTIVE)),
            models.Index(fields=["department", "due_on"], name="commitment_department_due"),
            models.Index(fields=["public_until"], name="commitment_public_ends", condition=~Q(public_until=None)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
