"""Drafts: what an act has noted until its outermost exit turns it into entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

END = "end"


@dataclass(frozen=True)
class Ref:
    """Something an entry points to in another room, such as a report for the platform."""

    name: str
    key: str
    digest: str

    def told(self) -> dict[str, str]:
        """Give the reference as it is stored."""
        return {"name": self.name, "key": self.key, "digest": self.digest}


@dataclass(frozen=True)
class PublicDraft:
    """A public entry to be: exact bytes of one version of one document, or its end."""

    kind: str
    document: UUID
    version: int
    body: bytes
    at: datetime
    ended_kind: str | None = None
    ended_on: date | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass
class Draft:
    """A private entry to be, with the public entries that belong to it."""

    kind: str
    person: UUID | None
    role: str
    at: datetime
    request_id: str
    reason: str
    object_type: str = ""
    object_id: str = ""
    id: UUID = field(default_factory=uuid4)
    refs: list[Ref] = field(default_factory=list)
    rows: dict[tuple[type[Model], Any], None] = field(default_factory=dict)  # ordered set
    publics: list[PublicDraft] = field(default_factory=list)

    def about(self, obj: Model) -> None:
        """Name the object this entry is about."""
        self.object_type, self.object_id = obj._meta.label_lower, str(obj.pk)


def moment(at: datetime) -> str:
    """Spell a moment the one way the log spells it: UTC, microseconds, ``Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
