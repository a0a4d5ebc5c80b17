"""A browser signed in as somebody, at the moment the scene is built for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

NOW = datetime(2026, 5, 11, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _the_clock_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces ask the clock; in these tests it is ten o'clock in Shanghai on 11 May 2026."""
    monkeypatch.setattr("rules.clock.now", lambda: NOW)


@pytest.fixture
def browser() -> Any:
    """Give a signed-in browser for a person, without going through the sign-in page each time."""

    def open_for(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return open_for
