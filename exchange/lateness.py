"""Lateness (迟报): a record the platform got later than the working days the rules give (domain 4.8, scenario 60)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from exchange.models import Delivery, Operation
from rules import calendar, clock, parameters


def mark_sent(delivery: Delivery, *, now: datetime) -> None:
    """This will note when the platform first had the delivery, and whether that was late; it does not save."""
    if delivery.sent_at is None:
        delivery.sent_at = now
        delivery.is_late = clock.local_day(now) > last_day(delivery)


def last_day(delivery: Delivery) -> date:
    """
    This will give the last day on which the sending is in time.

    What the platform first learns of a record counts from the decision (``push.record_create_days`` working days, SGS424);
    every later change has the day its act set.
    """
    if Operation.CREATE in (delivery.operation, delivery.wire_operation):
        days = int(parameters.value("push.record_create_days", on=delivery.decided_on))
        return calendar.add_working_days(delivery.decided_on, days).day
    # A deadline of 24:00 is written as the next day's first moment; it belongs to the day it ends.
    return clock.local_day(delivery.due_at - timedelta(microseconds=1))
