"""从轻或免于惩戒: what the recorded did to make good, and what it changed in the sanctions (row 37)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered
from records.models.record import DishonestyRecord
from records.models.scopes import ClaimQuerySet


class MitigationState(models.TextChoices):
    """The states of domain 4.9."""

    FILED = "filed", _("已提出")
    REVIEWING = "reviewing", _("审查中")
    GRANTED_LIGHTEN = "granted_lighten", _("从轻")
    GRANTED_WAIVE = "granted_waive", _("免于惩戒")
    REFUSED = "refused", _("不予支持")


OPEN_CLAIM = (MitigationState.FILED, MitigationState.REVIEWING)
CLAIM_GRANTED = (MitigationState.GRANTED_LIGHTEN, MitigationState.GRANTED_WAIVE)


class MitigationClaim(Covered):
    """A claim that sanctions be lightened or waived; it changes the sanction, never the record."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="mitigation_claims")
    number = models.CharField(max_length=40, unique=True)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # the claimant's
    state = models.CharField(max_length=16, choices=MitigationState, default=MitigationState.FILED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    grounds = models.JSONField(default=list)  # codes of mitigation_ground
    done_on = models.DateField()  # when the loss was made good, the effect removed, the harm stopped
    facts = models.TextField()
    claimant = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    filed_on = models.DateField()
    reviewer = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    opinion = models.TextField(blank=True)
    decider = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    reply = models.TextField(blank=True)
    changed = models.JSONField(default=list)  # per sanction: its code, and its last day from now on; none = lifted

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("从轻免于惩戒申请")
        constraints = [
            models.CheckConstraint(name="mitigation_state_known", condition=Q(state__in=MitigationState.values)),
            models.UniqueConstraint(
                name="mitigation_one_open", fields=["record"], condition=Q(state__in=[s.value for s in OPEN_CLAIM])
            ),
            models.CheckConstraint(
                name="mitigation_hands_differ",
                condition=~Q(reviewer=F("claimant")) & ~Q(decider=F("claimant")) & ~Q(decider=F("reviewer")),
            ),
            models.CheckConstraint(
                name="mitigation_decided_with_reply",
                condition=Q(state__in=[s.value for s in OPEN_CLAIM])
                | Q(reviewer__isnull=False, decider__isnull=False, decided_on__isnull=False) & ~Q(reply=""),
            ),
            models.CheckConstraint(name="mitigation_done_before", condition=Q(done_on__lte=F("filed_on"))),
        ]

    def __str__(self) -> str:
        return self.number
