"""An alarm calls a person: one per delivery and kind, cleared when the cause is gone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.models.delivery import Delivery


class Alarm(models.Model):
    """Something the machine cannot mend."""

    class Kind(models.TextChoices):
        DEAD = "dead", _("自动重试已停")
        NO_ACK = "no_ack", _("平台逾期没有答复")
        CREDENTIAL = "credential", _("平台不认我方签名")
        UNTRUSTED = "untrusted", _("平台答复核不实")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="alarms")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    raised_at = models.DateTimeField("发出")
    cleared_at = models.DateTimeField("解除", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "告警"
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "kind"], condition=models.Q(cleared_at__isnull=True), name="alarm_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.delivery_id}"
