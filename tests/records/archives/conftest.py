"""A browser signed in as somebody, at the moment the scene is built for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def _the_clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces ask the clock; in these tests it is the moment of the scene."""
    from tests.records.factories import NOW

    monkeypatch.setattr("rules.clock.now", lambda: NOW)


@pytest.fixture
def browser() -> Any:
    """Give a signed-in browser for a person, without going through the sign-in page each time."""

    def open_for(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return open_for
