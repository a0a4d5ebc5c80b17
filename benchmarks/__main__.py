"""Run the speed suite on a server of its own that writes to disk as in production; ``make bench ARGS="acts"`` runs one part."""

from __future__ import annotations

import os
import pkgutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

import benchmarks
from integrity.local import state
from integrity.local.servers import Postgres, Redis


def main(wanted: list[str]) -> int:
    """Prepare a database, run each part's ``run()`` and print its lines."""
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")]
    with tempfile.TemporaryDirectory(prefix=state.NAME, dir=state.home()) as folder:
        place = Path(folder)
        place.chmod(0o711)
        postgres, redis = Postgres(place / "postgres"), Redis(place / "redis")
        try:
            postgres.start()
            redis.start()
            os.environ.update(state.new_keys())
            os.environ.update(postgres.prepare("bench").environ())
            os.environ.update(REDIS_URL=redis.url, STATE_DIR=str(place / "state"))
            os.environ["DJANGO_SETTINGS_MODULE"] = "integrity.settings.dev"
            django.setup()
            call_command("migrate", database="owner", verbosity=0)
            for name in wanted or names:
                _run(name)
        finally:
            redis.stop()
            postgres.remove()
    return 0


def _run(name: str) -> None:
    part = import_module(f"benchmarks.{name}")
    if hasattr(part, "run"):
        print(f"== {name}: {(part.__doc__ or '').strip().splitlines()[0]}", flush=True)
        for line in part.run():
            print(f"   {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
