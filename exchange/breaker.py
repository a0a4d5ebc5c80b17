"""The breaker: an unreachable platform is not asked again and again, and costs no delivery an attempt (design 8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from exchange.models import Channel

OPENS_AFTER = 5
FIRST_PROBE = timedelta(seconds=30)
LONGEST_PROBE = timedelta(minutes=10)


def may_send(name: str, *, now: datetime) -> bool:
    """
    This will tell whether a sender may go now; while the breaker is open only one may, as a probe, when it is due.

    Run inside a transaction: the channel's row is locked, and taking the probe moves the next one on.
    """
    Channel.objects.get_or_create(name=name)
    if not Channel.objects.filter(name=name, opened_at__isnull=False).exists():
        return True
    channel = Channel.objects.select_for_update(skip_locked=True).filter(name=name).first()
    if channel is None or (channel.probe_at and channel.probe_at > now):
        return False
    channel.probe_at = now + _interval(channel.failures)
    channel.save(update_fields=["probe_at"])
    return True


def note_answer(name: str, *, now: datetime) -> None:
    """This will close the breaker: the platform answered, whatever it said."""
    Channel.objects.filter(name=name).update(failures=0, opened_at=None, probe_at=None, last_ok_at=now)


def note_failure(name: str, *, why: str, at_once: bool = False, now: datetime) -> None:
    """This will count a failure of the channel; five in a row open it, a refused credential opens it at once."""
    channel = Channel.objects.select_for_update().get(name=name)
    channel.failures += 1
    channel.last_failure_at, channel.last_failure = now, why[:300]
    if at_once or channel.failures >= OPENS_AFTER:
        channel.opened_at = channel.opened_at or now
        channel.probe_at = now + _interval(channel.failures)
    channel.save()


def _interval(failures: int) -> timedelta:
    return min(LONGEST_PROBE, FIRST_PROBE * 2 ** min(max(failures - OPENS_AFTER, 0), 10))
