"""The servers, databases and settings of one test run; nothing of it outlives the run but an emptied, reusable cluster."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from integrity.local import state
from integrity.local.servers import Postgres, Redis

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "integrity_test"
SLOTS = 64
# Written after an orderly stop: without fsync, a cluster that lost power must not be trusted again.
CLEAN = "stopped-cleanly"


class Environment:
    """
    One PostgreSQL and one Redis for this process, started when first needed.

    A run takes the first free slot below the state folder, so runs side by side never meet, and a slot keeps its cluster with
    the migrated template database for the next run.
    """

    def __init__(self) -> None:
        self.slot, self._lock = _free_slot()
        self.postgres = Postgres(self.slot / "postgres", fast=True)
        self.redis = Redis(self.slot / "redis")
        self.folder = Path(tempfile.mkdtemp(prefix="integrity-test-"))
        self.keys = state.keys(self.slot)
        self._started = False
        os.environ.update(self.variables(DATABASE))
        os.environ["DJANGO_SETTINGS_MODULE"] = "integrity.settings.test"
        atexit.register(self.stop)

    def variables(self, database: str) -> dict[str, str]:
        """Give every environment variable a process needs to work on that database; keys were made with the cluster."""
        urls = self.postgres.addresses(database).environ()
        return {**urls, **self.keys, "REDIS_URL": self.redis.url, "STATE_DIR": str(self.folder / "state")}

    def start(self) -> None:
        """Start both servers; a second call does nothing."""
        if self._started:
            return
        clean = self.postgres.folder / CLEAN
        if not clean.exists():
            shutil.rmtree(self.postgres.folder, ignore_errors=True)
        self.postgres.start()
        clean.unlink(missing_ok=True)
        self.redis.start()
        self._started = True

    def stop(self) -> None:
        """Stop both servers, delete this run's files and give the slot back."""
        if self._started:
            self.redis.stop()
            self.postgres.stop()
            (self.postgres.folder / CLEAN).touch()
            self._started = False
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.close()

    def databases(self) -> set[str]:
        """Name the databases there are."""
        return {str(name) for (name,) in self.postgres.admin("SELECT datname FROM pg_database")}

    def copy(self, template: str, name: str) -> None:
        """Make a database as a copy of another one; about 50 ms."""
        self.postgres.admin("CREATE DATABASE {} TEMPLATE {} OWNER integrity_owner", name, template)


def bare_name() -> str:
    """Name the migrated template after everything that shapes it, so that a changed migration makes a new one."""
    return f"bare_{_digest(['*/migrations/*.py', 'integrity/logins.py', 'requirements.txt'])}"


def law_name() -> str:
    """Name the template with rules and calendar after what shapes it: the law, its loading, and the log it is noted in."""
    law = ["rules/data/**/*", "rules/*loading.py", "rules/data_files.py", "ledger/*.py", "ledger/suites/*.py"]
    return f"law_{_digest([bare_name(), *law])}"


def _digest(patterns: list[str]) -> str:
    digest = hashlib.sha256("\n".join(patterns).encode())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _free_slot() -> tuple[Path, IO[str]]:
    home = state.passable(state.home() / "tests")
    for number in range(SLOTS):
        slot = state.passable(home / str(number))
        taken = state.lock(slot / "lock")
        if taken is not None:
            return slot, taken
    raise SystemExit(f"没有空闲的测试槽位：{home} 下的 {SLOTS} 个都在用。")
