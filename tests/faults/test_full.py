"""200 events over 40 records under each fault; judged by the stand-in's own store alone."""

from __future__ import annotations

import itertools
import random
import threading
import time

import pytest

from tests.faults import judge
from tests.faults.harness import OPERATIONS, subjects

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
RECORDS, EVENTS = 40, 200


def _load_all(bench, chosen):
    for version in range(1, len(OPERATIONS) + 1):
        bench.load(chosen, version)


def _judged(bench, *, seconds=240):
    assert bench.settle(seconds=seconds) == []
    assert judge.count(bench.store) == EVENTS
    assert bench.open_deliveries() == 0


def test_a_worker_killed_during_send_loses_nothing(bench):
    dice = random.Random(20261122)
    load = threading.Thread(target=_in_thread, args=(bench, subjects(RECORDS)))
    load.start()
    for _kill in range(6):
        bench.wait_for(lambda: False, seconds=dice.uniform(1.5, 4))
        bench.switch(mode="timeout", seconds=20, times=1)  # the bytes are on their way, nothing is committed
        bench.wait_for(lambda: _is_held(bench), seconds=2)
        bench.kill_worker()
        bench.start_worker()
    load.join()
    _judged(bench)


def test_a_worker_killed_after_the_platform_committed_but_before_the_answer_doubles_nothing(bench):
    chosen = subjects(RECORDS)
    for version in range(1, len(OPERATIONS) + 1):
        before = judge.count(bench.store)
        bench.switch(mode="slow_answer", seconds=20, times=2)
        bench.load(chosen, version)
        assert bench.wait_for(lambda before=before: judge.count(bench.store) > before, seconds=60)
        bench.kill_worker()
        bench.start_worker()
    _judged(bench)


def test_redis_flushed_under_load_loses_nothing(bench):
    stop = threading.Event()

    def flush_on():
        while not stop.wait(0.3):
            bench.flush()

    flushing = threading.Thread(target=flush_on)
    flushing.start()
    try:
        _load_all(bench, subjects(RECORDS))
        time.sleep(5)
    finally:
        stop.set()
        flushing.join()
    _judged(bench)


def _is_held(bench):
    rows = itertools.islice(judge._rows(bench.store, "SELECT value FROM switches"), 1)
    return any('"mode": "normal"' in value for (value,) in rows)  # the one-off switch has caught its message


def _in_thread(bench, chosen):
    from django.db import connections

    try:
        _load_all(bench, chosen)
    finally:
        connections.close_all()
