"""Receipts: the platform's signed words, at both moments and by every way, each applied once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from exchange import alarms, breaker, lateness, overtaking
from exchange.models import HOLDING, Alarm, Channel, Delivery, DeliveryState, Receipt, Verdict, Way
from exchange.relay import CHANNEL
from exchange.transports import Transport, Unreachable, Word, configured

MOST_PAGES = 100


def accept(delivery: Delivery, word: Word, *, via: Way, now: datetime) -> bool:
    """
    Write the platform's word about a delivery; this will tell whether it was new and about the bytes we froze.

    Run inside a transaction with the delivery's row locked. A word over another digest is not a receipt: it changes
    nothing but raises an alarm. Whatever happened meanwhile, what the platform stored is noted as stored.
    """
    if word.digest != delivery.payload_digest or word.verdict not in Verdict.values:
        alarms.raise_once(delivery, Alarm.Kind.UNTRUSTED, now=now)
        return False
    _row, is_new = Receipt.objects.get_or_create(
        delivery=delivery,
        verdict=word.verdict,
        number=word.number,
        defaults={
            "via": via,
            "code": word.code,
            "field": word.field,
            "message": word.message,
            "warning": word.warning,
            "platform_id": word.platform_id,
            "digest": word.digest,
            "signature": word.signature,
            "received_at": now,
        },
    )
    if is_new:
        _apply(delivery, word, now)
    return is_new


def accept_word(word: Word, *, via: Way, now: datetime) -> bool:
    """This will find the delivery a word is about, lock it and accept the word; unknown keys are told by False."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().filter(pk=word.key).first()
        if delivery is None:
            return False
        is_new = accept(delivery, word, via=via, now=now)
        overtaking.settle(delivery, now=now)
        return is_new


def poll(now: datetime, *, transport: Transport | None = None) -> int:
    """
    Ask the platform for the words it has spoken since the last time; this will return how many were new.

    The cursor moves only after the page is written, so a crash asks for the same page again. An unreachable platform is
    noted on the channel and asked again next time.
    """
    way = transport or configured()
    channel, _is_new = Channel.objects.get_or_create(name=CHANNEL)
    new = 0
    for _page in range(MOST_PAGES):
        try:
            spoken, cursor = way.words_after(channel.results_cursor)
        except Unreachable as failure:
            with transaction.atomic():
                breaker.note_failure(CHANNEL, why=str(failure), now=now)
            return new
        new += sum(accept_word(word, via=Way.POLL, now=now) for word in spoken)
        if cursor == channel.results_cursor:
            return new
        channel.results_cursor = cursor
        channel.save(update_fields=["results_cursor"])
    return new


def _apply(delivery: Delivery, word: Word, now: datetime) -> None:
    if delivery.state == DeliveryState.SENDING:  # a word came past a sender still waiting: fence that sender off
        delivery.lease_epoch += 1
        delivery.lease_until = None
    delivery.receipt_number = word.number
    delivery.platform_id = word.platform_id or delivery.platform_id
    delivery.code, delivery.field = word.code, word.field
    delivery.message, delivery.warning = word.message, word.warning
    APPLY[Verdict(word.verdict)](delivery, now)
    delivery.save()
    if delivery.state not in HOLDING:
        alarms.clear(delivery, now=now)


def _accepted(delivery: Delivery, now: datetime) -> None:
    lateness.mark_sent(delivery, now=now)
    if delivery.state in HOLDING:
        delivery.state = DeliveryState.SENT


def _stored(delivery: Delivery, now: datetime) -> None:
    lateness.mark_sent(delivery, now=now)
    delivery.stored_at = delivery.stored_at or now
    if delivery.state in HOLDING:
        delivery.state = DeliveryState.STORED
        delivery.closed_at = now


def _rejected(delivery: Delivery, now: datetime) -> None:
    if delivery.state in HOLDING:
        delivery.state = DeliveryState.REJECTED
        delivery.closed_at = now


APPLY = {Verdict.ACCEPTED: _accepted, Verdict.STORED: _stored, Verdict.REJECTED: _rejected}
