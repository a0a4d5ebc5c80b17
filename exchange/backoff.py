"""Back-off with full jitter, kept in the row: anything between nothing and an exponentially growing limit."""

from __future__ import annotations

import random
from datetime import date, timedelta

from rules import parameters

UNREACHABLE_BASE = timedelta(seconds=5)
UNREACHABLE_CAP = timedelta(minutes=15)
_dice = random.SystemRandom()  # workers that start together must not roll the same numbers


def after_busy(attempts: int, *, on: date) -> timedelta:
    """This will give the wait after the n-th counted attempt, between the two ends of ``push.retry_backoff`` (seconds)."""
    first, last = parameters.value("push.retry_backoff", on=on)
    base, cap = timedelta(seconds=float(first)), timedelta(seconds=float(last))
    return full_jitter(attempts, base=base, cap=cap)


def after_silence(tries: int) -> timedelta:
    """This will give the wait after a try that reached nobody; the breaker slows the channel as a whole."""
    return full_jitter(tries, base=UNREACHABLE_BASE, cap=UNREACHABLE_CAP)


def full_jitter(n: int, *, base: timedelta, cap: timedelta) -> timedelta:
    """This will give a random wait between nothing and ``min(cap, base × 2^(n-1))``."""
    limit = min(cap, base * 2 ** min(max(n - 1, 0), 20))
    return limit * _dice.random()


def exhausted(attempts: int, *, on: date) -> bool:
    """This will tell whether the counted attempts have reached ``push.retry_max``."""
    return attempts >= int(parameters.value("push.retry_max", on=on))
