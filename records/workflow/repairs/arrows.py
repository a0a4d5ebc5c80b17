"""The arrows of a credit repair (domain 4.4)."""

from __future__ import annotations

from records.models import RepairState
from records.workflow.lazily import lazily as _
from records.workflow.repairs import clocks, guards
from rules.workflow import Arrow

S = RepairState
APPLICANT = ("subject", "appeals")  # the office acts only for what it entered from paper
OFFICER = ("appeals",)
OFFICER_PART, DECIDER_PART = "officer", "decider"
RULES = _("信用修复管理办法（发改委令第36号）；国办发〔2025〕22号")

OPEN = Arrow(
    "open",
    _("起草修复申请"),
    frozenset(),
    S.DRAFT,
    APPLICANT,
    consequence=_("存为草稿，只有申请人看得到。"),
    law=RULES,
)

APPLYING = (
    Arrow(
        "edit",
        _("填写申请"),
        frozenset({S.DRAFT, S.SUPPLEMENT}),
        None,
        APPLICANT,
        guards=(guards.paper_if_office,),
        consequence=_("保存填写的内容和材料。"),
    ),
    Arrow(
        "submit",
        _("提交申请"),
        frozenset({S.DRAFT}),
        S.SUBMITTED,
        APPLICANT,
        guards=(
            guards.paper_if_office,
            guards.signed_by_the_head,
            guards.may_be_repaired,
            guards.said_why,
            guards.pledged,
            guards.all_handed_in,
        ),
        starts=(clocks.CHECKED, clocks.ANSWERED),
        consequence=_("交信用牵头部门核对材料，不收费；{repair.feedback_total_days}内答复。"),
        law=RULES,
    ),
    Arrow(
        "supply",
        _("补正材料"),
        frozenset({S.SUPPLEMENT}),
        S.SUBMITTED,
        APPLICANT,
        guards=(guards.paper_if_office, guards.all_handed_in),
        closes=(clocks.SUPPLEMENT,),
        starts=(clocks.CHECKED, clocks.ANSWERED),
        consequence=_("材料补齐，从今天起计算答复期限。"),
    ),
    Arrow(
        "lapse",
        _("逾期未补正"),
        frozenset({S.SUPPLEMENT}),
        S.WITHDRAWN,
        ("system",),
        guards=(guards.supplement_over,),
        closes=(clocks.SUPPLEMENT,),
        consequence=_("期满没有补正，视为撤回并告知申请人；记录不变，补齐以后可以再申请。"),
    ),
    Arrow(
        "withdraw",
        _("撤回申请"),
        frozenset({S.DRAFT, S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.VERIFYING, S.DECISION_DRAFT}),
        S.WITHDRAWN,
        APPLICANT,
        guards=(guards.paper_if_office,),
        closes=(
            clocks.CHECK,
            clocks.SUPPLEMENT,
            clocks.ANSWER,
            clocks.FORWARD,
            clocks.DECIDE,
            clocks.EXTENSION,
        ),
        consequence=_("申请到此为止，记录不变；以后可以再申请。"),
    ),
)

ACCEPTING = (
    Arrow(
        "accept",
        _("受理"),
        frozenset({S.SUBMITTED}),
        S.ACCEPTED,
        OFFICER,
        part=OFFICER_PART,
        guards=(guards.impartial, guards.all_handed_in),
        closes=(clocks.CHECK,),
        starts=(clocks.FORWARDED,),
        consequence=_("材料齐全，转认定单位核实。您之后不能再决定它。"),
        law=_("国办发〔2025〕22号"),
    ),
    Arrow(
        "ask_supplement",
        _("一次告知补正"),
        frozenset({S.SUBMITTED}),
        S.SUPPLEMENT,
        OFFICER,
        part=OFFICER_PART,
        guards=(guards.impartial, guards.told_once),
        closes=(clocks.CHECK, clocks.ANSWER),
        starts=(clocks.SUPPLEMENTED,),
        consequence=_("缺件一次告知申请人，限期补正；补正以后重新计算答复期限，逾期没有补正视为撤回。"),
        law=_("深圳经济特区社会信用条例第八十一条"),
    ),
    Arrow(
        "not_accept",
        _("不予受理"),
        frozenset({S.SUBMITTED}),
        S.NOT_ACCEPTED,
        OFFICER,
        part=OFFICER_PART,
        guards=(guards.impartial,),
        needs_reason=True,
        closes=(clocks.CHECK, clocks.ANSWER),
        consequence=_("写明理由告知申请人，记录不变。"),
    ),
    Arrow(
        "forward",
        _("转送认定单位"),
        frozenset({S.ACCEPTED}),
        S.VERIFYING,
        ("appeals", "system"),
        guards=(guards.impartial,),
        closes=(clocks.FORWARD,),
        starts=(clocks.DECIDED_IN_TIME,),
        consequence=_("谁认定、谁修复：认定单位收到之日起计算决定期限。"),
        law=_("国办发〔2025〕22号"),
    ),
)

DECIDING = (
    Arrow(
        "draft_decision",
        _("核实并拟办"),
        frozenset({S.VERIFYING}),
        S.DECISION_DRAFT,
        OFFICER,
        part=OFFICER_PART,
        guards=(guards.impartial, guards.findings_given),
        consequence=_("交另一名没有经手这条记录的认定人决定。"),
        law=_("深圳经济特区社会信用条例第八十条"),
    ),
    Arrow(
        "extend",
        _("延长决定期限"),
        frozenset({S.VERIFYING, S.DECISION_DRAFT}),
        None,
        ("appeals", "head"),
        signatures=("appeals", "head"),
        guards=(guards.extended_once,),
        needs_reason=True,
        closes=(clocks.DECIDE,),
        starts=(clocks.EXTENDED,),
        consequence=_("经主要负责人批准，从原期限起延长一次；答复申请人的期限不变。"),
        law=_("深圳经济特区社会信用条例第八十二条"),
    ),
    Arrow(
        "approve",
        _("准予修复"),
        frozenset({S.DECISION_DRAFT}),
        S.APPROVED,
        ("approver",),
        part=DECIDER_PART,
        four_eyes=True,
        guards=(guards.impartial, guards.may_be_repaired, guards.number_is_free),
        needs_reason=True,
        closes=(clocks.DECIDE, clocks.EXTENSION, clocks.ANSWER),
        starts=(clocks.SYNCED_IN_TIME,),
        public=_("撤下"),
        reported="R",
        consequence=_("公示当即撤下，停止共享和使用，惩戒措施解除，报省信用平台；档案留存。"),
        law=RULES,
    ),
    Arrow(
        "refuse",
        _("不予修复"),
        frozenset({S.DECISION_DRAFT}),
        S.REFUSED,
        ("approver",),
        part=DECIDER_PART,
        four_eyes=True,
        guards=(guards.impartial, guards.number_is_free),
        needs_reason=True,
        closes=(clocks.DECIDE, clocks.EXTENSION, clocks.ANSWER),
        consequence=_("告知理由、何时怎样再申请，以及可以对修复结果提出异议；记录不变。"),
        law=RULES,
    ),
)

AFTERWARDS = (
    Arrow(
        "sync",
        _("平台已同步"),
        frozenset({S.APPROVED}),
        S.SYNCED,
        ("system",),
        guards=(guards.platform_has_it,),
        closes=(clocks.SYNC,),
        consequence=_("省信用平台回执入库，停止共享。"),
        law=_("河南省社会信用条例第四十三条"),
    ),
    Arrow(
        "grant_on_objection",
        _("异议成立，准予修复"),
        frozenset({S.REFUSED}),
        S.APPROVED,
        ("system",),
        guards=(guards.may_be_repaired,),
        starts=(clocks.SYNCED_IN_TIME,),
        public=_("撤下"),
        reported="R",
        consequence=_("对修复结果的异议成立：原不予修复的决定不再有效，准予修复。"),
        law=_("国办发〔2025〕22号"),
    ),
    Arrow(
        "revoke",
        _("撤销修复"),
        frozenset({S.APPROVED, S.SYNCED}),
        S.REVOKED,
        ("approver",),
        signatures=("approver", "approver"),
        guards=(guards.unrelated, guards.still_repaired, guards.ground_listed),
        needs_reason=True,
        closes=(clocks.SYNC,),
        public=_("按剩余期限再次公示"),
        reported="U",
        consequence=_(
            "两名认定人先后签署：记录按剩余期限再次公示，惩戒措施恢复，{repair.false_promise_block_months}内不再受理修复。"
        ),
        law=RULES,
    ),
)

ARROWS = (*APPLYING, *ACCEPTING, *DECIDING, *AFTERWARDS)
