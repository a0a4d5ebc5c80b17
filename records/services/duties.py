"""What recognition makes the subject owe, and what its end lifts (rows 25, 27 and 28)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from records import words
from records.models import (
    DishonestyRecord,
    Rectification,
    Sanction,
    SanctionState,
    SituationReport,
    SituationReportState,
)
from rules import codes, deadlines
from rules.clock import local_day
from rules.numbers import serials

SITUATION, RECTIFY = "report.situation_days", "rectify.default_days"
RECTIFY_ORDER = "RECTIFY_ORDER"


def owe(record: DishonestyRecord, *, now: datetime) -> None:
    """Write down what is owed from today: the report to the superior, the order to put things right, the sanctions."""
    _owe_report(record, now=now)
    if record.needs_rectification or RECTIFY_ORDER in record.sanctions:
        _order_rectification(record, now=now)
    for code in record.sanctions:
        Sanction(record=record, code=code, starts_on=local_day(now), ends_on=record.period_until).save()


def _owe_report(record: DishonestyRecord, *, now: datetime) -> None:
    unit, today = record.subject_department, local_day(now)
    due = deadlines.derive(SITUATION, today)
    report = SituationReport(
        record=record,
        department=unit,
        superior=unit.parent,
        required_on=today,
        due_on=words.settled(due.due_on),
        due_provisional=due.provisional,
    )
    report.save()
    deadlines.start(obj=report, rule=SITUATION, started_on=today, owner_role="head", owner_department=unit, now=now)


def _order_rectification(record: DishonestyRecord, *, now: datetime) -> None:
    unit, today = record.subject_department, local_day(now)
    due = deadlines.derive(RECTIFY, today)
    what = codes.label("source_type", record.source_type, today)
    order = Rectification(
        record=record,
        number=serials.take(department=record.lead, kind="rectification", year=today.year),
        department=unit,
        ordered_by=unit.parent or record.lead,
        ordered_on=today,
        due_on=words.settled(due.due_on),
        due_provisional=due.provisional,
        requirements=_("就记录 %(number)s 所载“%(what)s”纠正失信行为，并提交整改报告和证据。")
        % {"number": record.number, "what": what},
    )
    order.save()
    deadlines.start(obj=order, rule=RECTIFY, started_on=today, owner_role="head", owner_department=unit, now=now)


def lift(record: DishonestyRecord, *, because: str, now: datetime) -> None:
    """End every sanction still in force; no sanction outlives the record it rests on (row 38)."""
    for sanction in record.measures.filter(state=SanctionState.ACTIVE):
        sanction.state, sanction.ended_on, sanction.ended_because = SanctionState.ENDED, local_day(now), because
        sanction.save()


def release(record: DishonestyRecord, *, now: datetime) -> None:
    """Release the subject of a withdrawn record from the report it still owes; what was handed in stays."""
    for report in record.situation_reports.filter(state=SituationReportState.REQUIRED):
        report.state = SituationReportState.CANCELLED
        report.version += 1
        report.save()
        deadlines.close(obj=report, rule=SITUATION, now=now)
