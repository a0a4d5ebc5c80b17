"""The ends time, repair and the court bring, and the return of a record whose repair was revoked; each in one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from disclosure import publishing
from disclosure.models import Document
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records import disclose, report
from records.models import DishonestyRecord, RecordState
from records.services import duties
from records.workflow import endings, publicity
from records.workflow.endings import retention_until
from records.workflow.record import RECORD
from rules.clock import local_day

ENDED = (RecordState.EXPIRED, RecordState.REPAIRED, RecordState.WITHDRAWN)


def expire_due(*, now: datetime) -> int:
    """
    Expire every record whose last day has passed, shown or not; this will do nothing the second time.

    Visibility is read from the dates, so a late run shows nothing a second too long. Return how many expired.
    """
    today = local_day(now)
    shown = DishonestyRecord.objects.filter(state=RecordState.DISCLOSED, public_until__lt=today)
    unshown = DishonestyRecord.objects.filter(state=RecordState.EFFECTIVE, period_until__lt=today)
    return sum(_did(_expire, record, now=now) for record in shown.order_by("public_until", "number")) + sum(
        _did(run_out, record, now=now) for record in unshown.order_by("period_until", "number")
    )


def _did(end: Callable[..., DishonestyRecord], record: DishonestyRecord, *, now: datetime) -> bool:
    try:
        end(record=record, now=now)
    except Conflict:  # another worker was quicker, or the record ended otherwise since the list was read
        return False
    return True


def _expire(*, record: DishonestyRecord, now: datetime) -> DishonestyRecord:
    return _end(record, "expire", kind="expired", op="E", on=record.public_until, now=now)


def run_out(*, record: DishonestyRecord, now: datetime) -> DishonestyRecord:
    """
    End a record in force that is not shown and whose period is over; this will lift its sanctions and tell the platform.

    What is kept off the site never binds longer than what is shown on it: no measure outlives the period unless its basis
    says so. The page of a record that an open objection had suspended says from now on that its period is over.

    :raises Conflict: its period still runs, it is shown, or it has ended
    """
    return _end(record, "run_out", kind="expired", op="E", on=record.period_until, now=now)


def repair(*, record: DishonestyRecord, number: str, now: datetime) -> DishonestyRecord:
    """
    End a record whose repair was granted; the repair's machine calls this in its own act.

    Disclosure, sharing and sanctions stop at once, the archive keeps the record (信用修复管理办法 art. 3).

    :param number: document number of the decision to repair
    :raises Conflict: the shortest period has not passed, or the record cannot be repaired
    """
    return _end(record, "repair", kind="repaired", op="R", on=local_day(now), now=now, repair_number=number)


def delist(*, record: DishonestyRecord, now: datetime) -> DishonestyRecord:
    """
    End a record copied from the court's list because the court took it off; the court's notice calls this in its own act.

    :raises Conflict: the record is not such a copy, or has ended
    """
    return _end(record, "delist", kind="delisted", op="E", on=local_day(now), now=now)


def restore(*, record: DishonestyRecord, now: datetime) -> DishonestyRecord:
    """
    Bring back a record whose repair was revoked, for what is left of its period; the repair's machine calls this.

    What had been public is public again under its old address; what was not, or whose days are over, is not shown. While an
    objection suspends disclosure it stays off the site until that is closed.

    :raises Conflict: the record is not a repaired one any more
    """
    held = RECORD.lock(record)
    if endings.is_over(held, on=local_day(now)):
        action, ended_as = "restore_expired", RecordState.EXPIRED.value
    elif not _may_return(held, now):
        action, ended_as = "restore_unshown", ""
    elif publicity.is_suspending(held):
        action, ended_as = "restore_unshown", publicity.SUSPENDED
    else:
        action, ended_as = "restore_after_repair", ""
    return RECORD.perform(
        action,
        held,
        actor=SYSTEM,
        now=now,
        then=lambda back: _return(back, now=now),
        ended_on=held.period_until if ended_as == RecordState.EXPIRED else None,
        ended_as=ended_as,
    )


def _may_return(record: DishonestyRecord, now: datetime) -> bool:
    """Show again only what was taken off the site by this repair."""
    if not publicity.may_return(record, on=local_day(now)):
        return False
    return Document.objects.filter(pk=record.id, ended_kind=publishing.REPAIRED).exists()


def _return(record: DishonestyRecord, *, now: datetime) -> None:
    if record.state != RecordState.EXPIRED:
        duties.reinstate(record, now=now)
    report.tell(record, op="E" if record.state == RecordState.EXPIRED else "U", now=now)
    record.save()
    if record.state == RecordState.DISCLOSED:
        publishing.restore(document=disclose.document(record), now=now)
    elif record.ended_as == publicity.SUSPENDED:
        publishing.end(document_id=record.id, version=record.report_version, kind=publishing.SUSPENDED, now=now)


def _end(
    record: DishonestyRecord, action: str, *, kind: str, op: str, on: date | None, now: datetime, **facts: Any
) -> DishonestyRecord:
    """Take the arrow that ends a record: measures lifted, the platform told, the page ended, all in this act."""
    return RECORD.perform(
        action,
        record,
        actor=SYSTEM,
        now=now,
        then=lambda ended: _follow(ended, kind, op, now),
        ended_on=on,
        ended_as=kind,
        publication_waits=False,
        **facts,
    )


def _follow(record: DishonestyRecord, kind: str, op: str, now: datetime) -> None:
    duties.lift(record, because=kind, now=now)
    report.tell(record, op=op, now=now)
    record.save()
    if publishing.is_open(document_id=record.id):
        publishing.end(document_id=record.id, version=record.report_version, kind=kind, now=now)


def archive_due(*, now: datetime) -> int:
    """Move ended records whose retention is over to the archive; return how many (河南省社会信用条例 art. 19)."""
    today = local_day(now)
    moved = 0
    for record in DishonestyRecord.objects.filter(state__in=ENDED).order_by("recognised_on", "number"):
        if today > retention_until(record, on=today):
            RECORD.perform("archive", record, actor=SYSTEM, now=now)
            moved += 1
    return moved
