"""The wordings of a promise, one after the other, with what moved each time, back through the promises it replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from records.models import Commitment, CommitmentVersion
from records.selectors.differences import pieces
from records.workflow.commitments import differences
from rules.clock import local_day

DEEPEST = 20  # predecessors followed; a chain longer than this is cut, not followed for ever


@dataclass(frozen=True)
class Wording:
    """One version: who wrote it and put it in force, why, and what reads differently from the one before."""

    version: CommitmentVersion
    number: str
    on: date
    changes: list[dict[str, Any]]
    is_judged: bool
    is_present: bool


def wordings(promise: Commitment) -> list[Wording]:
    """Return every version of a promise and of those it replaced, the oldest first; one query for each promise."""
    told: list[Wording] = []
    before: dict[str, Any] | None = None
    for each in _chain(promise):
        rows = each.versions.select_related("made_by", "approved_by").order_by("edition")
        for version in rows:
            on = version.approved_on or local_day(version.made_at)
            told.append(
                Wording(
                    version,
                    each.number,
                    on,
                    _moved(before, version.content, on) if before is not None else [],
                    each.judged_edition == version.edition,
                    each.pk == promise.pk and version.edition == promise.edition,
                )
            )
            before = version.content
    return told


def _chain(promise: Commitment) -> list[Commitment]:
    chain, each = [promise], promise.replaces
    while each is not None and len(chain) < DEEPEST:
        chain.append(each)
        each = each.replaces
    return chain[::-1]


def _moved(old: dict[str, Any], new: dict[str, Any], on: date) -> list[dict[str, Any]]:
    return [{**each, "pieces": pieces(each["old"], each["new"])} for each in differences.between(old, new, on=on)]
