"""The mark on the record follows the objection: set with acceptance and review, taken off when the case closes."""

from __future__ import annotations

from datetime import date, datetime

from ledger.actors import SYSTEM
from records.models import IN_FORCE, DishonestyRecord, InquiryState, Objection
from records.services import marking
from records.workflow import publicity
from records.workflow.objections.inquiry import INQUIRY


def fresh(objection: Objection) -> DishonestyRecord:
    """Return the record as it stands now; other acts may have moved it since the case was read."""
    return DishonestyRecord.objects.get(pk=objection.record_id)


def set_on(objection: Objection, *, since: date, now: datetime) -> None:
    """
    Mark the record inside the open act, where it is in force; what is not shown and not shared bears no mark.

    Where the rules of the day of acceptance say so, this will suspend its disclosure.
    """
    record = fresh(objection)
    if record.state in IN_FORCE and not record.is_objected:
        marking.mark(record=record, since=since, now=now, suspends=publicity.suspends(objection))


def take_off(objection: Objection, *, now: datetime) -> None:
    """Take the mark off inside the open act, where there is one."""
    record = fresh(objection)
    if record.is_objected:
        marking.unmark(record=record, now=now)


def close(objection: Objection, *, now: datetime) -> None:
    """Take the mark off and stop waiting for a provider's answer."""
    for inquiry in objection.inquiries.filter(state=InquiryState.ASKED):
        INQUIRY.perform("lapse", inquiry, actor=SYSTEM, now=now)
    take_off(objection, now=now)


def show_again(objection: Objection, *, now: datetime) -> None:
    """Show again what the case had suspended, inside the open act and after all that its end brings about."""
    record = fresh(objection)
    if record.ended_as == publicity.SUSPENDED:
        marking.resume(record=record, now=now)
