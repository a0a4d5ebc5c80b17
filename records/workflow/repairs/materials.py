"""The checklist of an application: which materials a record of this severity and source needs, from the list of the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from records.models import CreditRepair, DishonestyRecord, MaterialState, RepairMaterial
from rules import codes

LIST = "repair_material"
PLEDGE = "PLEDGE"
AGENT = "AGENT_PROOF"


@dataclass(frozen=True)
class Wanted:
    """One line of the checklist before anybody has applied."""

    code: str
    label: str
    is_required: bool
    place: int


def wanted(record: DishonestyRecord, *, on: date, by_agent: bool = False) -> list[Wanted]:
    """Return what an application about this record needs on a day, required ones first."""
    found = [each for each in codes.current(LIST, on) if _applies(each.facts, record, by_agent)]
    lines = [
        Wanted(each.code, each.label, not each.facts.get("optional", False), place) for place, each in enumerate(found)
    ]
    return sorted(lines, key=lambda line: (not line.is_required, line.place))


def _applies(facts: dict[str, object], record: DishonestyRecord, by_agent: bool) -> bool:
    if facts.get("agent") and not by_agent:
        return False
    sources, severities = facts.get("sources"), facts.get("severities")
    if isinstance(sources, list) and record.source_type not in sources:
        return False
    return not isinstance(severities, list) or record.severity in severities


def not_given(repair: CreditRepair) -> list[RepairMaterial]:
    """
    Return the required materials that nobody has handed in, or that must come again.

    The pledge is signed with the submission itself, so before it nobody is asked for it here.
    """
    lacking = [each for each in required(repair) if each.state in (MaterialState.OPEN, MaterialState.LACKING)]
    return [each for each in lacking if each.code != PLEDGE or each.state == MaterialState.LACKING]


def required(repair: CreditRepair) -> list[RepairMaterial]:
    """Return the required lines of the checklist in their order."""
    return [each for each in lines(repair) if each.is_required]


def lines(repair: CreditRepair) -> list[RepairMaterial]:
    """Return the whole checklist in its order."""
    return list(repair.materials.order_by("place", "code"))


def named(materials: Iterable[RepairMaterial]) -> str:
    """Return the names of materials joined the Chinese way."""
    return "、".join(each.label for each in materials)
