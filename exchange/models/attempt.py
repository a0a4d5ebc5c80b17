"""An attempt is one sending of one delivery; it is written before the first byte leaves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.models.delivery import Delivery


class Outcome(models.TextChoices):
    """How one sending ended (security.md 4.4)."""

    OPEN = "open", _("在途")
    ACCEPTED = "accepted", _("平台收下")
    STORED = "stored", _("平台已入库")
    REJECTED = "rejected", _("平台退回")
    BUSY = "busy", _("平台请稍后再送")
    UNREACHABLE = "unreachable", _("没连上平台")
    CREDENTIAL = "credential", _("平台不认我方签名")
    UNTRUSTED = "untrusted", _("答复核不实")
    LOST = "lost", _("送出途中中断")


class Attempt(models.Model):
    """One sending; ``ended_at`` stays empty where the sender died on the way."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="sendings")
    epoch = models.PositiveIntegerField()
    owner = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.OPEN)
    is_counted = models.BooleanField(default=False)
    http_status = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=8, blank=True)
    message = models.CharField(max_length=300, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)
    answer_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "epoch"], name="attempt_epoch_once")]

    def __str__(self) -> str:
        return f"{self.delivery_id} #{self.epoch} {self.outcome}"
