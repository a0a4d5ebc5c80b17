"""What a handler types as the corrected words of a record, and the columns a decision would change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from records.models import DishonestyRecord
from records.workflow import contents, corrections, writing
from records.workflow import filing as filings
from records.workflow.filing import Filing
from rules import codes
from rules.clock import local_day


@dataclass(frozen=True)
class Change:
    """The corrected values; None leaves a field as it is."""

    facts: str | None = None
    document_name: str | None = None
    document_number: str | None = None
    issuer_name: str | None = None
    economic_loss_yuan: Decimal | str | None = None
    social_impact: str | None = None
    key_areas: tuple[str, ...] | None = None
    basis_codes: tuple[str, ...] | None = None
    severity: str | None = None
    sanctions: tuple[str, ...] | None = None
    period_until: date | None = None


def content(record: DishonestyRecord, change: Change, *, now: datetime) -> dict[str, Any]:
    """
    Return what really changes, as plain values fit to keep and to compare.

    :raises Incomplete: a field is not acceptable
    """
    given = {name: value for name, value in asdict(change).items() if value is not None}
    lighter = {name: given.pop(name) for name in corrections.LIGHTER if name in given}
    typed = filings.columns(Filing(subject_department=record.subject_department, **given), now=now)
    told = {name: typed[name] for name in corrections.CORRECTABLE if _given(name, given)}
    told |= _lighter(lighter, on=local_day(now))
    return {name: contents.plain(value) for name, value in told.items() if value != getattr(record, name)}


def _given(name: str, given: dict[str, Any]) -> bool:
    return name in given or (name == "document_number_original" and "document_number" in given)


def _lighter(given: dict[str, Any], *, on: date) -> dict[str, Any]:
    told = dict(given)
    if "severity" in told:
        writing.codes([told["severity"]], field="severity", label="", known=dict(codes.choices("severity", on=on)))
    if "sanctions" in told:
        told["sanctions"] = list(dict.fromkeys(told["sanctions"]))
    return told
