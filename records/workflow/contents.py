"""The content of a record as plain values, the way editions keep it and differences compare it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from records.models import DishonestyRecord


def of(record: DishonestyRecord) -> dict[str, Any]:
    """Return the content of a record: texts, booleans and lists of texts."""
    return {field: plain(getattr(record, field)) for field in DishonestyRecord.CONTENT}


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it: days in ISO form, amounts with two decimals."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value
