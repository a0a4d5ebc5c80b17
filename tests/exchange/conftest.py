"""The exchange's tests stand on the shipped rules and one department; models are imported once Django is set up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def unit(db: None) -> Any:
    """Give the department the reports are about, with the rules loaded."""
    from tests.exchange import scenes

    scenes.load_rules()
    return scenes.unit()


@pytest.fixture
def puppet() -> Any:
    """Give a transport that does what the test says."""
    from tests.exchange import scenes

    return scenes.Puppet()


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[Any]:
    """Give a running stand-in."""
    from tests.exchange import scenes

    with scenes.standin(tmp_path) as running:
        yield running
