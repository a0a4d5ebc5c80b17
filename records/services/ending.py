"""The ends time, repair and the court bring, and the return of a record whose repair was revoked; each in one act."""

from __future__ import annotations

from datetime import datetime

from disclosure import publishing
from disclosure.models import Document
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records import disclose, report
from records.models import DishonestyRecord, RecordState
from records.services import duties
from records.workflow.endings import retention_until
from records.workflow.record import RECORD
from rules import parameters
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


def delist(*, record: DishonestyRecord, now: datetime) -> DishonestyRecord:
    """
    End a record copied from the court's list because the court took it off; the court's notice calls this in its own act.

    :raises Conflict: the record is not such a copy, or has ended
    """
    was_public = record.state == RecordState.DISCLOSED
    return RECORD.perform(
        "delist",
        record,
        actor=SYSTEM,
        now=now,
        then=lambda ended: _follow(ended, "delisted", "E", now, was_public=was_public),
        ended_on=local_day(now),
        ended_as="delisted",
        publication_waits=False,
    )


def restore(*, record: DishonestyRecord, now: datetime) -> DishonestyRecord:
    """
    Bring back a record whose repair was revoked, for what is left of its period; the repair's machine calls this.

    What had been public is public again under its old address; what was not, or whose days are over, is not shown.

    :raises Conflict: the record is not a repaired one any more
    """
    held = RECORD.lock(record)
    over = held.period_until is not None and local_day(now) > held.period_until
    action = "restore_expired" if over else "restore_after_repair" if _may_return(held, now) else "restore_unshown"
    return RECORD.perform(
        action,
        held,
        actor=SYSTEM,
        now=now,
        then=lambda back: _return(back, now=now),
        ended_on=held.period_until if over else None,
        ended_as=RecordState.EXPIRED.value if over else "",
    )


def _may_return(record: DishonestyRecord, now: datetime) -> bool:
    """Show again only what was taken off the site by this repair; a person's record only where the region allows it."""
    if record.is_person and not parameters.value("official.public_disclosure_enabled", on=local_day(now)):
        return False
    return Document.objects.filter(pk=record.id, ended_kind="repaired").exists()


def _return(record: DishonestyRecord, *, now: datetime) -> None:
    shown = record.state == RecordState.DISCLOSED
    if record.state != RecordState.EXPIRED:
        duties.reinstate(record, now=now)
    report.tell(record, op="E" if record.state == RecordState.EXPIRED else "U", now=now)
    record.save()
    if shown:
        publishing.restore(document=disclose.document(record), now=now)


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
