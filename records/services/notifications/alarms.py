"""What the exchange cannot mend itself is told to the credit lead office: one notice a day for each office and cause."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from accounts.models import Department
from exchange.models import Alarm, Delivery
from records.services.notifications.occasions import tell
from rules.clock import local_day

Cause = tuple[Department, str, date]


def tell_open(*, now: datetime) -> int:
    """
    Tell of the alarms that are open; return how many notices were written. Safe to repeat.

    The exchange knows nobody above it, so this reads its alarms. However many deliveries one silent platform holds up,
    an office is told once a day for each cause; the list behind the notice shows them all.
    """
    offices: dict[int, Department] = {}
    held: dict[Cause, list[Delivery]] = defaultdict(list)
    rows = Alarm.objects.filter(cleared_at=None).select_related("delivery__department").order_by("raised_at", "pk")
    for alarm in rows:
        unit = alarm.delivery.department
        office = offices.get(unit.pk) or offices.setdefault(unit.pk, unit.credit_lead() or unit)
        held[office, alarm.kind, local_day(alarm.raised_at)].append(alarm.delivery)
    return sum(_tell(cause, found, now) for cause, found in held.items())


def _tell(cause: Cause, found: list[Delivery], now: datetime) -> int:
    office, kind, day = cause
    made = tell(
        "platform.alarm",
        places={"office": office},
        case=found[0],
        words={"alarm": Alarm.Kind(kind).label, "n": len(found)},
        now=now,
        once=f"platform:{office.pk}:{kind}:{day}",
    )
    return len(made)
