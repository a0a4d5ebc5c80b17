"""Acts that need more than one signature: the proposal, bound to what was read, and the signatures under it."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from ledger.covered import Covered


class ProposalState(models.TextChoices):
    """Where a proposal stands; lapsing is read from the day and the object, never stored."""

    OPEN = "open", "待签署"
    PERFORMED = "performed", "已签齐"
    DECLINED = "declined", "未同意"
    LAPSED = "lapsed", "已失效"


class Proposal(Covered):
    """An act proposed by the first signer; it holds only for the version and the content that were signed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    machine = models.CharField(max_length=48)
    action = models.CharField(max_length=48)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField("对象版本")
    digest = models.CharField("内容摘要", max_length=64)
    reason = models.TextField("理由")
    facts = models.JSONField("事项", default=dict, blank=True)
    state = models.CharField("状态", max_length=12, choices=ProposalState, default=ProposalState.OPEN)
    opened_at = models.DateTimeField("提议时间")
    lapses_on = models.DateField("失效日")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="proposal_one_open_per_action",
                fields=["object_type", "object_id", "action"],
                condition=Q(state="open"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.machine}.{self.action} {self.object_id}"


class Signature(Covered):
    """One signature under a proposal; a natural person signs once, whatever account is used."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="signatures")
    place = models.PositiveSmallIntegerField("次序")
    role = models.CharField("角色", max_length=16)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declined = models.BooleanField("不同意", default=False)
    note = models.TextField("意见", blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="signature_one_per_person", fields=["proposal", "person"]),
            models.UniqueConstraint(name="signature_one_per_place", fields=["proposal", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.place}"
