"""
One PostgreSQL and one Redis per run; the suite works as the application login on a copy of a template migrated by the owner.

Ordinary database tests run in a transaction on one shared copy. Tests that commit, or that other processes take part in, ask for
``fresh_database`` and get a copy of their own; ``fresh_demo`` is a copy with the demo in it.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import sync_playwright

from integrity.local.processes import end, spawn
from tests import browsers
from tests.environment import DATABASE, ROOT, Environment, bare_name, law_name

# Pages of one origin, drawn without a graphics card: Chromium need not keep them apart, nor imitate a card.
LEAN = ["--no-sandbox", "--disable-gpu", "--disable-site-isolation-trials", "--renderer-process-limit=1"]

# The settings read the environment when pytest-django loads them, which is after this file.
ENVIRONMENT = Environment()


@dataclass(frozen=True)
class Demo:
    """The database that holds the demo, to be copied, and the folder of its files."""

    name: str
    state: Path


@dataclass(frozen=True)
class FreshDatabase:
    """A database of one test's own, and the environment a process needs to work on it."""

    name: str
    environ: dict[str, str]


def pytest_configure(config: pytest.Config) -> None:
    """
    Load the settings now that the environment is complete; pytest-django sets Django up right after.

    Workers of a parallel run inherit our environment; without the name of the settings they, too, load them only here, after
    their own servers' addresses are set.
    """
    # Models, templates and rules live as long as the run; looking through them again and again for garbage costs a tenth of it.
    gc.set_threshold(50_000, 20, 50)
    assert settings.DATABASES  # noqa: S101
    if not hasattr(config, "workerinput") and getattr(config.option, "numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure() -> None:
    """Stop the servers."""
    ENVIRONMENT.stop()


@pytest.fixture(scope="session")
def environment() -> Environment:
    """Give the running servers of this run."""
    ENVIRONMENT.start()
    return ENVIRONMENT


@pytest.fixture(scope="session")
def bare_template(environment: Environment, django_db_blocker: Any) -> str:
    """Give the name of a migrated, empty database; migrated now, by the owner, where a migration has changed."""

    def migrate() -> None:
        call_command("migrate", database="owner", verbosity=0, interactive=False)

    with django_db_blocker.unblock():
        return _template(environment, bare_name(), kind="bare_", fill=migrate)


@pytest.fixture(scope="session")
def law_template(environment: Environment, bare_template: str, django_db_blocker: Any) -> str:
    """Give the name of a migrated database with rules and calendar, loaded now, by the application, where they have changed."""

    def load() -> None:
        for command in ("load_rules", "load_calendar"):
            call_command(command, stdout=StringIO())

    with django_db_blocker.unblock():
        return _template(environment, law_name(), kind="law_", fill=load, start=bare_template)


@pytest.fixture(scope="session")
def django_db_setup(environment: Environment, law_template: str, django_db_blocker: Any) -> None:
    """Give the run its own copy of the database with the law in it."""
    for name in environment.databases():
        if name == DATABASE or name.startswith("fresh_"):
            environment.postgres.drop(name)
    environment.copy(law_template, DATABASE)
    gc.freeze()


@pytest.fixture
def fresh_database(
    environment: Environment, law_template: str, django_db_setup: None, django_db_blocker: Any, own_state: Path
) -> Iterator[FreshDatabase]:
    """
    Give the test a database of its own, with rules and calendar, in which commits are real and other processes may take part.

    While the test runs, every connection of this process (its threads included) goes there; for processes pass
    ``env=fresh_database.environ``.
    """
    with django_db_blocker.unblock(), _fresh(environment, law_template, own_state) as fresh:
        yield fresh


@pytest.fixture
def bare_database(
    environment: Environment, bare_template: str, django_db_setup: None, django_db_blocker: Any, own_state: Path
) -> Iterator[FreshDatabase]:
    """Give the same as ``fresh_database``, but migrated only: no rules, no calendar, not one entry in the log."""
    with django_db_blocker.unblock(), _fresh(environment, bare_template, own_state) as fresh:
        yield fresh


@pytest.fixture(scope="session")
def demo_template(environment: Environment, law_template: str, django_db_setup: None, django_db_blocker: Any) -> Demo:
    """Build the demo once a run, through the services as ``make run`` does, and give where it lies."""
    from records.demo import building

    built = Demo(f"demo_{uuid.uuid4().hex[:12]}", ENVIRONMENT.folder / "demo")
    environment.copy(law_template, built.name)
    with django_db_blocker.unblock(), override_settings(**_state(built.state)), working_on(built.name):
        building.build(now=timezone.now())
    return built


@pytest.fixture
def fresh_demo(
    environment: Environment, demo_template: Demo, django_db_blocker: Any, own_state: Path
) -> Iterator[FreshDatabase]:
    """Give the same as ``fresh_database``, but filled with the demo, its files included."""
    shutil.copytree(demo_template.state, own_state, dirs_exist_ok=True)
    with django_db_blocker.unblock(), _fresh(environment, demo_template.name, own_state) as fresh:
        yield fresh


@pytest.fixture
def live_site(fresh_database: FreshDatabase) -> Iterator[str]:
    """Give the address of the portal served over HTTP by a thread of this process, working on ``fresh_database``."""
    with _served() as address:
        yield address


@pytest.fixture
def demo_site(fresh_demo: FreshDatabase) -> Iterator[str]:
    """Give the same for ``fresh_demo``."""
    with _served() as address:
        yield address


@pytest.fixture
def run_beside(
    fresh_database: FreshDatabase, environment: Environment
) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """
    Give a function that starts a Python program beside the test, on ``fresh_database``, and is ended with the test.

    ``run_beside("-m", "celery", "-A", "integrity", "worker", PLATFORM_URL=address)``; its output is in ``program.log``.
    """
    started: list[subprocess.Popen[bytes]] = []

    def run(*words: str, **variables: str) -> subprocess.Popen[bytes]:
        log = environment.folder / f"beside-{uuid.uuid4().hex[:8]}.log"
        program = spawn([sys.executable, *words], log=log, env={**fresh_database.environ, **variables}, cwd=ROOT)
        program.log = log  # type: ignore[attr-defined]
        started.append(program)
        return program

    yield run
    for program in started:  # all at once: each takes its time to say goodbye
        program.terminate()
    for program in reversed(started):
        end(program, signal.SIGTERM, patience=10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Give a running Chromium; without one the test is skipped and says so."""
    found = browsers.chromium()
    if found is None:
        pytest.skip("没有找到 Chromium：make browser 可在 Debian 上安装它")
    # Playwright keeps an event loop on this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=LEAN)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _template(
    environment: Environment, name: str, *, kind: str, fill: Callable[[], None], start: str | None = None
) -> str:
    """Make the template where it is missing, in a draft that only gets its name once it is whole; drop outdated ones."""
    known = environment.databases()
    if name in known:
        return name
    for old in known:
        if old.startswith((kind, "draft_")):
            environment.postgres.drop(old)
    draft = f"draft_{name}"
    if start:
        environment.copy(start, draft)
    else:
        environment.postgres.prepare(draft)
    with working_on(draft):
        fill()
    environment.postgres.admin("ALTER DATABASE {} RENAME TO {}", draft, name)
    return name


@contextmanager
def _served() -> Iterator[str]:
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@contextmanager
def _fresh(environment: Environment, template: str, state: Path) -> Iterator[FreshDatabase]:
    name = f"fresh_{uuid.uuid4().hex[:12]}"
    environment.copy(template, name)
    try:
        with working_on(name):
            yield FreshDatabase(name, {**os.environ, **environment.variables(name), "STATE_DIR": str(state)})
    finally:
        environment.postgres.drop(name)


@contextmanager
def working_on(name: str) -> Iterator[None]:
    """
    Point every database alias of this process at another database for a while.

    The connections held so far are laid aside, not closed: other tests of the module may have a transaction open in them.
    """
    former = {alias: connections.settings[alias]["NAME"] for alias in connections}
    held = {alias: connections[alias] for alias in former}
    for alias in former:
        del connections[alias]
        connections.settings[alias]["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for alias, old in former.items():
            connections.settings[alias]["NAME"] = old
            connections[alias] = held[alias]


def _state(folder: Path) -> dict[str, Path]:
    """Name what lies in a folder of state."""
    return {
        "STATE_DIR": folder,
        "EVIDENCE_ROOT": folder / "evidence",
        "COMPLAINT_ROOT": folder / "complaints",
        "LEDGER_SIGNING_DIR": folder / "signer",
    }


@pytest.fixture(autouse=True)
def own_state(settings: Any) -> Path:
    """
    Give each test its own folder for evidence and for the signer.

    A signer that remembered the head of another test's database would rightly refuse this one's.
    """
    folder = ENVIRONMENT.folder / f"state-{uuid.uuid4().hex[:12]}"
    folder.mkdir()
    for name, place in _state(folder).items():
        setattr(settings, name, place)
    return folder
