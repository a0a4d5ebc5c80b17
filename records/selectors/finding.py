"""Finding cases of every kind by their number; sealed kinds are in no search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts import policy
from accounts.models import User
from records.workflow.kinds import KINDS, CaseKind

OWN_SEARCH = "record"  # records are found by more than their number, in a list of their own


@dataclass(frozen=True)
class Found:
    """One case and what kind it is."""

    kind: CaseKind
    case: Any

    @property
    def url(self) -> str:
        """The address of its page."""
        return self.kind.address(self.case)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.kind.title(self.case)

    @property
    def number(self) -> str:
        """Its number."""
        return self.kind.number(self.case)


def cases(text: str, *, user: User, now: datetime, limit: int) -> list[Found]:
    """Return the cases the user may open whose number holds the text, at most ``limit`` of each kind, newest first."""
    found: list[Found] = []
    for kind in KINDS.values():
        if (
            kind.is_sealed
            or kind.is_part
            or kind.name == OWN_SEARCH
            or not policy.allows(user=user, name=kind.page, now=now).allowed
        ):
            continue
        rows = kind.machine.model._default_manager.visible_to(user, now)  # type: ignore[attr-defined]
        rows = rows.filter(**{f"{kind.number_field}__icontains": text}).select_related(*kind.related)
        found += [Found(kind, case) for case in rows.order_by(f"-{kind.number_field}")[:limit]]
    return found
