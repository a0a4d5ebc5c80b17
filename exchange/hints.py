"""Hints wake a worker early and carry nothing; losing one costs at most the 30 seconds to the next sweep."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction

SWEEP = "exchange.tasks.sweep"
log = logging.getLogger(__name__)


def nudge_on_commit() -> None:
    """This will nudge a worker once the open transaction has committed, and not at all if it rolls back."""
    transaction.on_commit(nudge, robust=True)


def nudge() -> None:
    """This will ask a worker to sweep now; while Redis is down nothing happens and nothing is lost (design 8)."""
    try:
        current_app.send_task(SWEEP, ignore_result=True, retry=False)
    except Exception as failure:  # noqa: BLE001 - whatever the broker raises, the row in PostgreSQL is the truth
        log.info("hint not delivered: %s", type(failure).__name__)
