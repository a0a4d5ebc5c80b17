"""
Run a Python program against a database of its own that is thrown away afterwards.

``make check`` and ``make docs`` use it: they need settings that load and a server that answers, but nobody's data.
``--production`` loads the production settings instead of those of ``make run``.

    python -m integrity.local.scratch [--production] manage.py check
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from integrity.local import state
from integrity.local.processes import spawn
from integrity.local.servers import Postgres, Redis


def main(words: list[str]) -> int:
    """Start servers in a temporary folder, run the program, stop them, and give the program's exit code."""
    production = "--production" in words
    words = [word for word in words if word != "--production"]
    with tempfile.TemporaryDirectory(prefix=state.NAME, dir=state.home()) as folder:
        place = Path(folder)
        place.chmod(0o711)
        postgres, redis = Postgres(place / "postgres", fast=True), Redis(place / "redis")
        try:
            postgres.start()
            redis.start()
            return _run(words, postgres=postgres, redis=redis, folder=place, production=production)
        finally:
            redis.stop()
            postgres.remove()


def _run(words: list[str], *, postgres: Postgres, redis: Redis, folder: Path, production: bool) -> int:
    environ = {
        **os.environ,
        **state.new_keys(),
        "DJANGO_SETTINGS_MODULE": f"integrity.settings.{'prod' if production else 'dev'}",
        **postgres.prepare("scratch").environ(),
        "REDIS_URL": redis.url,
        "STATE_DIR": str(folder / "state"),
    }
    return spawn([sys.executable, *words], env=environ, cwd=state.CHECKOUT).wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
