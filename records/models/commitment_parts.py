"""What belongs to a commitment: its versions, its milestones, the lawful change asked for, the reminders given."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.commitment import Commitment
from records.models.commitment_rows import PartQuerySet


class CommitmentVersion(Covered):
    """The text and the days of one edition; strings, integers and lists only. Moved goalposts stay visible here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="versions")
    edition = models.PositiveIntegerField()
    content = models.JSONField()
    why = models.TextField(blank=True)
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)  # from this day it binds

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="commitment_version_once", fields=["commitment", "edition"]),
            models.CheckConstraint(name="commitment_version_second_person", condition=~Q(approved_by=F("made_by"))),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} / {self.edition}"


class MilestoneState(models.TextChoices):
    """A milestone counts only when a second person has checked it."""

    PLANNED = "planned", _("未完成")
    REPORTED = "reported", _("待核验")
    CHECKED = "checked", _("已核验")


class Milestone(Covered):
    """A step of a promise with its weight; the progress of the promise is the weight of the checked ones, never typed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="milestones")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    weight = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=MilestoneState, default=MilestoneState.PLANNED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)  # +1 each time it is sent back to be reported anew
    note = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    reported_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    reported_on = models.DateField(null=True)
    checked_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    check_note = models.TextField(blank=True)
    removed_on = models.DateField(null=True)  # taken out by a later wording; earlier versions still name it

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="milestone_state_known", condition=Q(state__in=MilestoneState.values)),
            models.CheckConstraint(name="milestone_weight_positive", condition=Q(weight__gte=1, weight__lte=100)),
            models.CheckConstraint(name="milestone_second_person", condition=~Q(checked_by=F("reported_by"))),
            models.CheckConstraint(
                name="milestone_checked_is_named",
                condition=~Q(state=MilestoneState.CHECKED)
                | Q(reported_by__isnull=False, checked_by__isnull=False, checked_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="milestone_place_once", fields=["commitment", "place"], condition=Q(removed_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.place} {self.title}"


class ChangeState(models.TextChoices):
    """What became of a request for a lawful change."""

    REQUESTED = "requested", _("审批中")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("未批准")


class CommitmentChange(Covered):
    """A lawful change asked for: basis, public interest, compensation, and the new words (广东省优化营商环境条例 art. 26)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="changes")
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.REQUESTED)
    edition = models.PositiveIntegerField()  # the edition it asks to change
    basis_codes = models.JSONField(default=list)
    reason = models.TextField()  # the national or public interest, in words the public reads
    excuses = models.JSONField(default=list)  # reasons on the list of refused excuses that were named beside it
    compensation_plan = models.TextField()
    content = models.JSONField(default=dict)  # the new words and days; empty = the promise ends without a successor
    requested_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    requested_on = models.DateField()
    compensation_yuan = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    compensation_note = models.TextField(blank=True)
    compensated_on = models.DateField(null=True)
    compensation_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    head = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    decision_note = models.TextField(blank=True)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="change_state_known", condition=Q(state__in=ChangeState.values)),
            models.UniqueConstraint(
                name="change_one_open", fields=["commitment"], condition=Q(state=ChangeState.REQUESTED)
            ),
            models.CheckConstraint(name="change_reasoned", condition=~Q(reason="") & ~Q(compensation_plan="")),
            models.CheckConstraint(
                name="change_approved_by_two",
                condition=~Q(state=ChangeState.APPROVED)
                | Q(head__isnull=False, approver__isnull=False, compensated_on__isnull=False),
            ),
            models.CheckConstraint(name="change_head_is_not_approver", condition=~Q(head=F("approver"))),
            models.CheckConstraint(name="change_head_is_not_requester", condition=~Q(head=F("requested_by"))),
            models.CheckConstraint(name="change_approver_is_not_requester", condition=~Q(approver=F("requested_by"))),
            models.CheckConstraint(
                name="change_refusal_told", condition=~Q(state=ChangeState.REFUSED) | ~Q(decision_note="")
            ),
            models.CheckConstraint(
                name="change_compensation_not_negative",
                condition=Q(compensation_yuan=None) | Q(compensation_yuan__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.requested_on}"


class CommitmentReminder(Covered):
    """A reminder that a due date comes near: derived from the day, written once, never again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reminders")
    days_before = models.PositiveSmallIntegerField()  # working days
    due_on = models.DateField()
    reminded_on = models.DateField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reminder_once", fields=["commitment", "due_on", "days_before"]),
            models.CheckConstraint(name="reminder_not_after_due", condition=Q(reminded_on__lte=F("due_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.days_before}"
