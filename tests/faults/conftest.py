"""A bench per test: a database of its own, the environment's Redis emptied, processes that end with the test."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def bench(fresh_database: Any, environment: Any, run_beside: Any, tmp_path: Path) -> Any:
    """Give a started bench."""
    import redis

    from tests.exchange import scenes
    from tests.faults.harness import Bench

    with contextlib.closing(redis.Redis.from_url(environment.redis.url)) as broker:
        broker.flushall()
    scenes.load_rules()
    made = Bench(run=run_beside, folder=tmp_path, redis_url=environment.redis.url, unit=scenes.unit())
    made.start()
    return made
