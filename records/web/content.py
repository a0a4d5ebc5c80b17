"""What a record says, and what follows from it, as rows for the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from accounts.templatetags import look
from exchange.models import Delivery, Report
from records.models import IN_FORCE, UNDECIDED, DishonestyRecord, RecordState
from records.selectors.differences import spoken
from records.workflow import corrections
from records.workflow import filing as filings
from rules import codes


@dataclass(frozen=True)
class Fact:
    """One line of the content: its label, its words, a code in fixed width, a small note."""

    label: str
    text: str
    code: str = ""
    note: str = ""
    is_prose: bool = False
    url: str = ""
    verb: str = ""


def facts(record: DishonestyRecord, *, correct_url: str = "") -> list[Fact]:
    """
    This will give the content of a record in the order it is read; empty fields fall away.

    :param correct_url: where the reader may propose a correction, if he may
    """
    plain = [
        _subject(record, correct_url),
        *_person(record),
        Fact(_("来源文书"), f"{record.document_number} {record.document_name}".strip(), note=_typed_as(record)),
        Fact(_("认定日期"), wording.day(record.decided_on)),
        Fact(_("制发机关"), record.issuer_name),
        Fact(_("事实"), record.facts, is_prose=True),
        Fact(_("认定依据"), _named("basis_codes", record)),
        Fact(_("经济损失"), _loss(record)),
        Fact(_("社会影响"), _named("social_impact", record)),
        Fact(_("重点领域"), _named("key_areas", record)),
        Fact(_("建议措施"), _named("sanctions_proposed", record) if not record.recognised_on else ""),
        Fact(_("惩戒措施"), "、".join(codes.label("sanction", code) for code in record.sanctions)),
        Fact(_("填报单位"), record.department_name),
        Fact(_("认定单位"), record.lead_name),
    ]
    return [fact for fact in plain if fact.text]


def _subject(record: DishonestyRecord, correct_url: str) -> Fact:
    """The unit with its code, and what becomes of the code where the register has corrected it since."""
    code = corrections.registered_code(record)
    fact = Fact(_("被记录单位"), record.subject_unit_name, code=record.subject_code)
    if not code:
        return fact
    note = _code_note(record, correct_url) % {"code": code}
    return replace(fact, note=note, url=correct_url, verb=_("更正本记录"))


def _code_note(record: DishonestyRecord, correct_url: str) -> str:
    if record.state in IN_FORCE:
        return (
            _("代码已在部门登记中更正为 %(code)s。")
            if correct_url
            else _("代码已在部门登记中更正为 %(code)s，由填报单位提出更正本记录。")
        )
    if record.state in (RecordState.DRAFT, RecordState.RETURNED):
        return _("代码已在部门登记中更正为 %(code)s，提交时写入。")
    if record.state in UNDECIDED:
        return _("代码已在部门登记中更正为 %(code)s；退回后重新提交时写入，或者认定以后更正。")
    return _("代码已在部门登记中更正为 %(code)s；记录已经结束，仍写当时的代码。")


def _person(record: DishonestyRecord) -> list[Fact]:
    if not record.is_person:
        return []
    discipline = dict(filings.disciplines(record.decided_on or record.registered_on)).get(
        record.discipline, record.discipline
    )
    return [Fact(_("被记录人"), record.subject_name, note=record.subject_post), Fact(_("处分种类"), discipline)]


def _typed_as(record: DishonestyRecord) -> str:
    original = record.document_number_original
    if not original or original == record.document_number:
        return ""
    return _("填报时写作“%(typed)s”") % {"typed": original}


def _named(name: str, record: DishonestyRecord) -> str:
    value = getattr(record, name)
    return spoken(name, value) if value else ""


def _loss(record: DishonestyRecord) -> str:
    value = record.economic_loss_yuan
    if value is None:
        return ""
    return wording.money(value) if value else _("没有损失")


def duties(record: DishonestyRecord, *, reader: User, now: datetime) -> list[dict[str, Any]]:
    """
    This will list what the record in force makes its subject owe: report, rectification, measures, each with its page.

    A link one may not follow is no link.
    """
    reports = list(record.situation_reports.select_related("department").order_by("required_on"))
    orders = list(record.rectifications.select_related("department").order_by("ordered_on", "number"))
    seen = {*_seen(reports, reader, now), *_seen(orders, reader, now)}
    rows = [
        {"what": _("失信情况报告 %(number)s") % {"number": report.number}, "who": report.department.name,
         "mark": ("situation", report.state), "until": wording.day(report.due_on),
         "url": _page(report, "duties:situation", seen)}
        for report in reports
    ]  # fmt: skip
    rows += [
        {"what": _("限期整改 %(number)s") % {"number": order.number}, "who": order.department.name,
         "mark": ("rectification", order.state), "until": wording.day(order.due_on),
         "url": _page(order, "duties:rectification", seen)}
        for order in orders
    ]  # fmt: skip
    rows += [
        {"what": codes.label("sanction", measure.code), "who": record.subject_unit_name, "mark": None,
         "state": measure.get_state_display(), "until": wording.day(measure.ended_on or measure.ends_on),
         "url": reverse("duties:measures", args=[record.pk])}
        for measure in record.measures.order_by("starts_on", "code")
    ]  # fmt: skip
    return rows


def _seen(duties: list[Any], reader: User, now: datetime) -> set[Any]:
    """The keys of those the reader may open: one query, none where there are none."""
    if not duties:
        return set()
    rows = type(duties[0]).objects.visible_to(reader, now).filter(pk__in=[duty.pk for duty in duties])
    return set(rows.values_list("pk", flat=True))


def _page(duty: Any, view: str, seen: set[Any]) -> str:
    return reverse(view, args=[duty.pk]) if duty.pk in seen else ""


def deliveries(record: DishonestyRecord, *, url: Any) -> list[dict[str, Any]]:
    """This will list what the platform was told of this record, newest first; ``url`` gives a delivery's page."""
    told = Report.objects.filter(subject_id=record.pk).select_related("delivery").order_by("-version")
    return [_delivery(report, url) for report in told]


def _delivery(report: Report, url: Any) -> dict[str, Any]:
    carried: Delivery | None = getattr(report, "delivery", None)
    what = _("第 %(version)d 版 · %(operation)s") % {
        "version": report.version, "operation": report.get_operation_display(),
    }  # fmt: skip
    return {
        "what": what,
        "url": url(carried) if carried else "",
        "badge": _badge(carried),
        "answer": _answer(carried),
        "due": _("%(day)s止") % {"day": wording.day_short(report.due_at - timedelta(seconds=1))},
    }


def _badge(carried: Delivery | None) -> SafeString:
    badge = look.state("delivery", carried.state if carried else "queued")
    return format_html("{} {}", badge, _("迟报")) if carried and carried.is_late else badge


def _answer(carried: Delivery | None) -> str:
    if carried is None:
        return _("等待生成报送")
    if carried.message:
        told = carried.code and carried.code not in carried.message
        return f"{carried.message}（{carried.code}）" if told else carried.message
    return _("回执 %(number)s") % {"number": carried.receipt_number} if carried.receipt_number else ""


def hands(record: DishonestyRecord, *, me: Any) -> list[dict[str, Any]]:
    """This will say who had which part in the record, and which part still needs another person."""
    parts = ((_("填报"), record.filer), (_("初审"), record.reviewer), (_("认定"), record.approver))
    return [
        {"part": part, "who": _who(person, me), "is_open": person is None}
        for part, person in parts
    ]  # fmt: skip


def _who(person: Any, me: Any) -> str:
    if person is None:
        return _("待定，须另一人")
    return _("%(name)s（您）") % {"name": person.name} if person.pk == me else person.name


def scanned(record: DishonestyRecord, hits: list[Any], words: Any, now: datetime) -> list[str]:
    """This will say each hit of the scan, and how it was answered."""
    return [
        f"{words(hit)}" + (_("（已说明：%(why)s）") % {"why": hit.answered} if hit.answered else "") for hit in hits
    ]
