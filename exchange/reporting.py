"""Reports: what an act tells the platform, written in the transaction of the act and named in its entry.

The log carries the report to the relay; nothing is queued here. Restricted fields (a person's name and number) are
sealed before they are written, and the digest that stands in the entry covers the sealed bytes, so that neither the
table nor the log gives them away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.models import Department
from exchange import hints, mappings
from exchange.models import Operation, Report
from ledger import acts, canonical
from ledger.suites import seal

REFERENCE = "exchange.report"


def report(
    *,
    resource: str = "SX",
    subject_id: UUID,
    version: int,
    op: str,
    decided_on: date,
    due_at: datetime,
    fields: Mapping[str, Any],
    restricted: Mapping[str, Any] | None = None,
    department: Department,
    now: datetime,
) -> Report:
    """
    Tell the platform about one version of one subject.

    Run inside an open act: the report commits or rolls back with it (scenario 61), and the act's entry carries its
    digest. The relay finds the entry and makes the delivery; ``fields`` and ``restricted`` use the neutral names of the
    mapping (strings, whole numbers, booleans, lists of strings; amounts as text in yuan, days as text or dates).

    :raises ledger.acts.NoActOpen: no act is open
    :raises ValueError: the operation is not one of domain 3.5
    :raises KeyError: no mapping is written for the resource
    :raises django.db.IntegrityError: this version of the subject has been reported before
    """
    act = acts.current()
    mappings.for_resource(resource)
    row = Report(
        resource=resource,
        subject_id=subject_id,
        version=version,
        operation=Operation(op).value,
        department=department,
        decided_on=decided_on,
        due_at=due_at,
        fields=_plain(fields),
        restricted=_sealed(restricted),
        created_at=now,
    )
    row.digest = digest_of(row)
    row.save()
    act.refer(name=REFERENCE, key=str(row.id), digest=row.digest)
    hints.nudge_on_commit()
    return row


def digest_of(row: Report) -> str:
    """This will give the SHA-256 (hex) over everything the report says, the restricted part as sealed bytes."""
    content = {
        "resource": row.resource,
        "subject_id": str(row.subject_id),
        "version": row.version,
        "operation": row.operation,
        "decided_on": row.decided_on.isoformat(),
        "due_at": row.due_at.isoformat(),
        "fields": row.fields,
        "restricted": bytes(row.restricted).hex() if row.restricted else None,
    }
    return hashlib.sha256(canonical.encode(content)).hexdigest()


def restricted_of(row: Report) -> dict[str, Any]:
    """
    This will open the sealed part of a report; empty where there is none or it has been erased.

    :raises ledger.suites.seal.BadSeal: the bytes were changed, or the key is gone
    """
    if not row.restricted:
        return {}
    opened: dict[str, Any] = json.loads(seal.unseal(row.restricted, table="exchange_report", column="restricted"))
    return opened


def _sealed(restricted: Mapping[str, Any] | None) -> bytes | None:
    if not restricted:
        return None
    return seal.seal(canonical.encode(_plain(restricted)).decode(), table="exchange_report", column="restricted")


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Turn days into text and sets into lists, so that the same facts always have the same bytes."""
    return {name: _plain_value(value) for name, value in facts.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return sorted(str(inner) for inner in value)
    if value is None or isinstance(value, str | bool | int | list):
        return value
    return str(value)
