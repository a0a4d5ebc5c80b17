"""What a subject can do now and by when; each room tells of its own, the record's are here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from records import words
from records.models import (
    IN_FORCE,
    ON_RECORD,
    DishonestyRecord,
    PriorNotice,
    RecordState,
    Rectification,
    RectificationState,
    SituationReport,
    SituationReportState,
)
from records.selectors.archives.sections import Reader, Whom
from records.workflow.clocks import HEARING
from rules import codes, deadlines
from rules.clock import local_day

OWED = (SituationReportState.REQUIRED, SituationReportState.DRAFTED, SituationReportState.RETURNED)
TO_RECTIFY = (
    RectificationState.ORDERED,
    RectificationState.RECEIVED,
    RectificationState.IN_PROGRESS,
    RectificationState.RETURNED,
    RectificationState.OVERDUE,
)
MOST = 50


@dataclass(frozen=True)
class Chance:
    """One thing that can be done: what, about what, until when (none = as long as the record stands), on which page."""

    what: str
    about: str
    until: date | None = None
    note: str = ""
    page: str = ""
    key: Any = None
    is_duty: bool = False  # owed, not only allowed


Source = Callable[[Whom, Reader], Iterable[Chance]]
SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Tell what a workflow lets a subject do; the same name again replaces what stood there."""
    SOURCES[name] = source


def of(whom: Whom, reader: Reader) -> list[Chance]:
    """Return everything the subject can do, what is owed first, then by the nearest day."""
    found = [chance for source in SOURCES.values() for chance in source(whom, reader)]
    return sorted(found, key=lambda each: (not each.is_duty, each.until or date.max))


def statements(whom: Whom, reader: Reader) -> Iterator[Chance]:
    """Give the notices that can still be answered."""
    about = whom.rows(department="record__subject_department", official="record__subject_official")
    rows = PriorNotice.objects.filter(about, record__state=RecordState.NOTIFIED, edition=F("record__edition"))
    notices = {str(notice.record_id): notice for notice in rows.select_related("record")}
    running = deadlines.open_on(DishonestyRecord, list(notices))
    for clock in running.filter(rule=HEARING, due_on__gte=local_day(reader.now)).order_by("due_on")[:MOST]:
        record = notices[clock.object_id].record
        yield Chance(_("陈述申辩"), _name(record), clock.due_on, page="records:state", key=record.pk)


def objections(whom: Whom, reader: Reader) -> Iterator[Chance]:
    """Give the records one may object to: every one that stands, while it stands."""
    rows = DishonestyRecord.objects.filter(whom.rows(), state__in=ON_RECORD, is_objected=False)
    for record in rows.order_by("-recognised_on", "-id")[:MOST]:
        yield Chance(
            _("提出异议"), _name(record), note=_("记录存在期间随时可以提出"), page="objections:new", key=record.pk
        )


def repairs(whom: Whom, reader: Reader) -> Iterator[Chance]:
    """Give the records that can be repaired, with the first day on which that may be asked for."""
    today = local_day(reader.now)
    rows = DishonestyRecord.objects.filter(whom.rows(), state__in=IN_FORCE, is_repairable=True)
    for record in rows.order_by("repair_from", "-id")[:MOST]:
        begun = record.repair_from is None or record.repair_from <= today
        yield Chance(
            _("申请信用修复"),
            _name(record),
            note=_("现在可以申请") if begun else _("最短公示期满以后，从%s起可以申请") % words.day(record.repair_from),
            page="repairs:before",
            key=record.pk,
        )


def reports(whom: Whom, reader: Reader) -> Iterator[Chance]:
    """Give the situation reports a unit still owes."""
    if whom.official is not None:
        return
    rows = SituationReport.objects.filter(department=whom.department, state__in=OWED).select_related("record")
    for report in rows.order_by("due_on", "id")[:MOST]:
        yield Chance(
            _("提交失信情况报告"),
            _name(report.record),
            report.due_on,
            page="duties:situation",
            key=report.pk,
            is_duty=True,
        )


def rectifications(whom: Whom, reader: Reader) -> Iterator[Chance]:
    """Give the rectifications a unit still owes."""
    if whom.official is not None:
        return
    rows = Rectification.objects.filter(department=whom.department, state__in=TO_RECTIFY)
    for order in rows.order_by("due_on", "id")[:MOST]:
        yield Chance(_("完成整改"), order.number, order.due_on, page="duties:rectification", key=order.pk, is_duty=True)


def _name(record: DishonestyRecord) -> str:
    return f"{record.number} {codes.label('source_type', record.source_type)}".strip()


register("statements", statements)
register("reports", reports)
register("rectifications", rectifications)
register("repairs", repairs)
register("objections", objections)
