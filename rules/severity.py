"""Which severity is proposed for a record: the first row of the code list ``severity_default`` that fits (domain 4.2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ledger.refusals import Invalid
from rules import codes

LIST = "severity_default"


@dataclass(frozen=True)
class Proposed:
    """A proposed severity and the row that gave it; the approver decides."""

    severity: str
    rule: str
    because: str


def propose(
    *,
    source_type: str,
    loss_yuan: Decimal | None,
    social_impact: str,
    on: date,
    measure: str = "",
    marks: Collection[str] = (),
) -> Proposed:
    """
    This will propose a severity as of a day, with the rule in words; all rules are the platform's own ([design]).

    ``measure`` is a code of the discipline periods; ``marks`` any of fraud, casualties, refused, repeated, late, corrected.

    :raises Invalid: no row of the list holds on that day
    """
    facts = {
        "source_types": {source_type},
        "measures": {measure},
        "impacts": {social_impact},
        "marks": set(marks),
        "loss": bool(loss_yuan),
    }
    for row in codes.current(LIST, on):
        if _fits(row.facts.get("when", {}), facts):
            return Proposed(row.facts["severity"], row.code, row.label)
    raise Invalid(_("没有适用的失信等级规则，请先载入规则"), field="severity")


def _fits(when: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Every condition of a row must hold; a list holds where it shares one code with the facts."""
    return all(
        wanted == facts[name] if isinstance(wanted, bool) else bool(facts[name] & set(wanted))
        for name, wanted in when.items()
    )
