"""The whole sending side as real processes: worker (prefork), beat, Redis, PostgreSQL, and the stand-in beside them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import redis
from django.utils import timezone

from exchange.models import HOLDING, Delivery
from tests.exchange import scenes
from tests.faults import judge

LEASE, TIMEOUT = 5, 3
OPERATIONS = ("C", "U", "M", "N", "U")
LAST = {0: "E", 1: "R"}  # every tenth record ends with an expiry, every tenth with a repair


@dataclass
class Bench:
    """One run: processes that can be killed, a load that knows what it committed."""

    run: Callable[..., subprocess.Popen[bytes]]
    folder: Path
    redis_url: str
    unit: Any
    port: int = 0
    worker: subprocess.Popen[bytes] | None = None
    committed: dict[str, list[str]] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        """Where the stand-in keeps what it holds."""
        return self.folder / "platform.sqlite3"

    def start(self) -> None:
        """Start the stand-in, beat and a worker."""
        self.port = _free_port()
        data = str(self.folder)
        self.run("manage.py", "platform_standin", "--port", str(self.port), "--data", data)
        self._await_standin()
        self.run("-m", "celery", "-A", "integrity", "beat", "-s", f"{data}/beat", "--pidfile=", **self._variables())
        self.start_worker()

    def start_worker(self) -> None:
        """Start a worker with two child processes."""
        words = ("-m", "celery", "-A", "integrity", "worker", "-P", "prefork", "-c", "2", "--loglevel=WARNING")
        self.worker = self.run(*words, **self._variables())

    def kill_worker(self) -> None:
        """Kill the worker and all its children with -9, in the middle of whatever they do."""
        assert self.worker is not None
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()

    def flush(self) -> None:
        """Empty Redis: every hint and every unacknowledged task is gone."""
        with contextlib.closing(redis.Redis.from_url(self.redis_url)) as broker:
            broker.flushall()

    def switch(self, **values: object) -> None:
        """Set switches of the stand-in."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/switches",
            data=json.dumps(values).encode(),
            headers={"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=5).close()

    def load(self, subjects: list[str], version: int) -> None:
        """Commit the same version of every subject, each in an act of its own, and note what was committed."""
        for place, subject in enumerate(subjects):
            operation = OPERATIONS[version - 1]
            if version == len(OPERATIONS):
                operation = LAST.get(place % 10, operation)
            scenes.report(self.unit, subject=subject, version=version, op=operation, now=timezone.now())
            self.committed.setdefault(str(subject), []).append(operation)

    def wait_for(self, holds: Callable[[], bool], *, seconds: float) -> bool:
        """Look until it holds or the time is over."""
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            if holds():
                return True
            time.sleep(0.05)
        return holds()

    def settle(self, *, seconds: float) -> list[str]:
        """Wait until everything committed has arrived or the time is over, and let the judge speak."""
        wanted = sum(len(operations) for operations in self.committed.values())
        self.wait_for(lambda: judge.count(self.store) >= wanted and not self.open_deliveries(), seconds=seconds)
        return judge.verdict(self.store, self.committed)

    def open_deliveries(self) -> int:
        """This will count deliveries still on their way, after quiet time there is none."""
        return Delivery.objects.filter(state__in=HOLDING).count()

    def _variables(self) -> dict[str, str]:
        return {
            "PLATFORM_URL": f"http://127.0.0.1:{self.port}",
            "PLATFORM_TIMEOUT_SECONDS": str(TIMEOUT),
            "DELIVERY_LEASE_SECONDS": str(LEASE),
            "DJANGO_SETTINGS_MODULE": "integrity.settings.test",
        }

    def _await_standin(self) -> None:
        def answers() -> bool:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/switches", timeout=1).close()
            except (urllib.error.URLError, OSError):
                return False
            return True

        assert self.wait_for(answers, seconds=30), "the stand-in did not start"


def subjects(number: int) -> list[Any]:
    """Give fresh subjects."""
    return [uuid4() for _n in range(number)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
