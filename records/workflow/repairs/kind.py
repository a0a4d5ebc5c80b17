"""The credit repair as one kind of case: what the start page, lists and search need to know of it."""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.marks import Mark
from records.models import CreditRepair, RepairState
from records.workflow import subjects
from records.workflow.kinds import Ask, CaseKind
from records.workflow.repairs import clocks
from records.workflow.repairs.machine import REPAIR

S = RepairState


def title(repair: CreditRepair) -> str:
    """Return who asks for what."""
    return _now("%(who)s申请信用修复") % {"who": repair.applicant_name}


KIND = CaseKind(
    machine=REPAIR,
    page="repairs:repair",
    list_page="repairs:list",
    edit_page="repairs:edit",
    title=title,
    number=lambda repair: repair.number,
    second=lambda repair: repair.record.number,
    lead=lambda repair: repair.department_name,
    asks=(
        Ask((S.DRAFT,), "subject", _("补齐材料并提交"), action="submit"),
        Ask((S.SUPPLEMENT,), "subject", _("补正材料"), action="supply"),
        Ask((S.SUBMITTED,), "appeals", _("核对材料"), action="accept"),
        Ask((S.ACCEPTED,), "appeals", _("转送认定单位"), action="forward"),
        Ask((S.VERIFYING,), "appeals", _("核实并拟办"), action="draft_decision"),
        Ask((S.DECISION_DRAFT,), "approver", _("决定"), action="approve"),
    ),
    marks={
        S.DRAFT: Mark("draft", "dashed", _("草稿")),
        S.SUBMITTED: Mark("wait", "ring", _("已提交")),
        S.SUPPLEMENT: Mark("back", "back", _("待补正")),
        S.NOT_ACCEPTED: Mark("ended", "stop", _("不予受理")),
        S.ACCEPTED: Mark("active", "half", _("已受理")),
        S.VERIFYING: Mark("active", "half", _("核实中")),
        S.DECISION_DRAFT: Mark("wait", "half", _("拟办待决定")),
        S.APPROVED: Mark("done", "check", _("准予修复")),
        S.REFUSED: Mark("ended", "cross", _("不予修复")),
        S.SYNCED: Mark("done", "check", _("已同步")),
        S.WITHDRAWN: Mark("ended", "stop", _("已撤回")),
        S.REVOKED: Mark("fail", "warn", _("撤销修复")),
    },
    department="department",
    tied=("department", "applicant_department"),
    person="applicant_official__person",
    subject_rows=lambda user, grants, now: subjects.rows(
        user, grants, department="applicant_department", official="applicant_official"
    ),
    clocks={
        S.SUBMITTED: (clocks.CHECK, clocks.ANSWER),
        S.SUPPLEMENT: (clocks.SUPPLEMENT,),
        S.ACCEPTED: (clocks.FORWARD, clocks.ANSWER),
        S.VERIFYING: (clocks.EXTENSION, clocks.DECIDE, clocks.ANSWER),
        S.DECISION_DRAFT: (clocks.EXTENSION, clocks.DECIDE, clocks.ANSWER),
        S.APPROVED: (clocks.SYNC,),
    },
    related=("record", "department", "applicant_department", "applicant_official", "officer", "decided_by"),
)
