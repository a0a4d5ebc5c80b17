"""The mark 异议处理中, and where the rules say so the suspension of disclosure with it; the objection's machine calls these."""

from __future__ import annotations

from datetime import date, datetime

from disclosure import publishing
from ledger.actors import SYSTEM
from records import disclose, report
from records.models import DishonestyRecord, RecordState
from records.services import ending
from records.workflow import endings, publicity
from records.workflow.record import RECORD
from rules.clock import local_day


def mark(*, record: DishonestyRecord, since: date, now: datetime, suspends: bool = False) -> DishonestyRecord:
    """
    Mark a record whose objection was accepted; this will show the mark and tell the platform at once.

    :param suspends: take a record that is shown off the public site until the objection is closed
    :raises Conflict: an objection is open already
    """
    if suspends and record.state == RecordState.DISCLOSED:
        return RECORD.perform(
            "suspend_disclosure",
            record,
            actor=SYSTEM,
            now=now,
            is_objected=True,
            objected_since=since,
            ended_as=publicity.SUSPENDED,
            then=lambda suspended: _suspend(suspended, now=now),
        )
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

    What was suspended stays so until `resume`, since the decision may yet end it.

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


def resume(*, record: DishonestyRecord, now: datetime) -> DishonestyRecord:
    """
    Show a suspended record again for what is left of its period, under its old address; where no day is left, this will
    let it expire instead. A person's record stays hidden where the region has closed that door meanwhile.

    :raises Conflict: it is not suspended, or still marked
    """
    if endings.is_over(record, on=local_day(now)):
        return ending.run_out(record=record, now=now)
    if not publicity.may_return(record, on=local_day(now)):
        return record
    return RECORD.perform(
        "resume_disclosure",
        record,
        actor=SYSTEM,
        now=now,
        ended_as="",
        then=lambda shown: _resume(shown, now=now),
    )


def _suspend(record: DishonestyRecord, *, now: datetime) -> None:
    report.tell(record, op="M", now=now)
    record.save()
    publishing.end(document_id=record.id, version=record.report_version, kind=publishing.SUSPENDED, now=now)


def _resume(record: DishonestyRecord, *, now: datetime) -> None:
    report.tell(record, op="U", now=now)
    record.save()
    publishing.resume(document=disclose.document(record), corrections=disclose.corrections(record), now=now)


def _tell(record: DishonestyRecord, *, op: str, since: date, now: datetime) -> None:
    report.tell(record, op=op, now=now)
    record.save()
    if record.state == RecordState.DISCLOSED:
        publishing.mark(
            document_id=record.id, version=record.report_version, marked=record.is_objected, since=since, now=now
        )
