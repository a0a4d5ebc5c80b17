"""What a repair says, as rows for its pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import marks, wording
from accounts.models import User
from records.models import CreditRepair, DishonestyRecord, MaterialState, RepairState
from records.services import attachments
from records.web.content import Fact
from records.workflow.repairs import eligibility, materials
from rules import codes

S = RepairState
TONES = {
    MaterialState.OPEN: ("wait", "ring"),
    MaterialState.GIVEN: ("active", "dot"),
    MaterialState.LACKING: ("back", "back"),
    MaterialState.PASSED: ("done", "check"),
}
marks.register("repair_material", {state: marks.Mark(*TONES[state], state.label) for state in MaterialState})


def facts(repair: CreditRepair) -> list[Fact]:
    """This will give the content of a repair in the order it is read; empty lines fall away."""
    record = repair.record
    told = [
        Fact(_("申请人"), repair.applicant_name, note=_("纸质申请，窗口代录") if repair.is_paper else ""),
        Fact(_("失信记录"), record.document_name, code=record.number),
        Fact(_("认定单位"), repair.department_name, note=_("谁认定、谁修复")),
        Fact(_("代理人"), repair.agent_name),
        Fact(_("收到日期"), wording.day(repair.received_on)),
        Fact(_("补正日期"), wording.day(repair.supplied_on)),
        Fact(_("履行和纠正"), repair.grounds, is_prose=True),
        Fact(_("已采取的措施"), "、".join(codes.label("repair_measure", code) for code in repair.measures)),
        Fact(_("信用承诺书"), _signed(repair)),
        Fact(_("不予受理的理由"), repair.not_accepted_because, is_prose=True),
        Fact(_("撤回的理由"), repair.withdrawn_because, is_prose=True),
    ]
    return [fact for fact in told if fact.text]


def _signed(repair: CreditRepair) -> str:
    if repair.pledge_on is None:
        return ""
    return _("%(who)s，%(day)s签署") % {"who": repair.pledge_by, "day": wording.day(repair.pledge_on)}


def findings(repair: CreditRepair) -> list[Fact]:
    """This will give what the office found; the applicant reads it with the decision."""
    proposed = {"approve": _("准予修复"), "refuse": _("不予修复")}.get(repair.proposed, "")
    told = [Fact(_("核实情况"), repair.findings, is_prose=True), Fact(_("拟办意见"), proposed)]
    return [fact for fact in told if fact.text]


def checklist(repair: CreditRepair) -> list[dict[str, Any]]:
    """This will give the checklist with its files."""
    files: dict[str, list[Any]] = {}
    for item in attachments.held(repair):
        files.setdefault(item.kind, []).append(item)
    return [
        {
            "line": line,
            "label": line.label,
            "need": _("必交") if line.is_required else _("可交"),
            "state": line.state,
            "note": line.note or _how(line, repair),
            "files": files.get(line.code.lower(), []),
        }
        for line in materials.lines(repair)
    ]


def _how(line: Any, repair: CreditRepair) -> str:
    if line.given_on is None:
        return _("提交时签署") if line.code == materials.PLEDGE and repair.pledge_on is None else ""
    kind = _("纸质") if line.on_paper else ""
    return _("%(day)s%(kind)s收到") % {"day": wording.day(line.given_on), "kind": kind}


ENDS: dict[str, tuple[str, str]] = {
    S.REFUSED: ("warn", "info"),
    S.NOT_ACCEPTED: ("warn", "info"),
    S.REVOKED: ("bad", "warn"),
    S.APPROVED: ("ok", "check"),
    S.SYNCED: ("ok", "check"),
    S.WITHDRAWN: ("info", "info"),
}


def ending(repair: CreditRepair) -> dict[str, str] | None:
    """This will say in two lines what an ended repair came to; a running one has none."""
    if repair.state not in ENDS:
        return None
    tone, icon = ENDS[repair.state]
    return {"tone": tone, "icon": icon, "title": repair.get_state_display(), "text": _ending_text(repair)}


def waiting(repair: CreditRepair, *, now: datetime) -> dict[str, str] | None:
    """This will say of a draft what still stands in the way, and from which day it does not."""
    if repair.state != S.DRAFT:
        return None
    found = eligibility.of(repair.record, now=now, apart_from=repair)
    first = found.first_unmet
    if first is None:
        return None
    text = _("材料可以先备齐。%s") % (_("最早%s可以提交。") % wording.day(found.earliest) if found.earliest else "")
    return {"tone": "info", "icon": "clock", "title": _("草稿：%s") % first.said, "text": text}


def _ending_text(repair: CreditRepair) -> str:
    decision = repair.decisions.order_by("decided_on", "outcome").last()
    if repair.state == S.REFUSED and decision is not None:
        return _("%(day)s起可以再申请：%(how)s %(remedy)s") % {
            "day": wording.day(decision.reapply_from),
            "how": decision.reapply_how,
            "remedy": decision.remedy,
        }
    texts: dict[str, str] = {
        S.NOT_ACCEPTED: _("申请没有受理，记录不变。理由见下；补齐条件后可以重新申请。"),
        S.APPROVED: _("公示已撤下，惩戒措施已解除；等省信用平台回执。"),
        S.SYNCED: _("公示已撤下，惩戒措施已解除，省信用平台已经入库。"),
        S.WITHDRAWN: _withdrawn(repair),
    }
    return repair.revocation.notice if repair.state == S.REVOKED else texts.get(repair.state, "")


def _withdrawn(repair: CreditRepair) -> str:
    """The reason given, or that nothing came in time."""
    if not repair.withdrawn_because:
        return _("申请已撤回，记录不变；以后可以再申请。")
    return _("申请已撤回（%s），记录不变；以后可以再申请。") % repair.withdrawn_because.rstrip("。")


def record_link(record: DishonestyRecord, *, user: User, now: datetime) -> str:
    """This will give the record's address where the reader may open it."""
    seen = DishonestyRecord.objects.visible_to(user, now).filter(pk=record.pk).exists()
    return reverse("records:record", args=[record.pk]) if seen else ""
