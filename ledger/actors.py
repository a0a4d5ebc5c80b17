"""Who acts: anything that can name the natural person behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Actor(Protocol):
    """What the log needs to know of the one who acts; ``accounts.User`` is one."""

    @property
    def person_id(self) -> UUID | None:
        """Give the key of the natural person, or None where no person stands behind the act."""


@dataclass(frozen=True)
class System:
    """The portal itself: expiry, deadlines, loading of rules. Its acts carry the role ``system``."""

    person_id: UUID | None = None


SYSTEM: Actor = System()
