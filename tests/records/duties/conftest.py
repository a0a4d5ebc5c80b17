"""Pages of duties are asked at the moment the scene is built for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a signed-in browser for a person, while the clock stands at ten o'clock in Shanghai on 11 May 2026."""
    from tests.records.factories import NOW

    monkeypatch.setattr("rules.clock.now", lambda: NOW)

    def open_for(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return open_for
