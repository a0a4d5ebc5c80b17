"""Celery: wake-up calls without payload; whoever loses one loses nothing but time."""

from __future__ import annotations

import time

from celery import shared_task

from exchange import alarms, delivery, erasing, hints, receipts, reconciling
from exchange import relay as relaying
from exchange.transports import Unreachable, configured
from rules import clock

# Below the hard limit of 90 s, so that a sender is never killed by its own clock in mid-sending.
BUDGET_SECONDS = 50


@shared_task
def sweep() -> None:
    """Relay what the log holds and send what is due; beat runs this each 30 s, and each report hints at it."""
    relaying.relay(clock.now())
    way, ends_at = configured(), time.monotonic() + BUDGET_SECONDS
    while delivery.deliver_next(clock.now(), transport=way):
        if time.monotonic() > ends_at:
            hints.nudge()
            return


@shared_task
def poll_receipts() -> None:
    """Fetch the platform's later words; call-backs may have brought them already."""
    receipts.poll(clock.now())


@shared_task
def watch() -> None:
    """Call a person where the platform has not answered in time."""
    alarms.watch(clock.now())


@shared_task
def reconcile() -> None:
    """Compare the live sets nightly; an unreachable platform is told by the channel's health, not by a failed task."""
    try:
        reconciling.reconcile(now=clock.now())
    except Unreachable:
        receipts.poll(clock.now())


@shared_task
def erase() -> None:
    """Erase contents whose retention has ended, batch by batch."""
    while erasing.erase_old(clock.now()):
        pass
