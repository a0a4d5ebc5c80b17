"""How often a password may be wrong: counted by (account, network), growing pauses, and a wider limit per network.

Counting the pair and not the account keeps a stranger from locking an officer out of his usual network; counting the network
as a whole stops one machine from trying one password on everybody. The table holds keyed digests only.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils.translation import gettext as _

from accounts.models import SignInThrottle
from ledger.refusals import Refused
from ledger.suites import seal

TRIES = 5
"""Wrong tries of one account from one network before a pause."""
NETWORK_TRIES = 100
"""Wrong tries from one network, whatever the accounts, before a pause."""
PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=8)
FORGOTTEN_AFTER = timedelta(hours=24)


class Paused(Refused):
    """Too many wrong tries; the sign-in rests for a while."""

    status = 429
    code = "paused"


@dataclass(frozen=True)
class Count:
    """How many wrong tries are left before a pause, and how long the pause is or would be in minutes."""

    left: int
    minutes: int


def check(*, username: str, network: str, now: datetime) -> None:
    """Let a try through, or refuse it while the pair or the network rests.

    :raises Paused: saying for how many minutes.
    """
    until = (
        SignInThrottle.objects.filter(pair__in=_keys(username, network), paused_until__gt=now)
        .order_by("-paused_until")
        .values_list("paused_until", flat=True)
        .first()
    )
    if until is not None:
        minutes = ceil((until - now) / timedelta(minutes=1))
        raise Paused(
            _("错误次数过多，已暂停登录。请 %(minutes)d 分钟后再试，或联系本单位安全管理员。") % {"minutes": minutes}
        )


def failed(*, username: str, network: str, now: datetime) -> Count:
    """Count one wrong try and return what is left; call it inside a transaction."""
    pair, whole = _keys(username, network)
    _count(whole, now, NETWORK_TRIES)
    return _count(pair, now, TRIES)


def succeeded(*, username: str, network: str) -> None:
    """Forget the wrong tries of the pair; those of the network stay."""
    SignInThrottle.objects.filter(pair=_keys(username, network)[0]).update(failures=0, paused_until=None)


def _count(key: bytes, now: datetime, tries: int) -> Count:
    SignInThrottle.objects.get_or_create(pair=key, defaults={"last_failed_at": now})
    row = SignInThrottle.objects.select_for_update().get(pair=key)
    row.failures = 1 if now - row.last_failed_at > FORGOTTEN_AFTER else row.failures + 1
    row.last_failed_at = now
    pause = min(PAUSE * 2 ** max(0, min(row.failures - tries, 10)), LONGEST_PAUSE)
    if row.failures >= tries:
        row.paused_until = now + pause
    row.save()
    return Count(max(0, tries - row.failures), int(pause / timedelta(minutes=1)))


def _keys(username: str, network: str) -> tuple[bytes, bytes]:
    name = username.strip().lower()
    return (
        seal.lookup(f"{name}|{network}", purpose="sign_in.pair"),
        seal.lookup(network, purpose="sign_in.network"),
    )
