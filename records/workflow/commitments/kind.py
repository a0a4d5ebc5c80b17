"""The commitment, and its milestones, as two kinds of case."""

from __future__ import annotations

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.marks import Mark
from records.models import ChangeState, CommitmentState, MilestoneState, PaymentState
from records.workflow.commitments.clocks import CHANGE, DUE, PUBLICITY, REVIEW, VERDICT
from records.workflow.commitments.machine import COMMITMENT
from records.workflow.commitments.milestones import MILESTONE
from records.workflow.commitments.payments import PAYMENT, RULES
from records.workflow.kinds import Ask, CaseKind
from rules.models import Proposal, ProposalState

S = CommitmentState
M = MilestoneState

UNCOMPENSATED = Q(changes__state=ChangeState.REQUESTED, changes__compensated_on=None)
COMPENSATED = Q(changes__state=ChangeState.REQUESTED, changes__compensated_on__isnull=False)
SIGNED = Q(
    Exists(
        Proposal.objects.filter(
            machine=COMMITMENT.name,
            action="approve_change",
            state=ProposalState.OPEN,
            object_id=Cast(OuterRef("pk"), CharField()),
        )
    )
)

MARKS = {
    S.DRAFT: Mark("draft", "dashed", _("草稿")),
    S.PENDING_REVIEW: Mark("wait", "ring", _("待审核")),
    S.RETURNED: Mark("back", "back", _("退回")),
    S.ACTIVE: Mark("active", "dot", _("履行中")),
    S.PERFORMED_CLAIMED: Mark("wait", "half", _("申报履行")),
    S.FULFILLED: Mark("done", "check", _("已履行")),
    S.OVERDUE: Mark("back", "clock", _("逾期")),
    S.BREACHED: Mark("fail", "cross", _("未履行（失信）")),
    S.CHANGE_PENDING: Mark("dispute", "flag", _("变更审批中")),
    S.CHANGED: Mark("ended", "stop", _("依法变更")),
    S.CANCELLED: Mark("ended", "cross", _("已撤销")),
}

KIND = CaseKind(
    machine=COMMITMENT,
    page="commitments:commitment",
    list_page="commitments:list",
    edit_page="commitments:edit",
    title=lambda promise: promise.title or str(_("（未填标题）")),
    number=lambda promise: promise.number,
    second=lambda promise: promise.department_name,
    lead=lambda promise: promise.lead_name or promise.lead.name,
    asks=(
        Ask((S.RETURNED,), "clerk", _("补正后重新提交"), edits=True),
        Ask((S.PENDING_REVIEW,), "reviewer", _("审核"), action="activate"),
        Ask((S.ACTIVE,), "reviewer", _("说明扫描命中并公开"), action="publish", where=Q(publication_waits=True)),
        Ask((S.PERFORMED_CLAIMED,), "approver", _("核定履行"), action="fulfil"),
        Ask((S.PERFORMED_CLAIMED,), "supervisor", _("核定履行"), action="fulfil"),
        Ask((S.OVERDUE,), "clerk", _("补报履行或申请依法变更")),
        Ask((S.OVERDUE,), "supervisor", _("责令限期整改或认定未履行"), action="breach"),
        Ask((S.CHANGE_PENDING,), "clerk", _("登记补偿情况"), where=UNCOMPENSATED),
        Ask((S.CHANGE_PENDING,), "head", _("审批依法变更"), action="approve_change", where=COMPENSATED & ~SIGNED),
    ),
    marks=MARKS,
    clocks={
        S.PENDING_REVIEW: (REVIEW,),
        S.ACTIVE: (DUE, PUBLICITY),
        S.OVERDUE: (DUE,),
        S.PERFORMED_CLAIMED: (VERDICT,),
        S.CHANGE_PENDING: (CHANGE,),
    },
    related=("department", "lead", "responsible_official__person", "filer", "reviewer", "judge", "replaces"),
)

STEP = CaseKind(
    machine=MILESTONE,
    page="commitments:milestone",
    list_page="commitments:list",
    title=lambda step: step.title,
    number=lambda step: f"{step.commitment.number} 节点 {step.place}",
    number_field="commitment__number",
    drafts=(),
    asks=(Ask((M.REPORTED,), "reviewer", _("核验节点"), action="check"),),
    marks={
        M.PLANNED: Mark("draft", "dashed", _("未完成")),
        M.REPORTED: Mark("wait", "half", _("待核验")),
        M.CHECKED: Mark("done", "check", _("已核验")),
    },
    department="commitment__department",
    related=("commitment__department", "commitment__responsible_official", "reported_by", "checked_by"),
    is_sealed=True,  # found through its promise; search and lists name the promise
)

PAYMENT_KIND = CaseKind(
    machine=PAYMENT,
    page="commitments:payment",
    list_page="commitments:list",
    title=lambda node: gettext("向%(payee)s付款 %(sum)s") % {"payee": node.payee, "sum": wording.money(node.amount)},
    number=lambda node: gettext("%(number)s 付款 %(place)d") % {"number": node.commitment.number, "place": node.place},
    second=lambda node: node.commitment.department_name,
    number_field="commitment__number",
    drafts=(),
    asks=(Ask((PaymentState.DUE,), "clerk", _("按期付清并登记"), where=Q(removed_on=None)),),
    marks={
        PaymentState.DUE: Mark("wait", "clock", _("待付")),
        PaymentState.PAID: Mark("done", "check", _("已付清")),
    },
    department="commitment__department",
    clocks={PaymentState.DUE: RULES},
    related=("commitment__department", "commitment__responsible_official"),
    is_part=True,
)
