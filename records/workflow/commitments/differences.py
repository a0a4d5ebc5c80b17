"""What moved between two wordings of a promise, field by field, in words the clerk and the citizen read alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from records import words
from records.models import DisclosureMode
from records.workflow.commitments.promise import LABELS
from rules import codes

LISTS = {"kind": "commitment_kind", "origin": "commitment_origin", "disclosure_mode": "disclosure_mode"}
PRIVATE = frozenset({"responsible_name", "disclosure_reason", "disclosure_basis"})
"""Fields the public page leaves out."""

Change = dict[str, str]


def between(old: Mapping[str, Any], new: Mapping[str, Any], *, on: date, is_public: bool = False) -> list[Change]:
    """Return each field that moved: its label, the old and the new words; ``shift`` says how far a day moved."""
    moved = []
    for field in [*new, *(field for field in old if field not in new)]:
        if (is_public and field in PRIVATE) or old.get(field) == new.get(field):
            continue
        before, after = said(field, old.get(field), on=on), said(field, new.get(field), on=on)
        shift = _shift(old.get(field), new.get(field)) if field.endswith("_on") else ""
        moved.append(
            {"field": field, "label": str(LABELS.get(field, field)), "old": before, "new": after, "shift": shift}
        )
    return moved


def said(field: str, value: Any, *, on: date) -> str:
    """Return a value of a version as a reader sees it."""
    if value in (None, "", []):
        return _("（空）")
    if field in LISTS:
        return codes.label(LISTS[field], value, on)
    if field == "key_areas":
        return words.named("key_area", value, on)
    if field.endswith("_on"):
        return words.day(date.fromisoformat(value))
    if field == "milestones":
        return "；".join(_step(step) for step in value)
    return _("%s元") % value if field == "amount_yuan" else str(value)


def _step(step: Mapping[str, Any]) -> str:
    return _("%(title)s（权重 %(weight)d，%(day)s前）") % {
        "title": step["title"],
        "weight": step["weight"],
        "day": words.day(date.fromisoformat(step["due_on"])) if step["due_on"] else "",
    }


def _shift(old: Any, new: Any) -> str:
    if not old or not new:
        return ""
    days = (date.fromisoformat(new) - date.fromisoformat(old)).days
    return _("推迟 %d 天") % days if days > 0 else _("提前 %d 天") % -days


def mode_words(mode: str, *, on: date) -> str:
    """Return how a promise may be shown, in the words of the code list."""
    return codes.label("disclosure_mode", mode or DisclosureMode.PROACTIVE, on)
