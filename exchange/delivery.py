"""Delivering: claim and commit, send outside any transaction, write the result only if the lease is still ours."""

from __future__ import annotations

import os
import socket
from datetime import datetime

from exchange import claiming, results
from exchange.transports import Transport, configured

MOST = 1000


def deliver_due(now: datetime, *, transport: Transport | None = None, limit: int = MOST) -> int:
    """
    Send everything that is due, withdrawals first; this will return how many sendings were made.

    :param transport: the way to the platform; where none is given, the one the settings name
    """
    way = transport or configured()
    sent = 0
    while sent < limit and deliver_next(now, transport=way):
        sent += 1
    return sent


def deliver_next(now: datetime, *, transport: Transport) -> bool:
    """This will make one sending and tell whether there was anything to send."""
    message = claiming.claim(owner=owner(), now=now)
    if message is None:
        return False
    answer = transport.send(message)
    results.note(key=message.key, epoch=message.epoch, answer=answer, now=now)
    return True


def owner() -> str:
    """This will name this process in leases and attempts."""
    return f"{socket.gethostname()}:{os.getpid()}"
