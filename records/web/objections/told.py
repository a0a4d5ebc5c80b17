"""What an objection says, as rows for the page; the applicant reads no draft before its decision."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import wording
from records.models import Objection, ObjectionDecision
from records.web import conflicts
from records.web.conflicts import Change
from records.web.content import Fact
from records.workflow import corrections
from records.workflow.objections import filing, guards
from rules import codes


def facts(objection: Objection, *, is_officer: bool) -> list[Fact]:
    """This will give the content of an objection in the order it is read; empty rows fall away."""
    record = objection.record
    rows = [
        Fact(_("异议的记录"), f"{record.document_name} {record.document_number}".strip(), code=record.number),
        Fact(_("申请人"), objection.subject_name, note=_agent(objection)),
        Fact(_("理由"), codes.label(guards.GROUNDS, objection.ground) if objection.ground else ""),
        Fact(_("请求"), dict(filing.wanted_words()).get(objection.wanted, "")),
        Fact(_("事实和理由"), objection.facts, is_prose=True),
        Fact(_("异议的对象"), _("处分、处罚或裁判决定本身") if objection.is_against_source else ""),
        Fact(_("异议的修复结果"), objection.repair.number if objection.repair else ""),
        Fact(_("提出"), _filed(objection)),
        Fact(_("受理"), wording.day(objection.accepted_on) if objection.accepted_on else ""),
        Fact(_("办理单位"), objection.office.name, note=_("逾期未决，已转上级") if objection.is_escalated else ""),
        *_supplement(objection),
        *_refusal(objection),
        *(_draft(objection) if is_officer else []),
        Fact(_("申请复核的理由"), objection.review_reason, is_prose=True),
        *_decisions(objection),
    ]
    return [row for row in rows if row.text]


def _agent(objection: Objection) -> str:
    return _("代理人：%s") % objection.agent_name if objection.agent_name else ""


def _filed(objection: Objection) -> str:
    if objection.filed_on is None:
        return ""
    if objection.is_paper:
        return _("%s收到纸面申请，代为登记") % wording.day(objection.received_on)
    return _("%s网上提出") % wording.day(objection.filed_on)


def _supplement(objection: Objection) -> list[Fact]:
    notice = getattr(objection, "supplement", None)
    if notice is None:
        return []
    text = "\n".join(f"{place}. {item}" for place, item in enumerate(notice.items, start=1))
    return [Fact(_("一次性告知补正"), text, note=wording.day(notice.told_on), is_prose=True)]


def _refusal(objection: Objection) -> list[Fact]:
    if not objection.refusal:
        return []
    label = codes.label(guards.REFUSALS, objection.refusal)
    return [
        Fact(_("不予受理的理由"), f"{label}：{objection.refusal_reason}", is_prose=True),
        Fact(_("您可以走的途径"), objection.remedy, is_prose=True),
    ]


def _draft(objection: Objection) -> list[Fact]:
    return [
        Fact(_("核查情况"), objection.findings, is_prose=True),
        Fact(_("拟处理意见"), objection.get_proposed_display() if objection.proposed else ""),
        Fact(_("退回重拟的理由"), objection.draft_queried, is_prose=True),
    ]


def _decisions(objection: Objection) -> list[Fact]:
    rows = []
    for decision in objection.decisions.select_related("service").order_by("is_review"):
        name = _("复核决定") if decision.is_review else _("决定")
        said = f"{decision.get_outcome_display()}（{decision.office_name} {decision.document_number}）"
        rows.append(Fact(name, said, note=_served(decision)))
        rows.append(Fact(_("理由（%s）") % name, decision.reasons, is_prose=True))
    return rows


def _served(decision: ObjectionDecision) -> str:
    service = getattr(decision, "service", None)
    if service is None:
        return _("还没有送达")
    return _("%(day)s%(method)s") % {"day": wording.day(service.served_on), "method": service.get_method_display()}


def changes(objection: Objection, content: dict[str, object]) -> list[Change]:
    """This will show what a correction would change, marked character by character."""
    typed = corrections.typed(content)
    rows = [(name, getattr(objection.record, name), value) for name, value in typed.items()]
    return conflicts.marked([row for row in rows if row[0] != "document_number_original"])
