"""The law, the places and the people of the casework's tests, built once a module and rolled back with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """
    Build law and people inside a transaction that the module's tests nest in.

    Django is not ready when pytest reads this file, so the imports are here.
    """
    from django.db import transaction

    from tests.records import factories

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer._from_testcase = True  # lets the acts, which are durable, run inside
        outer.__enter__()
        try:
            factories.load_law()
            yield factories.scene()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def scene(stage: Any, db: None) -> Any:
    """Give the places and people; what the test writes is rolled back after it."""
    from ledger import memory

    memory.forget()
    return stage
