"""The acts the API offers, each one call of the service the pages call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from accounts.models import User
from records.models import DishonestyRecord
from records.services import drafting, publication, recognition, review

Act = Callable[[User, DishonestyRecord, int, dict[str, Any], datetime], DishonestyRecord]


def _submit(
    actor: User, record: DishonestyRecord, version: int, told: dict[str, Any], now: datetime
) -> DishonestyRecord:
    return drafting.submit(actor=actor, record=record, version=version, now=now)


def _recall(
    actor: User, record: DishonestyRecord, version: int, told: dict[str, Any], now: datetime
) -> DishonestyRecord:
    return drafting.recall(actor=actor, record=record, version=version, now=now)


def _pass_on(
    actor: User, record: DishonestyRecord, version: int, told: dict[str, Any], now: datetime
) -> DishonestyRecord:
    return review.pass_on(
        actor=actor,
        record=record,
        version=version,
        now=now,
        note=told["reason"],
        points_to_nobody=told["points_to_nobody"],
    )


def _send_back(
    actor: User, record: DishonestyRecord, version: int, told: dict[str, Any], now: datetime
) -> DishonestyRecord:
    return review.send_back(actor=actor, record=record, reason=told["reason"], version=version, now=now)


def _recognise(
    actor: User, record: DishonestyRecord, version: int, told: dict[str, Any], now: datetime
) -> DishonestyRecord:
    return recognition.recognise(
        actor=actor,
        record=record,
        severity=told["severity"],
        sanctions=told["sanctions"],
        answer=told["answer"],
        points_to_nobody=told["points_to_nobody"],
        version=version,
        now=now,
    )


def _reject(
    actor: User, record: DishonestyRecord, version: int, told: dict[str, Any], now: datetime
) -> DishonestyRecord:
    return recognition.reject(actor=actor, record=record, reason=told["reason"], version=version, now=now)


def _return(
    actor: User, record: DishonestyRecord, version: int, told: dict[str, Any], now: datetime
) -> DishonestyRecord:
    return recognition.send_back(actor=actor, record=record, reason=told["reason"], version=version, now=now)


def _publish(
    actor: User, record: DishonestyRecord, version: int, told: dict[str, Any], now: datetime
) -> DishonestyRecord:
    return publication.publish(
        actor=actor,
        record=record,
        version=version,
        now=now,
        reason=told["reason"],
        points_to_nobody=told["points_to_nobody"],
    )


ACTS: dict[str, Act] = {
    "submit": _submit,
    "recall": _recall,
    "pass_on": _pass_on,
    "send_back": _send_back,
    "recognise": _recognise,
    "reject": _reject,
    "return_to_clerk": _return,
    "publish": _publish,
}
"""What one person can do with one call; acts of several signatures and of several forms stay on the pages."""
