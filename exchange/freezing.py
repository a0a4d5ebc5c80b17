"""Freezing: the mapped bytes of a report are made once, when the relay finds it, and never again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from exchange import mappings
from exchange.mappings import Facts, Fault
from exchange.models import Delivery, Report
from exchange.reporting import restricted_of
from ledger import canonical
from ledger.suites import seal

TABLE, COLUMN = "exchange_delivery", "payload"


@dataclass(frozen=True)
class Frozen:
    """The mapped bytes, what is wrong with them, and the version of the mapping that made them."""

    content: bytes
    faults: list[Fault]
    mapping: str


def freeze(report: Report, *, batch: str, today: date) -> Frozen:
    """
    This will map a report field by field and check the result as the platform would.

    Faulty bytes are frozen as well, so that the officer sees what was wrong; they are never sent.

    :raises KeyError: there is no mapping for the resource
    """
    mapping = mappings.for_resource(report.resource)
    facts = Facts(
        subject_id=report.subject_id,
        version=report.version,
        operation=report.operation,
        decided_on=report.decided_on,
        created_at=report.created_at,
        batch=batch,
        today=today,
        fields={**report.fields, **restricted_of(report)},
    )
    row = mapping.fill(facts)
    return Frozen(canonical.encode(row), mapping.faults(row, facts), mapping.version)


def sealed(content: bytes) -> bytes:
    """This will seal frozen bytes for the delivery's row: they may hold an ID number."""
    return seal.seal(content.decode(), table=TABLE, column=COLUMN)


def row_of(delivery: Delivery) -> dict[str, str]:
    """
    This will open a delivery's frozen row; empty once its content has been erased.

    :raises ledger.suites.seal.BadSeal: the bytes were changed, or the key is gone
    """
    if not delivery.payload:
        return {}
    opened: dict[str, str] = json.loads(seal.unseal(delivery.payload, table=TABLE, column=COLUMN))
    return opened


def wire_bytes(delivery: Delivery) -> bytes:
    """This will give the bytes that go over the wire: the frozen row with the operation chosen at the first sending."""
    return canonical.encode({f"{delivery.resource}_CZLX": delivery.wire_operation, **row_of(delivery)})


def digest(content: bytes) -> str:
    """This will give the SHA-256 of bytes in hex."""
    return hashlib.sha256(content).hexdigest()
