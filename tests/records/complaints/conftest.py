"""The people of a complaint, built once a module and rolled back with it."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def company(stage: Any) -> Any:
    """Build everybody who meets a complaint, inside the transaction of the module."""
    from tests.records.complaints import cases

    return cases.cast(stage)


@pytest.fixture
def cast(company: Any, scene: Any) -> Any:
    """Give the people; what the test writes is rolled back after it."""
    return company
