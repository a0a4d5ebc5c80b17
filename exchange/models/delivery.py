"""A delivery carries one report to the platform: frozen bytes, a state, a lease and what the platform said."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import scope
from accounts.models import RoleGrant, User
from exchange.models.report import Operation, Report


class DeliveryState(models.TextChoices):
    """Domain 4.8."""

    QUEUED = "queued", _("排队")
    SENDING = "sending", _("正在送")
    SENT = "sent", _("已送达")
    STORED = "stored", _("平台已入库")
    REJECTED = "rejected", _("数据不合规")
    RETRY_WAIT = "retry_wait", _("等待重试")
    DEAD = "dead", _("人工处理")
    SUPERSEDED = "superseded", _("已被替代")
    CANCELLED = "cancelled", _("不再报送")


# These release the next version of the same subject; a dead one holds it (design 8).
RELEASING = (DeliveryState.STORED, DeliveryState.REJECTED, DeliveryState.SUPERSEDED, DeliveryState.CANCELLED)
HOLDING = tuple(state for state in DeliveryState if state not in RELEASING)
UNSENT = (DeliveryState.QUEUED, DeliveryState.RETRY_WAIT, DeliveryState.DEAD)
NEEDS_A_HAND = (DeliveryState.DEAD, DeliveryState.REJECTED)


READERS = frozenset({"clerk", "reviewer", "head", "approver", "appeals", "supervisor", "auditor"})


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The vocabulary for picking out deliveries; every method chains."""

    def of_subject(self, delivery: Delivery) -> DeliveryQuerySet:
        """Keep every version of the subject this delivery is about."""
        return self.filter(channel=delivery.channel, resource=delivery.resource, subject_id=delivery.subject_id)

    def before(self, delivery: Delivery) -> DeliveryQuerySet:
        """Keep the earlier versions of the same subject."""
        return self.of_subject(delivery).filter(version__lt=delivery.version)

    def heads_of_line(self) -> DeliveryQuerySet:
        """Keep those with no earlier version of the same subject still on its way or held."""
        return self.filter(
            ~Exists(
                self.model._default_manager.filter(_same_subject(), version__lt=OuterRef("version"), state__in=HOLDING)
            )
        )

    def due(self, now: datetime) -> DeliveryQuerySet:
        """Keep what may be claimed now: waiting and due, or left behind by a worker whose lease ran out."""
        waiting = Q(state__in=(DeliveryState.QUEUED, DeliveryState.RETRY_WAIT), next_attempt_at__lte=now)
        return self.filter(waiting | Q(state=DeliveryState.SENDING, lease_until__lt=now))

    def urgent_first(self) -> DeliveryQuerySet:
        """Withdrawals first, then what must be there soonest."""
        return self.order_by("priority", "due_at", "position", "version")

    def needing_a_hand(self) -> DeliveryQuerySet:
        """Keep what no machine will move on: stopped ones, refused ones without a newer version, any with an alarm."""
        newer = self.model._default_manager.filter(_same_subject(), version__gt=OuterRef("version"))
        alarms = apps.get_model("exchange", "Alarm")._default_manager  # that model stands on this one
        alarmed = alarms.filter(delivery=OuterRef("pk"), cleared_at=None)
        rejected = Q(~Exists(newer), state=DeliveryState.REJECTED)
        return self.filter(Q(state=DeliveryState.DEAD) | rejected | Q(Exists(alarmed)))

    def unfinished_or_recent(self, since: datetime) -> DeliveryQuerySet:
        """Keep what is still on its way or needs a hand, and what was closed lately."""
        hand = self.model._default_manager.all().needing_a_hand().values("pk")
        return self.filter(Q(state__in=HOLDING) | Q(closed_at__gte=since) | Q(pk__in=hand))

    def withdrawn(self) -> DeliveryQuerySet:
        """Keep versions whose subject was withdrawn later, where the platform has stored that or need not know."""
        withdrawal = self.model._default_manager.filter(
            _same_subject(), operation=Operation.WITHDRAW, version__gte=OuterRef("version"), state__in=RELEASING
        )
        return self.filter(Exists(withdrawal))

    def visible_to(self, user: User, now: datetime, *, grants: list[RoleGrant] | None = None) -> DeliveryQuerySet:
        """Keep the deliveries of departments the user's grants reach."""
        reached = scope.departments(user=user, now=now, roles_wanted=READERS, grants=grants)
        return self.filter(department__in=reached)


def _same_subject() -> Q:
    return Q(channel=OuterRef("channel"), resource=OuterRef("resource"), subject_id=OuterRef("subject_id"))


class Delivery(models.Model):
    """
    One report on its way to the platform.

    ``id`` is the idempotency key and never changes. ``payload`` is sealed and frozen when the row is made; only the
    operation is chosen at the first sending and then frozen too, so that every repeat carries the same bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.OneToOneField(Report, models.PROTECT, related_name="delivery")
    channel = models.CharField(max_length=16)
    resource = models.CharField(max_length=8)
    subject_id = models.UUIDField()
    version = models.PositiveIntegerField()
    operation = models.CharField(max_length=1, choices=Operation)
    wire_operation = models.CharField(max_length=1, choices=Operation, blank=True)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    position = models.BigIntegerField()
    priority = models.PositiveSmallIntegerField()
    decided_on = models.DateField()
    due_at = models.DateTimeField()
    payload = models.BinaryField(null=True)
    payload_digest = models.CharField(max_length=64, blank=True)
    mapping = models.CharField(max_length=16)

    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    lease_owner = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    lease_epoch = models.PositiveIntegerField(default=0)

    code = models.CharField(max_length=8, blank=True)
    field = models.CharField(max_length=32, blank=True)
    message = models.CharField(max_length=300, blank=True)
    warning = models.CharField(max_length=300, blank=True)
    receipt_number = models.CharField(max_length=64, blank=True)
    platform_id = models.CharField(max_length=64, blank=True)
    is_late = models.BooleanField(default=False)

    created_at = models.DateTimeField()
    first_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("报送")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "resource", "subject_id", "version"], name="delivery_version_once"
            ),
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=DeliveryState.values)),
            models.CheckConstraint(
                name="delivery_sending_is_leased",
                condition=~Q(state=DeliveryState.SENDING) | Q(lease_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "priority", "due_at"],
                name="delivery_waiting",
                condition=Q(state__in=("queued", "retry_wait", "sending")),
            ),
            models.Index(fields=["position", "version"], name="delivery_feed"),
            models.Index(fields=["state", "closed_at"], name="delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.subject_id} v{self.version} {self.state}"
