"""The mark 异议处理中: the objection's machine calls these in its own act; disclosure goes on while it is marked."""

from __future__ import annotations

from datetime import date, datetime

from disclosure import publishing
from ledger.actors import SYSTEM
from records import report
from records.models import DishonestyRecord, RecordState
from records.workflow.record import RECORD
from rules.clock import local_day


def mark(*, record: DishonestyRecord, since: date, now: datetime) -> DishonestyRecord:
    """
    Mark a record whose objection was accepted; this will show the mark and tell the platform at once.

    :raises Conflict: an objection is open already
    """
    return RECORD.perform(
        "mark_objection",
        record,
        actor=SYSTEM,
        now=now,
        is_objected=True,
        objected_since=since,
        then=lambda marked: _tell(marked, op="M", since=since, now=now),
    )


def unmark(*, record: DishonestyRecord, now: datetime) -> DishonestyRecord:
    """
    Take the mark off when the objection is closed; this will tell the platform at once.

    :raises Conflict: there is no mark
    """
    return RECORD.perform(
        "unmark_objection",
        record,
        actor=SYSTEM,
        now=now,
        is_objected=False,
        objected_since=None,
        then=lambda unmarked: _tell(unmarked, op="N", since=local_day(now), now=now),
    )


def _tell(record: DishonestyRecord, *, op: str, since: date, now: datetime) -> None:
    report.tell(record, op=op, now=now)
    record.save()
    if record.state == RecordState.DISCLOSED:
        publishing.mark(
            document_id=record.id, version=record.report_version, marked=record.is_objected, since=since, now=now
        )
