"""How often one address may send or ask, counted so that nothing survives the minute.

The address is hashed under a random salt that lives in memory as long as its window, joined with the portal's secret: neither a
copy of the memory store nor the secret alone leads back to an address. Where the store is away, each process counts for itself.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from accounts import network

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Limit:
    """One thing that is counted, in windows of so many seconds."""

    name: str
    seconds: int


SENDING = Limit("sending", 60)
ASKING = Limit("asking", 600)

_own_salt = os.urandom(32).hex()
_own: Counter[str] = Counter()


def count(limit: Limit, request: HttpRequest | None, *, add: int = 1) -> int:
    """This will count one more for the caller's address (for everybody where no request is given) and give the sum of the window."""
    window = int(time.time() // limit.seconds)
    who = network.address(request) if request is not None else EVERYBODY
    try:
        key = _key(limit, window, who, _salt(limit, window))
        cache.add(key, 0, timeout=limit.seconds)
        return int(cache.incr(key, add))
    except (RedisError, ValueError):  # the store is away, or the window ended between the two
        return _count_alone(_key(limit, window, who, _own_salt), add)


def _salt(limit: Limit, window: int) -> str:
    name = f"report:salt:{limit.name}:{window}"
    cache.add(name, os.urandom(32).hex(), timeout=limit.seconds)
    return str(cache.get(name))


def _key(limit: Limit, window: int, who: str, salt: str) -> str:
    told = f"{salt}|{limit.name}|{window}|{who}".encode()
    return "report:" + hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()[:32]


def _count_alone(key: str, add: int) -> int:
    if len(_own) > 10_000:
        _own.clear()
    _own[key] += add
    return _own[key]
