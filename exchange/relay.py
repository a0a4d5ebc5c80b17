"""The relay reads the ledger by position and turns each entry that names a report into a delivery, once."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exchange import freezing, overtaking
from exchange.mappings import Fault
from exchange.models import Delivery, DeliveryState, Operation, Position, Report
from exchange.reporting import REFERENCE
from ledger import canonical, reading
from ledger.suites import seal
from rules import clock

log = logging.getLogger(__name__)
READER = "exchange.relay"
CHANNEL = "province"
PAGE = 200
PRIORITY = {Operation.WITHDRAW: 0, Operation.REPAIR: 1, Operation.EXPIRE: 1, Operation.MARK: 2, Operation.UNMARK: 2}
ORDINARY = 5


def relay(now: datetime) -> int:
    """
    Make a delivery for every report in the log that has none yet; this will return how many were made.

    Positions are gapless and in commit order, so nothing can appear behind the reader. One relay works at a time; a
    second returns at once. A page of entries and the reader's new position commit together.
    """
    made = 0
    while True:
        page = _relay_page(now)
        if page is None:
            return made
        made += page


def _relay_page(now: datetime) -> int | None:
    with transaction.atomic():
        Position.objects.get_or_create(name=READER)
        reader = Position.objects.select_for_update(skip_locked=True).filter(name=READER).first()
        if reader is None:
            return None  # another relay is at work
        entries = reading.entries_after(reader.position, limit=PAGE, names=(REFERENCE,))
        if not entries:
            return None
        made = sum(
            _deliver(ref["key"], entry.position, now) for entry in entries for ref in reading.refs_of(entry, REFERENCE)
        )
        reader.position = entries[-1].position
        reader.save(update_fields=["position"])
        return made


def _deliver(key: str, position: int, now: datetime) -> int:
    report = Report.objects.select_related("department").get(pk=key)
    batch = f"{report.created_at.astimezone(clock.ZONE):%Y%m%d}-{report.pk.hex[:12]}"
    frozen = _frozen(report, batch, now)
    delivery = Delivery(
        report=report,
        channel=CHANNEL,
        resource=report.resource,
        subject_id=report.subject_id,
        version=report.version,
        operation=report.operation,
        department=report.department,
        position=position,
        priority=PRIORITY.get(Operation(report.operation), ORDINARY),
        decided_on=report.decided_on,
        due_at=report.due_at,
        payload=freezing.sealed(frozen.content),
        mapping=frozen.mapping,
        next_attempt_at=report.created_at,  # waiting since the act, however late the log is read
        created_at=report.created_at,
    )
    if frozen.faults:
        _refuse(delivery, frozen, now)
    delivery.save(force_insert=True)
    overtaking.settle(delivery, now=now)
    return 1


def _frozen(report: Report, batch: str, now: datetime) -> freezing.Frozen:
    """What cannot be mapped at all must not stop the line: it is laid before a person like any other fault."""
    try:
        return freezing.freeze(report, batch=batch, today=clock.local_day(now))
    except (ValueError, TypeError, KeyError, seal.BadSeal) as broken:
        log.exception("report cannot be mapped", extra={"report": str(report.pk)})
        fault = Fault(
            "E099", "", _("报送内容"), _("不能换算（%(why)s），请技术人员查看") % {"why": type(broken).__name__}
        )
        return freezing.Frozen(canonical.encode({}), [fault], "")


def _refuse(delivery: Delivery, frozen: freezing.Frozen, now: datetime) -> None:
    """Bytes the platform would refuse are not sent: the officer corrects the record and a new version goes instead."""
    first = frozen.faults[0]
    delivery.state = DeliveryState.REJECTED
    delivery.code, delivery.field = first.code, first.column
    delivery.message = "；".join(str(fault) for fault in frozen.faults)[:300]
    delivery.closed_at = now
