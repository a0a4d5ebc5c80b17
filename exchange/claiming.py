"""Claiming: one sender takes the head of one subject's line under a lease, and commits before the first byte leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from exchange import breaker, freezing, overtaking
from exchange.models import Attempt, Delivery, DeliveryState, Operation, Outcome
from exchange.relay import CHANNEL
from exchange.transports import Message

MOST_OVERTAKEN = 100


def claim(*, owner: str, now: datetime) -> Message | None:
    """
    Take the most urgent delivery that is due and first in its subject's line; this will be None where there is none.

    The row is locked with SKIP LOCKED, so two senders never take the same one; the epoch it gets is the fence: only a
    result that names it may change the row. The claim is committed when this returns.
    """
    with transaction.atomic():
        if not breaker.may_send(CHANNEL, now=now):
            return None
        for _turn in range(MOST_OVERTAKEN):
            delivery = _head(now)
            if delivery is None:
                return None
            if delivery.state == DeliveryState.SENDING:
                _give_up_lease(delivery, now)
            overtaking.settle(delivery, now=now)
            delivery.refresh_from_db()
            if delivery.state in (DeliveryState.QUEUED, DeliveryState.RETRY_WAIT) and delivery.next_attempt_at <= now:
                return _lease(delivery, owner, now)
    return None


def wire_operation(delivery: Delivery) -> str:
    """
    This will choose what the platform is told to do (design 8): the first version it has not stored goes as C.

    A withdrawal stays one: what is withdrawn is never created there.
    """
    if delivery.operation == Operation.WITHDRAW:
        return Operation.WITHDRAW.value
    if not Delivery.objects.before(delivery).filter(stored_at__isnull=False).exists():
        return Operation.CREATE.value
    return Operation.UPDATE.value if delivery.operation == Operation.CREATE else delivery.operation


def _head(now: datetime) -> Delivery | None:
    due = Delivery.objects.filter(channel=CHANNEL).due(now).heads_of_line().urgent_first()
    return due.select_for_update(skip_locked=True, of=("self",)).first()


def _give_up_lease(delivery: Delivery, now: datetime) -> None:
    """The sender before us died or stalled; whether the platform took the bytes is unknown, the key will tell."""
    Attempt.objects.filter(delivery=delivery, ended_at=None).update(ended_at=now, outcome=Outcome.LOST)
    delivery.state = DeliveryState.RETRY_WAIT
    delivery.lease_until = None
    delivery.lease_epoch += 1
    delivery.next_attempt_at = now
    delivery.save(update_fields=["state", "lease_until", "lease_epoch", "next_attempt_at"])


def _lease(delivery: Delivery, owner: str, now: datetime) -> Message:
    if not delivery.wire_operation:
        delivery.wire_operation = wire_operation(delivery)
    content = freezing.wire_bytes(delivery)
    delivery.payload_digest = freezing.digest(content)
    delivery.state = DeliveryState.SENDING
    delivery.lease_owner = owner[:64]
    delivery.lease_until = now + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    delivery.lease_epoch += 1
    delivery.tries += 1
    delivery.first_attempt_at = delivery.first_attempt_at or now
    delivery.save()
    Attempt.objects.create(
        delivery=delivery,
        epoch=delivery.lease_epoch,
        owner=delivery.lease_owner,
        started_at=now,
        request_digest=delivery.payload_digest,
    )
    return _message(delivery, content)


def _message(delivery: Delivery, content: bytes) -> Message:
    return Message(
        key=delivery.pk,
        epoch=delivery.lease_epoch,
        resource=delivery.resource,
        subject_id=delivery.subject_id,
        version=delivery.version,
        operation=delivery.wire_operation,
        content=content,
        digest=delivery.payload_digest,
    )
