"""What the tests of the pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from accounts.models import User

Browser = Callable[[User], Client]


def text(answer: Any) -> str:
    """Give the page as text."""
    return str(answer.content.decode())
