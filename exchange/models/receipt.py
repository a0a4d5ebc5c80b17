"""What the platform said, as it was said: receipts of both moments (domain 3.5) and the call-backs they came in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.models.delivery import Delivery


class Verdict(models.TextChoices):
    """The platform's word about one delivery."""

    ACCEPTED = "accepted", _("收到")
    STORED = "stored", _("入库")
    REJECTED = "rejected", _("数据不合规")


class Way(models.TextChoices):
    """How the platform's word came to us."""

    ANSWER = "answer", _("当场答复")
    CALLBACK = "callback", _("回调")
    POLL = "poll", _("查询")


class Receipt(models.Model):
    """One signed word of the platform about one delivery; never changed, never deleted."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="receipts")
    verdict = models.CharField(max_length=8, choices=Verdict)
    number = models.CharField(max_length=64)
    via = models.CharField(max_length=8, choices=Way)
    code = models.CharField(max_length=8, blank=True)
    field = models.CharField(max_length=32, blank=True)
    message = models.CharField(max_length=300, blank=True)
    warning = models.CharField(max_length=300, blank=True)
    platform_id = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "verdict", "number"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.verdict}"


class IncomingMessage(models.Model):
    """A call-back already answered: the same message gets the same answer, another body under its id is refused."""

    message_id = models.CharField(max_length=64, primary_key=True)
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField()
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.message_id
