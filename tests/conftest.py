"""One PostgreSQL and one Redis per run; the suite runs as the application login on a database migrated by the owner."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path

import pytest

from integrity.local import database
from integrity.local.servers import Postgres, Redis
from tests import environment


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


FOLDER = Path(tempfile.mkdtemp(prefix="integrity-test-"))
FOLDER.chmod(0o755)
POSTGRES = Postgres(FOLDER / "pg", fast=True)
REDIS = Redis(FOLDER, port=_free_port())
NAME = "integrity_test"


def _start() -> None:
    POSTGRES.start()
    REDIS.start()
    database.prepare(POSTGRES.url(user="postgres", database="postgres"), database=NAME)
    database.grant_defaults(POSTGRES.url(user="integrity_owner", database=NAME))
    environment.make(
        FOLDER,
        database_urls={
            "DATABASE_URL": POSTGRES.url(user="integrity_web", database=NAME),
            "DATABASE_OWNER_URL": POSTGRES.url(user="integrity_owner", database=NAME),
            "DATABASE_PUBLIC_URL": POSTGRES.url(user="integrity_reader", database=NAME),
        },
        redis_url=REDIS.url,
    )


_start()
os.environ["DJANGO_SETTINGS_MODULE"] = "integrity.settings.test"  # only now: the settings read what was set above


def pytest_unconfigure() -> None:
    """Stop both servers and delete what they wrote."""
    REDIS.stop()
    POSTGRES.remove()
    import shutil

    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> None:
    """Migrate once, as the owner."""
    from django.core.management import call_command

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("migrate", database="owner", verbosity=0)
        sys.stdout.flush()
