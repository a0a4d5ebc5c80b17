"""Hints are comfort: an act neither waits for the broker nor fails with it, and a rolled back act hints at nothing."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import transaction

from exchange import hints
from exchange.models import Report
from tests.exchange import scenes


@pytest.fixture
def sent(monkeypatch):
    """Collect hints instead of sending them."""
    told = threading.Semaphore(0)
    monkeypatch.setattr(hints, "send", lambda: told.release() or True)
    return told


def test_a_committed_report_hints_once_it_is_committed(fresh_database, sent):
    scenes.load_rules()
    scenes.report(scenes.unit())
    assert sent.acquire(timeout=5)


def test_a_rolled_back_transaction_hints_at_nothing(fresh_database, sent):
    with transaction.atomic():
        hints.nudge_on_commit()
        transaction.set_rollback(True)
    assert not sent.acquire(timeout=0.3)


def test_an_act_does_not_wait_for_a_broker_that_hangs(fresh_database, monkeypatch):
    released = threading.Event()
    monkeypatch.setattr(hints, "send", lambda: released.wait(10))
    scenes.load_rules()
    unit = scenes.unit()
    began = time.monotonic()
    for _n in range(3):
        scenes.report(unit)
    took = time.monotonic() - began
    released.set()
    assert took < 5
    assert Report.objects.count() == 3


def test_a_broker_that_is_down_is_told_not_raised(monkeypatch):
    def refuse(*_words, **_options):
        raise OSError

    monkeypatch.setattr("exchange.hints.current_app.send_task", refuse)
    assert hints.send() is False
