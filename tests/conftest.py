"""
One PostgreSQL and one Redis per run; the suite works as the application login on a copy of a template migrated by the owner.

Ordinary database tests run in a transaction on one shared copy. Tests that commit, or that other processes take part in, ask for
``fresh_database`` and get a copy of their own.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from tests.environment import DATABASE, Environment, template_name

# The settings read the environment when pytest-django loads them, which is after this file.
ENVIRONMENT = Environment()


@dataclass(frozen=True)
class FreshDatabase:
    """A database of one test's own, and the environment a process needs to work on it."""

    name: str
    environ: dict[str, str]


def pytest_configure() -> None:
    """Load the settings now that the environment is complete; pytest-django sets Django up right after."""
    assert settings.DATABASES  # noqa: S101


def pytest_unconfigure() -> None:
    """Stop the servers."""
    ENVIRONMENT.stop()


@pytest.fixture(scope="session")
def environment() -> Environment:
    """Give the running servers of this run."""
    ENVIRONMENT.start()
    return ENVIRONMENT


@pytest.fixture(scope="session")
def template_database(environment: Environment, django_db_blocker: Any) -> str:
    """Give the name of the migrated template, migrated now by the owner where the migrations have changed."""
    name = template_name()
    known = environment.databases()
    if name in known:
        return name
    for old in known:
        if old.startswith("template_"):
            environment.drop(old)
    draft = f"draft_{name}"
    environment.drop(draft)
    environment.prepare(draft)
    with django_db_blocker.unblock(), working_on(draft):
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    environment.admin("ALTER DATABASE {} RENAME TO {}", draft, name)
    return name


@pytest.fixture(scope="session")
def django_db_setup(environment: Environment, template_database: str, django_db_blocker: Any) -> None:
    """Give the run its own copy of the template."""
    for name in environment.databases():
        if name == DATABASE or name.startswith("fresh_"):
            environment.drop(name)
    environment.copy(template_database, DATABASE)


@pytest.fixture
def fresh_database(
    environment: Environment, template_database: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[FreshDatabase]:
    """
    Give the test a migrated database of its own, in which commits are real and other processes may take part.

    While the test runs, every connection of this process (its threads included) goes there; for processes pass
    ``env=fresh_database.environ``.
    """
    name = f"fresh_{uuid.uuid4().hex[:12]}"
    environment.copy(template_database, name)
    with django_db_blocker.unblock(), working_on(name):
        yield FreshDatabase(name, {**os.environ, **environment.variables(name)})
    environment.drop(name)


@contextmanager
def working_on(name: str) -> Iterator[None]:
    """Point every database alias of this process at another database for a while."""
    former = {alias: connections.settings[alias]["NAME"] for alias in connections}
    connections.close_all()
    for alias in former:
        connections.settings[alias]["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for alias, old in former.items():
            connections.settings[alias]["NAME"] = old
