"""A withdrawal overtakes what was not sent: it is superseded, and so is a withdrawal with nothing to withdraw."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Max, Q, QuerySet

from exchange.alarms import clear
from exchange.models import UNSENT, Attempt, Delivery, DeliveryState, Operation, Outcome

# A request that was cut off may still be under way; a withdrawal waits this long before it may pass one (= the lease).
SETTLING = timedelta(seconds=120)
UNSURE = (Outcome.OPEN, Outcome.UNREACHABLE, Outcome.UNTRUSTED, Outcome.LOST)


def settle(delivery: Delivery, *, now: datetime) -> None:
    """
    Let a withdrawal of this subject pass what lies unsent before it (design 8, scenario 58).

    Unsent versions become superseded, dead ones too: nobody needs to resend what was withdrawn. The withdrawal itself
    is dropped only if no earlier version was ever attempted; otherwise the platform may hold one, and it goes.
    Run inside a transaction.
    """
    withdrawals = Delivery.objects.of_subject(delivery).filter(operation=Operation.WITHDRAW)
    for withdrawal in _waiting(withdrawals).order_by("version"):
        earlier = Delivery.objects.before(withdrawal)
        overtaken = list(earlier.filter(state__in=UNSENT).select_for_update().order_by("version"))
        for passed in overtaken:
            _supersede(passed, now)
        if not earlier.filter(Q(tries__gt=0) | ~Q(state=DeliveryState.SUPERSEDED)).exists():
            _supersede(withdrawal, now)
        elif overtaken:
            _hold_until_settled(withdrawal, overtaken)


def _waiting(withdrawals: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return withdrawals.filter(state__in=(DeliveryState.QUEUED, DeliveryState.RETRY_WAIT)).select_for_update()


def _supersede(delivery: Delivery, now: datetime) -> None:
    delivery.state = DeliveryState.SUPERSEDED
    delivery.closed_at = now
    delivery.lease_until = None
    delivery.lease_epoch = F("lease_epoch") + 1  # a sender still at work on it may no longer write
    delivery.save(update_fields=["state", "closed_at", "lease_until", "lease_epoch"])
    delivery.refresh_from_db(fields=["lease_epoch"])
    clear(delivery, now=now)


def _hold_until_settled(withdrawal: Delivery, overtaken: list[Delivery]) -> None:
    unsure = Attempt.objects.filter(delivery__in=overtaken, outcome__in=UNSURE).aggregate(last=Max("started_at"))[
        "last"
    ]
    if unsure and withdrawal.next_attempt_at < unsure + SETTLING:
        withdrawal.next_attempt_at = unsure + SETTLING
        withdrawal.save(update_fields=["next_attempt_at"])
