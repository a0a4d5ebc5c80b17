"""A small tree with people in it, for the tests of this room."""

from importlib import import_module
from typing import Any

import pytest


@pytest.fixture
def tree(db: None) -> Any:
    """Return the tree; the builders are found late, because they need the models and this file is read before those."""
    return import_module("tests.accounts.factories").tree()


@pytest.fixture
def secadmins(tree: Any) -> Any:
    """Return the two security administrators."""
    return import_module("tests.accounts.factories").administrators()
