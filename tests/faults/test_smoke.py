"""One small round of every fault in one run; the full rounds are in test_full.py."""

from __future__ import annotations

import pytest

from exchange import hints
from tests.faults import judge
from tests.faults.harness import LEASE, subjects

pytestmark = pytest.mark.timeout(300)  # patience for a busy machine; on an idle one it takes half a minute


def test_killed_twice_and_flushed_nothing_is_lost_doubled_or_out_of_order(bench):
    chosen = subjects(8)
    bench.load(chosen, 1)
    assert bench.wait_for(lambda: judge.count(bench.store) >= 4, seconds=75)
    bench.switch(mode="slow_answer", seconds=30, times=1)
    bench.load(chosen, 2)
    before = judge.count(bench.store)
    assert bench.wait_for(lambda: judge.count(bench.store) > before, seconds=60)
    bench.kill_worker()  # the platform has committed, nobody heard it
    bench.flush()
    bench.start_worker()
    bench.load(chosen, 3)
    bench.kill_worker()  # in the middle of starting or sending
    bench.start_worker()
    bench.load(chosen, 4)
    bench.flush()
    bench.load(chosen, 5)
    bench.wait_for(lambda: False, seconds=LEASE + 1)
    hints.nudge()  # what beat would do within 30 s; the full rounds wait for it

    assert bench.settle(seconds=90) == []
    assert judge.count(bench.store) == 40
    assert bench.open_deliveries() == 0
