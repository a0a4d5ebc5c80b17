"""Results: what a sending did to its delivery, under the fence of the epoch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from exchange import alarms, backoff, breaker, overtaking, receipts
from exchange.models import Alarm, Attempt, Delivery, DeliveryState, Operation, Outcome, Way
from exchange.transports import Answer
from rules import clock

UNKNOWN_TO_PLATFORM = "E032"


def note(*, key: UUID, epoch: int, answer: Answer, now: datetime) -> None:
    """
    Write how one sending ended.

    The attempt is always completed. The delivery changes only if the epoch is still the one of its lease; a late sender's
    answer changes it only where it holds the platform's own word, which is valid whoever brought it (security.md 4.3).
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=key)
        is_ours = delivery.state == DeliveryState.SENDING and delivery.lease_epoch == epoch
        is_counted = is_ours and answer.outcome == Outcome.BUSY
        _complete(delivery, epoch, answer, is_counted, now)
        _note_channel(delivery.channel, answer, now)
        if is_ours:
            _release(delivery)
            RULES[answer.outcome](delivery, answer, now)
        elif answer.word is not None:
            receipts.accept(delivery, answer.word, via=Way.ANSWER, now=now)
        overtaking.settle(delivery, now=now)


def _complete(delivery: Delivery, epoch: int, answer: Answer, is_counted: bool, now: datetime) -> None:
    Attempt.objects.filter(delivery=delivery, epoch=epoch).update(
        ended_at=now,
        outcome=answer.outcome,
        is_counted=is_counted,
        http_status=answer.http_status,
        code=answer.code or (answer.word.code if answer.word else ""),
        message=answer.message or (answer.word.message if answer.word else ""),
        answer_digest=answer.digest,
    )


def _note_channel(channel: str, answer: Answer, now: datetime) -> None:
    if answer.outcome in (Outcome.UNREACHABLE, Outcome.UNTRUSTED, Outcome.CREDENTIAL):
        why = answer.message or answer.code or answer.outcome.label
        breaker.note_failure(channel, why=str(why), at_once=answer.outcome == Outcome.CREDENTIAL, now=now)
    else:
        breaker.note_answer(channel, now=now)


def _release(delivery: Delivery) -> None:
    delivery.state = DeliveryState.RETRY_WAIT
    delivery.lease_until = None
    delivery.lease_owner = ""


def _spoken(delivery: Delivery, answer: Answer, now: datetime) -> None:
    delivery.save()
    if answer.word is not None:
        receipts.accept(delivery, answer.word, via=Way.ANSWER, now=now)


def _refused(delivery: Delivery, answer: Answer, now: datetime) -> None:
    _spoken(delivery, answer, now)
    if delivery.operation == Operation.WITHDRAW and delivery.code == UNKNOWN_TO_PLATFORM:
        # Nothing to withdraw there: what was attempted before never arrived. No person needs to mend that.
        delivery.state = DeliveryState.CANCELLED
        delivery.save(update_fields=["state"])


def _busy(delivery: Delivery, answer: Answer, now: datetime) -> None:
    today = clock.local_day(now)
    delivery.attempts += 1
    delivery.code, delivery.message = answer.code, answer.message
    if backoff.exhausted(delivery.attempts, on=today):
        delivery.state = DeliveryState.DEAD
        delivery.save()
        alarms.raise_once(delivery, Alarm.Kind.DEAD, now=now)
        return
    wait = backoff.after_busy(delivery.attempts, on=today)
    delivery.next_attempt_at = now + max(wait, answer.retry_after or wait)
    delivery.save()


def _silent(delivery: Delivery, answer: Answer, now: datetime) -> None:
    delivery.message = answer.message
    delivery.next_attempt_at = now + backoff.after_silence(delivery.tries)
    delivery.save()


def _untrusted(delivery: Delivery, answer: Answer, now: datetime) -> None:
    _silent(delivery, answer, now)
    alarms.raise_once(delivery, Alarm.Kind.UNTRUSTED, now=now)


def _credential(delivery: Delivery, answer: Answer, now: datetime) -> None:
    delivery.code = answer.code
    _silent(delivery, answer, now)
    alarms.raise_once(delivery, Alarm.Kind.CREDENTIAL, now=now)


RULES: dict[Outcome, Callable[[Delivery, Answer, datetime], None]] = {
    Outcome.ACCEPTED: _spoken,
    Outcome.STORED: _spoken,
    Outcome.REJECTED: _refused,
    Outcome.BUSY: _busy,
    Outcome.UNREACHABLE: _silent,
    Outcome.UNTRUSTED: _untrusted,
    Outcome.CREDENTIAL: _credential,
}
