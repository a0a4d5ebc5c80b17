"""Whether a promise was kept: the claim, the verdict, the clock, the order to put it right, the breach."""

from __future__ import annotations

from records.models import CommitmentState
from records.models.commitment import GIVEN
from records.workflow.commitments import guards
from records.workflow.commitments.clocks import DUE, DUE_BY_DEPARTMENT, VERDICT, VERDICT_BY_LEAD
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

S = CommitmentState

CLAIMS = (
    Arrow(
        "claim",
        _("申报履行"),
        frozenset({S.ACTIVE}),
        S.PERFORMED_CLAIMED,
        ("subject", "clerk"),
        part="claimant",
        guards=(guards.days_left, guards.nothing_in_arrears),
        closes=(DUE,),
        starts=(VERDICT_BY_LEAD,),
        consequence=_("附上证明材料，交上级督导员或信用牵头部门核定；核定之前不算履行。"),
    ),
    Arrow(
        "claim_late",
        _("补报履行（按逾期计）"),
        frozenset({S.OVERDUE}),
        S.PERFORMED_CLAIMED,
        ("clerk",),
        part="claimant",
        guards=(guards.nothing_in_arrears,),
        closes=(DUE,),
        starts=(VERDICT_BY_LEAD,),
        consequence=_("附上证明材料，交上级督导员或信用牵头部门核定；按逾期履行折算。"),
    ),
)

VERDICTS = (
    Arrow(
        "fulfil",
        _("核定已履行"),
        frozenset({S.PERFORMED_CLAIMED}),
        S.FULFILLED,
        ("supervisor", "approver"),
        part="approver",
        four_eyes=True,
        guards=(guards.disinterested, guards.judged_in_full, guards.nothing_in_arrears, guards.fit_to_show),
        closes=(VERDICT,),
        public=_("显示已履行、核定的是第几版"),
        reported="U",
        consequence=_("承诺办结；核定意见和所依据的版本一并公开，并报省信用平台。"),
        law=_("梅市应急〔2020〕52号 一（二）3"),
    ),
    Arrow(
        "not_accept",
        _("不予核定，退回继续履行"),
        frozenset({S.PERFORMED_CLAIMED}),
        S.ACTIVE,
        ("supervisor", "approver"),
        part="approver",
        four_eyes=True,
        guards=(guards.disinterested,),
        needs_reason=True,
        closes=(VERDICT,),
        starts=(DUE_BY_DEPARTMENT,),
        consequence=_("退回履行；到期日已过的随即记为逾期。"),
    ),
    Arrow(
        "lapse",
        _("到期未报，记为逾期"),
        frozenset({S.ACTIVE}),
        S.OVERDUE,
        ("system",),
        guards=(guards.due_passed,),
        public=_("显示逾期"),
        reported="U",
        consequence=_("到期次日0时5分自动记为逾期，公开页显示“逾期”，并报省信用平台。"),
    ),
    Arrow(
        "order_rectification",
        _("责令限期整改"),
        frozenset({S.OVERDUE}),
        None,
        ("supervisor",),
        guards=(guards.disinterested, guards.no_order_running),
        consequence=_("向承诺单位下达限期整改；期满不改或拒不整改的，才能认定未履行。"),
        law=_("发改财金〔2023〕1103号"),
    ),
    Arrow(
        "breach",
        _("认定未履行"),
        frozenset({S.OVERDUE}),
        S.BREACHED,
        ("supervisor",),
        part="approver",
        four_eyes=True,
        guards=(guards.disinterested, guards.order_unheeded, guards.reasoned_verdict, guards.fit_to_show),
        closes=(DUE,),
        public=_("显示未履行及理由"),
        reported="U",
        consequence=_("承诺以未履行办结并公开理由，报省信用平台；同时生成一份失信记录草稿，另行填报、初审、认定。"),
        law=_("发改财金〔2023〕1103号"),
    ),
    Arrow(
        "retire",
        _("公开期满"),
        frozenset(GIVEN),
        None,
        ("system",),
        guards=(guards.last_public_day_passed,),
        public=_("撤下"),
        consequence=_("公开期满自动撤下，承诺本身仍在档案中。"),
    ),
    Arrow(
        "follow_code",
        _("随部门登记更正单位代码"),
        frozenset(GIVEN),
        None,
        ("system",),
        public=_("公开着的，换成更正后的代码"),
        reported="U",
        consequence=_("单位的统一社会信用代码在部门登记中由两名安全管理员更正以后，自动报省信用平台；公开期不变。"),
        law=_("政府信息公开条例第四十一条"),
    ),
)

ARROWS = (*CLAIMS, *VERDICTS)
