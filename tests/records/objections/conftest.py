"""The offices that handle objections, beside the scene of the casework's tests."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def offices(stage: Any) -> Any:
    """Build the officers of city and province once a module; they are rolled back with the scene."""
    from tests.records.objections import factories

    return factories.hall(stage)


@pytest.fixture
def hall(offices: Any, scene: Any) -> Any:
    """Give scene and officers; what the test writes is rolled back after it."""
    return offices
