"""Hints wake a worker early and carry nothing; losing one costs at most the 30 seconds to the next sweep."""

from __future__ import annotations

import logging
import os
import threading

from celery import current_app
from django.db import transaction

SWEEP = "exchange.tasks.sweep"
PAUSE_SECONDS = 10.0  # after a hint that reached nobody
log = logging.getLogger(__name__)


def nudge_on_commit() -> None:
    """This will nudge a worker once the open transaction has committed, and not at all if it rolls back."""
    transaction.on_commit(nudge, robust=True)


def nudge() -> None:
    """
    Ask a worker to sweep soon; this will return at once, whatever the broker does.

    The broker's client retries for seconds while Redis is down, so it is spoken to by a thread of its own: no act ever
    waits for it. Hints that come meanwhile melt into one.
    """
    _waker.wake()


class _Waker:
    """One thread a process, started with the first hint; a forked child starts its own."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._process = 0

    def wake(self) -> None:
        with self._starting:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._run, name="hints", daemon=True).start()
        self._wanted.set()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if not send():
                threading.Event().wait(PAUSE_SECONDS)


def send() -> bool:
    """This will send one hint and tell whether the broker took it; the row in PostgreSQL is the truth either way."""
    try:
        current_app.send_task(SWEEP, ignore_result=True, retry=False)
    except Exception as failure:  # noqa: BLE001 - whatever the broker's client raises, nothing is lost
        log.info("hint not delivered: %s", type(failure).__name__)
        return False
    return True


_waker = _Waker()
