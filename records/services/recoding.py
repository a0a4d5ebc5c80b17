"""
Telling platform and public of a credit code that was corrected in the register, where a case reads the code from there.

A promise has no code of its own, and neither have the offices on a record: two security administrators corrected the code, so
nobody decides again. The code of a record's subject is written in the record and changes by a correction of the record alone.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import DateTimeField, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import DepartmentCode
from disclosure import publishing
from exchange.models import Report
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records import report
from records.models import IN_FORCE, Commitment, DishonestyRecord
from records.models.commitment import GIVEN
from records.workflow.commitments import document, telling
from records.workflow.commitments.machine import COMMITMENT
from records.workflow.record import RECORD
from rules.clock import local_day

MOST = 500
"""How many cases one run tells of; the next one goes on."""


def follow_due(*, now: datetime) -> int:
    """
    Report anew what was last reported before a code in it was corrected; this will do nothing the second time.

    A record whose own subject's code waits for a correction is told with that correction. Return how many were told.
    """
    return sum(_promise(each, now=now) for each in _promises()) + sum(_record(each, now=now) for each in _records())


def _promises() -> list[Commitment]:
    rows = Commitment.objects.filter(state__in=GIVEN, report_version__gt=0, department__in=_recoded())
    corrected = _corrected(Q(department_id=OuterRef("department_id")))
    rows = rows.annotate(corrected_at=corrected, told_at=_told("CN"))
    return list(rows.filter(told_at__lt=F("corrected_at")).order_by("number")[:MOST])


def _records() -> list[DishonestyRecord]:
    offices = Q(department__in=_recoded()) | Q(lead__in=_recoded())
    rows = DishonestyRecord.objects.filter(
        offices, state__in=IN_FORCE, report_version__gt=0, subject_code=F("subject_department__uscc")
    )
    either = Q(department_id=OuterRef("department_id")) | Q(department_id=OuterRef("lead_id"))
    rows = rows.annotate(corrected_at=_corrected(either), told_at=_told("SX"))
    return list(rows.filter(told_at__lt=F("corrected_at")).order_by("number")[:MOST])


def _recoded() -> Subquery:
    return Subquery(DepartmentCode.objects.values("department_id"))


def _corrected(whose: Q) -> Subquery:
    """When a code was last corrected."""
    ended = DepartmentCode.objects.filter(whose).order_by("-ended_at").values("ended_at")[:1]
    return Subquery(ended, output_field=DateTimeField())


def _told(resource: str) -> Subquery:
    """When the platform was last told of the case."""
    made = Report.objects.filter(resource=resource, subject_id=OuterRef("pk")).order_by("-version")
    return Subquery(made.values("created_at")[:1], output_field=DateTimeField())


def _promise(promise: Commitment, *, now: datetime) -> bool:
    def then(told: Commitment) -> None:
        telling.tell(told, op="U", now=now)
        told.save()
        _show(told, now=now)

    try:
        COMMITMENT.perform("follow_code", promise, actor=SYSTEM, now=now, version=promise.version, then=then)
    except Conflict:  # it moved, or another worker told it, since the list was read
        return False
    return True


def _show(promise: Commitment, *, now: datetime) -> None:
    """The public copy with the corrected code; its last day stays, since nothing of the matter itself has moved."""
    if promise.public_until is None or promise.public_until < local_day(now):
        return
    promise.public_version += 1
    promise.save()
    said = _("承诺单位的统一社会信用代码登记有误，已经更正。")
    publishing.correct(document=document.of(promise), what=said, now=now)


def _record(record: DishonestyRecord, *, now: datetime) -> bool:
    def then(told: DishonestyRecord) -> None:
        report.tell(told, op="U", now=now, rule=report.CORRECTED)
        told.save()

    try:
        RECORD.perform("follow_duties", record, actor=SYSTEM, now=now, version=record.version, then=then)
    except Conflict:  # it moved, or another worker told it, since the list was read
        return False
    return True
