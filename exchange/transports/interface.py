"""What every transport offers: send one message, fetch the platform's later words, list what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from exchange.models import Outcome


class Unreachable(Exception):
    """The platform could not be asked, or its answer could not be trusted; nothing is known."""


@dataclass(frozen=True)
class Message:
    """One delivery as it goes over the wire; ``key`` is its idempotency key and never changes."""

    key: UUID
    epoch: int
    resource: str
    subject_id: UUID
    version: int
    operation: str
    content: bytes
    digest: str


@dataclass(frozen=True)
class Word:
    """The platform's signed word about one delivery: ``accepted``, ``stored`` or ``rejected``, over the digest it saw."""

    key: UUID
    verdict: str
    number: str
    digest: str
    code: str = ""
    field: str = ""
    message: str = ""
    warning: str = ""
    platform_id: str = ""
    signature: str = ""


@dataclass(frozen=True)
class Answer:
    """How one sending ended; a word only where the platform's signature and our digest were right."""

    outcome: Outcome
    word: Word | None = None
    http_status: int | None = None
    code: str = ""
    message: str = ""
    retry_after: timedelta | None = None
    digest: str = ""


@dataclass(frozen=True)
class Holding:
    """One record the platform says it holds."""

    subject_id: str
    version: int
    is_live: bool


class Transport(Protocol):
    """A way to a platform."""

    def send(self, message: Message) -> Answer:
        """Send one message and tell how it ended; never raises for what the platform or the network does."""
        ...

    def words_after(self, cursor: str) -> tuple[list[Word], str]:
        """
        Fetch the words the platform has spoken since a cursor, and the new cursor.

        :raises Unreachable: the platform cannot be asked, or its signature is wrong
        """
        ...

    def holdings(self) -> list[Holding]:
        """
        List every record the platform holds.

        :raises Unreachable: the platform cannot be asked, or its signature is wrong
        """
        ...
