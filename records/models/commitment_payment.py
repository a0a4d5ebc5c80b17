"""The payments a promise owes: one row each, read from the details, so that every one has a deadline of its own."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered
from records.models.commitment import Commitment
from records.models.commitment_rows import PartQuerySet


class PaymentState(models.TextChoices):
    """A payment is owed until it is recorded as paid in full."""

    DUE = "due", _("待付")
    PAID = "paid", _("已付清")


class PaymentNode(Covered):
    """
    One payment named in the details of a promise: to whom, how much, and from which day its period counts.

    The last day itself is the deadline's, recomputed from ``rule``, ``started_on`` and ``days`` and never typed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="payments")
    form = models.CharField(max_length=32)
    place = models.PositiveSmallIntegerField()
    payee = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=18, decimal_places=2)  # yuan
    rule = models.CharField(max_length=64)
    started_on = models.DateField()  # day 0: the delivery, or the day the contract names
    days = models.PositiveSmallIntegerField(null=True)  # where the contract agreed on another number than the rule's
    state = models.CharField(max_length=8, choices=PaymentState, default=PaymentState.DUE)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    paid_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)  # no longer in the details; what was told of it stays

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="payment_state_known", condition=Q(state__in=PaymentState.values)),
            models.CheckConstraint(name="payment_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="payment_paid_is_dated",
                condition=Q(state=PaymentState.PAID, paid_on__isnull=False)
                | Q(state=PaymentState.DUE, paid_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["commitment"],
                name="payment_owed",
                condition=Q(state=PaymentState.DUE, removed_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.form} {self.place}"
