"""What a repair leaves on paper: the checklist, the one notice of what is missing, the decision, its revocation; and the court's word."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.record import DishonestyRecord
from records.models.repair import CreditRepair


class MaterialState(models.TextChoices):
    """How one material of the checklist stands."""

    OPEN = "open", _("未交")
    GIVEN = "given", _("已交")
    LACKING = "lacking", _("需补正")
    PASSED = "passed", _("核对通过")


class RepairMaterial(Covered):
    """One line of the checklist, taken from the list of the day the application was opened."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    repair = models.ForeignKey(CreditRepair, models.PROTECT, related_name="materials")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()
    is_required = models.BooleanField()
    state = models.CharField(max_length=10, choices=MaterialState, default=MaterialState.OPEN)
    on_paper = models.BooleanField(default=False)
    given_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)  # what is wrong with it, in the officer's words

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="repair_material_once", fields=["repair", "code"]),
            models.CheckConstraint(name="repair_material_state_known", condition=Q(state__in=MaterialState.values)),
        ]

    def __str__(self) -> str:
        return self.label


class SupplementNotice(Covered):
    """补正告知: everything that is missing, told once; a second one cannot be stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    repair = models.OneToOneField(CreditRepair, models.PROTECT, related_name="supplement_notice")
    items = models.JSONField()  # [{"code", "label", "note"}]
    told_on = models.DateField()
    told_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="supplement_names_something", condition=~Q(items=[]))]

    def __str__(self) -> str:
        return f"{self.repair_id} {self.told_on}"


class DecisionOutcome(models.TextChoices):
    """What is decided."""

    APPROVE = "approve", _("准予修复")
    REFUSE = "refuse", _("不予修复")


class RepairDecision(Covered):
    """修复决定: the outcome with its number and reasons; a refusal says when and how to ask again, and the remedy.

    A refusal that falls by an objection is followed by a second row that grants.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    repair = models.ForeignKey(CreditRepair, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=DecisionOutcome)
    number = models.CharField(max_length=128)
    reasons = models.TextField()
    reapply_from = models.DateField(null=True)
    reapply_how = models.TextField(blank=True)
    remedy = models.TextField()  # that the result may be objected to, as it was told
    drafted_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    decided_on = models.DateField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="decision_once_each_way", fields=["repair", "outcome"]),
            models.CheckConstraint(name="decision_outcome_known", condition=Q(outcome__in=DecisionOutcome.values)),
            models.CheckConstraint(name="decision_has_reasons", condition=~Q(reasons="") & ~Q(number="")),
            models.CheckConstraint(name="decision_by_another", condition=~Q(decided_by=F("drafted_by"))),
            models.CheckConstraint(
                name="decision_refusal_shows_the_way",
                condition=Q(outcome=DecisionOutcome.APPROVE)
                | Q(reapply_from__isnull=False) & ~Q(reapply_how="") & ~Q(remedy=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RepairRevocation(Covered):
    """撤销修复: two persons undo a repair got by a false promise or forged paper; the notice tells the subject what follows."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    repair = models.OneToOneField(CreditRepair, models.PROTECT, related_name="revocation")
    ground = models.CharField(max_length=40)
    reason = models.TextField()
    notice = models.TextField()
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    signed_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    revoked_on = models.DateField()
    may_apply_from = models.DateField()  # first day on which the subject may apply again, for any record
    shown_until = models.DateField(null=True)  # last day of the remaining disclosure; none where it is not public

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="revocation_by_two", condition=~Q(signed_by=F("proposed_by"))),
            models.CheckConstraint(name="revocation_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="revocation_blocks", condition=Q(may_apply_from__gte=F("revoked_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.repair_id} {self.revoked_on}"


class CourtDelisting(Covered):
    """法院移出名单: the court's own word that an entry we mirror is no longer on its list; the record ends by it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.OneToOneField(DishonestyRecord, models.PROTECT, related_name="court_delisting")
    court = models.CharField(max_length=200)
    document_number = models.CharField(max_length=128)
    delisted_on = models.DateField()
    noted_on = models.DateField()
    noted_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="delisting_not_in_future", condition=Q(delisted_on__lte=F("noted_on"))),
            models.CheckConstraint(name="delisting_is_documented", condition=~Q(document_number="") & ~Q(court="")),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.delisted_on}"
