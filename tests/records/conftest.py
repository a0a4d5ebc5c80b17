"""The places and the people of the casework's tests, built once a run in a database of their own."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import working_on
from tests.environment import Environment


@pytest.fixture(scope="session")
def peopled(
    environment: Environment, law_template: str, django_db_setup: None, django_db_blocker: Any
) -> tuple[str, Any]:
    """
    Give the name of a database with places and people in it, and who they are.

    Django is not ready when pytest reads this file, so the import is here.
    """
    from tests.records import factories

    name = f"fresh_{uuid.uuid4().hex[:12]}"
    environment.copy(law_template, name)
    with django_db_blocker.unblock(), working_on(name):
        return name, factories.scene()


@pytest.fixture(scope="module")
def stage(peopled: tuple[str, Any], django_db_blocker: Any) -> Iterator[Any]:
    """Let the module's tests work there, inside a transaction that takes back what the module adds for all of them."""
    from django.db import transaction

    name, scene = peopled
    with django_db_blocker.unblock(), working_on(name):
        outer = transaction.atomic()
        outer._from_testcase = True  # lets the acts, which are durable, run inside
        outer.__enter__()
        try:
            yield copy.deepcopy(scene)
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def scene(stage: Any, db: None) -> Any:
    """Give the places and people; what the test writes is rolled back after it."""
    from ledger import memory

    memory.forget()
    return stage
