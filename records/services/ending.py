"""The ends time and repair bring: expiry, repair, archive; each takes the public copy away in the same transaction."""

from __future__ import annotations

from datetime import datetime

from disclosure import publishing
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records import report
from records.models import DishonestyRecord, RecordState
from records.services import duties
from records.workflow.endings import retention_until
from records.workflow.record import RECORD
from rules.clock import local_day

ENDED = (RecordState.EXPIRED, RecordState.REPAIRED, RecordState.WITHDRAWN)


def expire_due(*, now: datetime) -> int:
    """
    Expire every record whose last public day has passed; this will do nothing the second time.

    Visibility is read from the dates, so a late run shows nothing a second too long. Return how many expired.
    """
    due = DishonestyRecord.objects.filter(state=RecordState.DISCLOSED, public_until__lt=local_day(now))
    return sum(_expire(record, now=now) for record in due.order_by("public_until", "number"))


def _expire(record: DishonestyRecord, *, now: datetime) -> bool:
    try:
        RECORD.perform(
            "expire",
            record,
            actor=SYSTEM,
            now=now,
            then=lambda expired: _follow(expired, "expired", "E", now),
            ended_on=record.public_until,
            ended_as=RecordState.EXPIRED.value,
            publication_waits=False,
        )
    except Conflict:  # another worker was quicker, or the record ended otherwise since the list was read
        return False
    return True


def repair(*, record: DishonestyRecord, number: str, now: datetime) -> DishonestyRecord:
    """
    End a record whose repair was granted; the repair's machine calls this in its own act.

    Disclosure, sharing and sanctions stop at once, the archive keeps the record (信用修复管理办法 art. 3).

    :param number: document number of the decision to repair
    :raises Conflict: the shortest period has not passed, or the record cannot be repaired
    """
    was_public = record.state == RecordState.DISCLOSED
    return RECORD.perform(
        "repair",
        record,
        actor=SYSTEM,
        now=now,
        then=lambda repaired: _follow(repaired, "repaired", "R", now, was_public=was_public),
        ended_on=local_day(now),
        ended_as=RecordState.REPAIRED.value,
        repair_number=number,
        publication_waits=False,
    )


def _follow(record: DishonestyRecord, kind: str, op: str, now: datetime, *, was_public: bool = True) -> None:
    duties.lift(record, because=kind, now=now)
    report.tell(record, op=op, now=now)
    record.save()
    if was_public:
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
