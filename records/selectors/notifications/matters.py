"""What a notice or mail may call a case to one reader: its title and way in, only its number, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.models import User
from records.workflow.kinds import KINDS, CaseKind
from rules import scan


@dataclass(frozen=True)
class Matter:
    """A case as one reader may know it."""

    kind: CaseKind
    case: Any

    @property
    def address(self) -> str:
        """The address of its page."""
        return self.kind.address(self.case)

    @property
    def words(self) -> str:
        """Its title and number on the site, for who may open it."""
        title, number = self.kind.title(self.case), self.kind.number(self.case)
        return f"“{title}”（{number}）" if title else number

    @property
    def mailed(self) -> str:
        """What may leave by mail: no title of a sealed case or one about a person, none in which the scan finds something."""
        title, number = self.kind.title(self.case), self.kind.number(self.case)
        if self.kind.is_sealed or _concerns_person(self.kind, self.case) or scan.find(title):
            return f"{self.kind.machine.label} {number}"
        return f"{title}（{number}）" if title else f"{self.kind.machine.label} {number}"


def kind_of(object_type: str) -> CaseKind | None:
    """Return the kind of a model by its label."""
    return next((kind for kind in KINDS.values() if kind.machine.model._meta.label_lower == object_type), None)


def seen(object_type: str, object_id: str, *, reader: User, now: datetime) -> Matter | None:
    """Return a case the reader may open, or None."""
    kind = kind_of(object_type)
    if kind is None:
        return None
    model: Any = kind.machine.model
    try:
        case = model._default_manager.visible_to(reader, now).select_related(*kind.related).filter(pk=object_id).first()
    except (ValueError, ValidationError):
        return None
    return Matter(kind, case) if case is not None else None


def seen_many(keys: list[tuple[str, str]], *, reader: User, now: datetime) -> dict[tuple[str, str], Matter]:
    """Return the cases among these the reader may open, one query a kind."""
    found: dict[tuple[str, str], Matter] = {}
    for kind in KINDS.values():
        label = kind.machine.model._meta.label_lower
        wanted = [UUID(key) for object_type, key in keys if object_type == label]
        if not wanted:
            continue
        model: Any = kind.machine.model
        rows = model._default_manager.visible_to(reader, now).select_related(*kind.related).filter(pk__in=wanted)
        found |= {(label, str(case.pk)): Matter(kind, case) for case in rows}
    return found


def _concerns_person(kind: CaseKind, case: Any) -> bool:
    for name in kind.person.split("__") if kind.person else ():
        case = getattr(case, name, None)
    return bool(kind.person) and case is not None
