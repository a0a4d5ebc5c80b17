"""What the tests of the rules stand on; Django is not ready when pytest reads this file, so the fixtures import."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def clean_memory() -> None:
    from ledger import memory

    memory.forget()


@pytest.fixture
def law(db: None) -> None:
    from tests.rules import scenes

    scenes.load_law()


@pytest.fixture(scope="session")
def workshop_table(django_db_setup: None, django_db_blocker: Any) -> None:
    from tests.rules import workshop

    with django_db_blocker.unblock():
        workshop.build_table()


@pytest.fixture
def people(law: None, workshop_table: None) -> Any:
    from tests.rules import scenes

    return scenes.tree_of_people()
