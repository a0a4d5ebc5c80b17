"""Who had which part in a case, for the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rules.workflow import hands

PARTS: dict[str, str | Promise] = {
    "filer": gettext_lazy("填报"),
    "editor": gettext_lazy("修改"),
    "reviewer": gettext_lazy("审核"),
    "approver": gettext_lazy("认定"),
    "claimant": gettext_lazy("申报"),
}
"""The words of the parts; a room adds those of its own arrows."""


def register(parts: dict[str, str | Promise]) -> None:
    """Tell what the parts of a workflow are called."""
    PARTS.update(parts)


def of(case: Any, *, me: UUID | None) -> list[dict[str, str]]:
    """This will say who had which part in a case, oldest first, each part of a person once."""
    told: dict[tuple[str, UUID], dict[str, str]] = {}
    for hand in hands.of(case):
        who = _("%(name)s（您）") % {"name": hand.person.name} if hand.person_id == me else hand.person.name
        told.setdefault((hand.part, hand.person_id), {"part": str(PARTS.get(hand.part, hand.part)), "who": who})
    return list(told.values())
