"""What the spine has to say in an archive: records, measures in force, honours with their incentives."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import words
from records.models import DishonestyRecord, Honour, HonourState, IncentiveState, Sanction, SanctionState
from records.models.querysets import DECIDED
from records.selectors.archives.sections import MOST, Line, Reader, Section, Whom
from rules import codes


def records(whom: Whom, reader: Reader) -> Iterator[Line]:
    """
    Give the decided records, and those before that the reader may open; only these lead on.

    Party discipline is told to those who may open it, to personnel of the unit and to the subject himself only.
    """
    about = DishonestyRecord.objects.filter(whom.rows())
    opened = set(about.visible_to(reader.user, reader.now).values_list("pk", flat=True))
    decided = Q(state__in=DECIDED)
    if not _keeps(whom, reader):
        restricted = [row.code for row in codes.rows("source_type") if row.facts.get("is_restricted")]
        decided &= ~Q(source_type__in=restricted)
    shown = about.filter(Q(pk__in=opened) | decided).order_by("-registered_on", "-id")
    for record in shown[: MOST + 1]:
        yield Line(
            text=f"{record.number} {codes.label('source_type', record.source_type)}".strip(),
            when=record.recognised_on or record.registered_on,
            note=" · ".join(filter(None, (record.document_number, _ending(record)))),
            kind="record",
            state=record.state,
            severity=record.severity or record.severity_proposed,
            page="records:record" if record.pk in opened else "",
            key=record.pk,
        )


def _keeps(whom: Whom, reader: Reader) -> bool:
    """Whether the reader is of the personnel that keep this archive."""
    return any(grant.role == "personnel" and grant.department_id == whom.department.pk for grant in reader.grants)


def _ending(record: DishonestyRecord) -> str:
    if record.public_until and record.state == "disclosed":
        return _("公示到%s") % words.day(record.public_until)
    return _("异议处理中") if record.is_objected else ""


def sanctions(whom: Whom, reader: Reader) -> Iterator[Line]:
    """Give the measures that bind today, each with its last day."""
    about = whom.rows(department="record__subject_department", official="record__subject_official")
    rows = Sanction.objects.filter(about, state=SanctionState.ACTIVE).select_related("record")
    for measure in rows.order_by("-starts_on", "code")[: MOST + 1]:
        until = _("到%s止") % words.day(measure.ends_on) if measure.ends_on else _("到记录终止为止")
        label = codes.label("sanction", measure.code, measure.starts_on)
        yield Line(text=label, when=measure.starts_on, note=f"{measure.record.number} · {until}")


def honours(whom: Whom, reader: Reader) -> Iterator[Line]:
    """Give the honours granted or withdrawn, with the incentives that can be claimed."""
    about = Honour.objects.filter(
        whom.rows(official="official"), state__in=(HonourState.GRANTED, HonourState.WITHDRAWN)
    )
    opened = set(about.visible_to(reader.user, reader.now, reader.grants).values_list("pk", flat=True))
    rows = about.order_by("-granted_on", "-id").prefetch_related("measures")
    for honour in rows[: MOST + 1]:
        claimed = [
            codes.label("incentive", each.code) for each in honour.measures.all() if each.state == IncentiveState.ACTIVE
        ]
        yield Line(
            text=honour.title,
            when=honour.granted_on,
            note=" · ".join(filter(None, (honour.granted_by, honour.document_number, "、".join(claimed)))),
            kind="honour",
            state=honour.state,
            page="archives:honour" if honour.pk in opened else "",
            key=honour.pk,
        )


RECORDS = Section("records", gettext_lazy("失信记录"), records, place=20, empty=gettext_lazy("没有已认定的失信记录。"))
SANCTIONS = Section(
    "sanctions", gettext_lazy("执行中的惩戒措施"), sanctions, place=30, empty=gettext_lazy("没有执行中的惩戒措施。")
)
HONOURS = Section("honours", gettext_lazy("荣誉与激励"), honours, place=60, empty=gettext_lazy("还没有登记荣誉。"))
