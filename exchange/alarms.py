"""Alarms call a person once per delivery and kind, and are cleared when the cause is gone."""

from __future__ import annotations

import logging
from datetime import datetime

from exchange.models import Alarm, Delivery, DeliveryState
from rules import calendar, clock, parameters

log = logging.getLogger(__name__)


def raise_once(delivery: Delivery, kind: str, *, now: datetime) -> bool:
    """This will raise an alarm unless the same one is open already; it tells whether it raised one."""
    _row, is_new = Alarm.objects.get_or_create(
        delivery=delivery, kind=kind, cleared_at=None, defaults={"raised_at": now}
    )
    if is_new:
        log.warning("delivery needs a hand", extra={"delivery": str(delivery.pk), "kind": kind})
    return is_new


def clear(delivery: Delivery, *, now: datetime) -> None:
    """This will clear every open alarm of the delivery."""
    delivery.alarms.filter(cleared_at=None).update(cleared_at=now)


def watch(now: datetime) -> int:
    """
    Raise an alarm for every delivery the platform took and has not answered in time; this will return how many are new.

    The limit is ``push.platform_verify_days`` working days after the sending (domain 2.4).
    """
    today = clock.local_day(now)
    days = int(parameters.value("push.platform_verify_days", on=today))
    waiting = Delivery.objects.filter(state=DeliveryState.SENT, sent_at__isnull=False)
    overdue = [
        each
        for each in waiting.exclude(alarms__kind=Alarm.Kind.NO_ACK, alarms__cleared_at=None)
        if calendar.add_working_days(clock.local_day(each.sent_at), days).day < today  # type: ignore[arg-type]
    ]
    return sum(raise_once(each, Alarm.Kind.NO_ACK, now=now) for each in overdue)
