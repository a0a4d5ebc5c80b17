"""
The public site at noon of 2026-05-11, whatever the machine's clock says.

Loaded before Django is set up, so what knows models is imported by name when a test runs.
"""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest

from rules import clock

NOON = datetime(2026, 5, 11, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Give a function that moves the faces' clock; services are told the time anyway."""

    def move(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    return move


@pytest.fixture(autouse=True)
def noon(set_clock: Callable[[datetime], None]) -> None:
    """Begin each test at noon, with no page kept from the test before."""
    import_module("disclosure.answers").forget_pages()
    import_module("disclosure.web.rendering").forget_pages()
    set_clock(NOON)


@pytest.fixture
def a_department(db: None) -> object:
    """Give a bureau with a former name."""
    return import_module("tests.disclosure.builders").department()
