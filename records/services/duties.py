"""What recognition makes the subject owe, and what its end lifts (rows 25, 27 and 28)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from ledger import acts
from ledger.actors import SYSTEM
from records import words
from records.models import (
    DishonestyRecord,
    Sanction,
    SanctionState,
    SituationReport,
)
from records.services import following, situation
from records.services.rectification import ordering, turning
from records.workflow.duties import SITUATION
from records.workflow.record import RECORD
from rules import calendar, codes, deadlines, parameters
from rules.clock import local_day
from rules.numbers import serials

RECTIFY_ORDER = "RECTIFY_ORDER"
PERSON_TERM = "sanction.person_months"


def owe(record: DishonestyRecord, *, now: datetime) -> None:
    """Write down what is owed from today: the report to the superior, the order to put things right, the sanctions."""
    _owe_report(record, now=now)
    if record.needs_rectification or RECTIFY_ORDER in record.sanctions:
        _order_rectification(record, now=now)
    for code in record.sanctions:
        impose(record, code, now=now)


def _owe_report(record: DishonestyRecord, *, now: datetime) -> None:
    unit, today = record.subject_department, local_day(now)
    due = deadlines.derive(SITUATION, today)
    report = SituationReport(
        record=record,
        number=serials.take(department=record.lead, kind="report", year=today.year),
        department=unit,
        superior=unit.parent,
        required_on=today,
        due_on=words.settled(due.due_on),
        due_provisional=due.provisional,
    )
    report.save()
    deadlines.start(obj=report, rule=SITUATION, started_on=today, owner_role="head", owner_department=unit, now=now)


def _order_rectification(record: DishonestyRecord, *, now: datetime) -> None:
    what = codes.label("source_type", record.source_type, local_day(now))
    ordering.order(
        actor=SYSTEM,
        source=record,
        department=record.subject_department,
        requirements=(
            _("就记录 %(number)s 所载“%(what)s”纠正失信行为，消除影响。") % {"number": record.number, "what": what},
            _("查明原因，提出防止再次发生的措施并说明落实情况。"),
        ),
        now=now,
    )


def impose(record: DishonestyRecord, code: str, *, now: datetime) -> Sanction:
    """
    Put one measure of the list into force with its basis of the day, inside the open act.

    Its last day is the record's. A person without a period of discipline has none (domain 2.2): then the rules give the
    measure a term of its own, so that none is endless.
    """
    today = local_day(now)
    entry = codes.entry("sanction", code, today)
    outlasts = bool(entry.facts.get("outlasts_disclosure"))
    measure = Sanction(
        record=record,
        code=code,
        basis=entry.basis or entry.source,
        outlasts=outlasts,
        starts_on=today,
        ends_on=None if outlasts else record.period_until or _own_term(today),
    )
    measure.save()
    return measure


def _own_term(today: date) -> date:
    """Return the last day of a measure whose record has no period; like those of disclosure it never rolls forward."""
    return calendar.add_months(today, int(parameters.value(PERSON_TERM, on=today)))


def lift(record: DishonestyRecord, *, because: str, now: datetime) -> None:
    """End the sanctions in force together with their cause; only the end of disclosure spares what may outlast it (row 38)."""
    held = record.measures.filter(state=SanctionState.ACTIVE)
    for sanction in held.filter(outlasts=False) if because == "expired" else held:
        sanction.state, sanction.ended_on, sanction.ended_because = SanctionState.ENDED, local_day(now), because
        sanction.save()


def reinstate(record: DishonestyRecord, *, now: datetime) -> None:
    """
    Put the measures that a repair had ended back into force, where the repair itself is revoked; inside that act.

    Each returns as it was, lightened where a claim or an objection had lightened it, and not at all once its last day is over.
    """
    newest = {measure.code: measure for measure in record.measures.order_by("starts_on", "ended_on", "code")}
    for measure in newest.values():
        if measure.state == SanctionState.ENDED and measure.ended_because == "repaired":
            _again(record, measure, today=local_day(now))


def _again(record: DishonestyRecord, ended: Sanction, *, today: date) -> None:
    days = [day for day in (ended.ends_on, None if ended.outlasts else record.period_until) if day is not None]
    last = min(days, default=None)
    if last is None or last >= today:
        Sanction(
            record=record,
            code=ended.code,
            basis=ended.basis,
            outlasts=ended.outlasts,
            starts_on=today,
            ends_on=last,
            lightened_on=ended.lightened_on,
        ).save()


def release(record: DishonestyRecord, *, now: datetime) -> None:
    """Release the subject of a withdrawn record from what it still owes; what was handed in and accepted stays."""
    situation.cancel(record, now=now)
    turning.close_for(record, because="withdrawn", now=now)


def turn(*, now: datetime) -> int:
    """
    Do what the turn of the day does here; safe to repeat. Return how many cases moved.

    Rectifications become overdue with their drafts, reports are noted as missed, measures whose last day has passed end.
    """
    return turning.overdue_due(now=now) + situation.miss_due(now=now) + end_due(now=now)


def end_due(*, now: datetime) -> int:
    """
    End the measures whose last day has passed; this will do nothing the second time. Return how many.

    Platform and public page learn of it where the record itself goes on: a claim had shortened the measure alone.
    """
    due = Sanction.objects.filter(state=SanctionState.ACTIVE, ends_on__lt=local_day(now))
    keys = list(due.order_by("ends_on", "id").values_list("pk", flat=True))
    return sum(_end(key, now=now) for key in keys)


def _end(key: UUID, *, now: datetime) -> bool:
    with acts.act(kind="sanction.end", actor=SYSTEM, role="system", now=now) as act:
        record = RECORD.lock(Sanction.objects.select_related("record").get(pk=key).record)
        measure = Sanction.objects.select_for_update().get(pk=key)
        act.about(measure)
        if measure.state != SanctionState.ACTIVE:
            return False
        measure.state, measure.ended_on, measure.ended_because = SanctionState.ENDED, measure.ends_on, "term"
        measure.save()
        following.measure_over(record, now=now)
    return True
