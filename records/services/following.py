"""Telling platform and public what became of a record's rectification and sanctions, inside the act that changed them."""

from __future__ import annotations

from datetime import datetime

from disclosure import publishing
from ledger.actors import SYSTEM
from records import disclose, report
from records.models import IN_FORCE, DishonestyRecord, RecordState
from records.services import correction
from records.workflow import endings
from records.workflow.record import RECORD
from rules.clock import local_day


def rectification(record: DishonestyRecord | None, *, before: str, now: datetime) -> None:
    """
    Report a record whose rectification moved to a state the platform tells apart (SX_ZGZT); this will do nothing otherwise.

    :param before: what `report.rectification_state` said before the move
    """
    if record is None:
        return
    record.refresh_from_db()
    if record.state not in IN_FORCE or report.rectification_state(record) == before:
        return

    def then(told: DishonestyRecord) -> None:
        report.tell(told, op="U", now=now)
        told.save()

    RECORD.perform("follow_duties", record, actor=SYSTEM, now=now, then=then)


def sanctions(record: DishonestyRecord, *, what: str, now: datetime) -> None:
    """Report a record whose sanctions were lightened or waived, and change its public text where it has one."""
    record.refresh_from_db()
    if record.state in IN_FORCE:
        RECORD.perform(
            "follow_duties",
            record,
            actor=SYSTEM,
            now=now,
            then=lambda told: correction.tell(told, what=what, now=now),
        )


def measure_over(record: DishonestyRecord, *, now: datetime) -> None:
    """
    Report a record one of whose measures ended by its own term, and take the measure from its public text.

    Nothing was wrong, so the page bears no note of correction. A record whose own period is over is told when it expires.
    """
    if record.state not in IN_FORCE or endings.is_over(record, on=local_day(now)):
        return

    def then(told: DishonestyRecord) -> None:
        report.tell(told, op="U", now=now)
        told.save()
        if told.state == RecordState.DISCLOSED:
            publishing.renew(document=disclose.document(told), now=now)

    RECORD.perform("follow_duties", record, actor=SYSTEM, now=now, then=then)
