"""What the office does until there is a draft: formal check, mark, inquiries, expert time, extension, escalation."""

from __future__ import annotations

from records.models import ObjectionState
from records.workflow.lazily import lazily as _
from records.workflow.objections import clocks, guards, outcomes
from records.workflow.objections.preparing import HANDLER
from rules.workflow import Arrow

S = ObjectionState
LAW_41 = _("河南省社会信用条例第四十一条")
LAW_51 = _("深圳经济特区社会信用条例第五十一条")

CHECK = (
    Arrow(
        "accept",
        _("受理"),
        frozenset({S.SUBMITTED}),
        S.ACCEPTED,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent, guards.record_stands, guards.against_the_record),
        closes=(clocks.ACCEPT,),
        starts=(clocks.DECISION,),
        public=_("标注异议处理中"),
        reported="M",
        consequence=_(
            "随即在记录上标注“异议处理中”并报省信用平台，开始计算处理期限；没有规定暂停的，公示不因异议停止。"
        ),
        law=_("深圳经济特区社会信用条例第五十条；河南省社会信用条例第四十一条"),
    ),
    Arrow(
        "ask_supplement",
        _("一次性告知补正"),
        frozenset({S.SUBMITTED}),
        S.SUPPLEMENT,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent, guards.told_once),
        closes=(clocks.ACCEPT,),
        starts=(clocks.ANSWER,),
        consequence=_("把缺少的材料一次列全告知申请人，10日内补正；逾期未补正视为撤回。"),
    ),
    Arrow(
        "not_accept",
        _("不予受理"),
        frozenset({S.SUBMITTED}),
        S.NOT_ACCEPTED,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent, guards.refusal_told),
        needs_reason=True,
        closes=(clocks.ACCEPT,),
        consequence=_("写明理由并告知申请人可以走的途径；记录不变。"),
        law=_("公职人员政务处分法第五十五条"),
    ),
    Arrow(
        "investigate",
        _("开始核查"),
        frozenset({S.ACCEPTED}),
        S.INVESTIGATING,
        ("system",),
        starts=(clocks.PLATFORM_CHECK,),
        public=_("标注异议处理中"),
        reported="M",
        consequence=_("受理当时标注，由没有经手过这条记录的人核查。"),
    ),
)

INVESTIGATION = (
    Arrow(
        "check_platform",
        _("登记平台核对结果"),
        frozenset({S.INVESTIGATING}),
        None,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent, guards.platform_unchecked),
        needs_reason=True,
        closes=(clocks.PLATFORM,),
        consequence=_("核对本平台的记录与来源文书、省信用平台所存是否一致，写明结果。"),
        law=LAW_51,
    ),
    Arrow(
        "ask_provider",
        _("向提供单位核实"),
        frozenset({S.INVESTIGATING}),
        None,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent, guards.nothing_asked),
        consequence=_("发出核实函，提供单位3个工作日内回复。"),
        law=LAW_41,
    ),
    Arrow(
        "take_reply",
        _("提供单位回复"),
        frozenset({S.INVESTIGATING, S.PAUSED}),
        None,
        ("system",),
        consequence=_("回复随案保存，处理人据以核查。"),
        law=LAW_41,
    ),
    Arrow(
        "pause",
        _("送检或专家论证"),
        frozenset({S.INVESTIGATING}),
        S.PAUSED,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent,),
        needs_reason=True,
        consequence=_("检验、鉴定和专家论证的时间不计入处理期限，标注保留。"),
        law=LAW_41,
    ),
    Arrow(
        "resume",
        _("恢复计时"),
        frozenset({S.PAUSED}),
        S.INVESTIGATING,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent,),
        consequence=_("收到检验或论证结论，从次日起继续计时。"),
        law=LAW_41,
    ),
    Arrow(
        "draft",
        _("提出拟处理意见"),
        frozenset({S.INVESTIGATING}),
        S.DECISION_DRAFT,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent, outcomes.drafted),
        closes=(clocks.PLATFORM,),
        consequence=_("交另一名没有经手过的异议处理人决定；提出的人不能决定。"),
    ),
    Arrow(
        "redraft",
        _("重拟处理意见"),
        frozenset({S.DECISION_DRAFT}),
        None,
        ("appeals",),
        part=HANDLER,
        four_eyes=True,
        guards=(guards.independent, guards.queried, outcomes.drafted),
        consequence=_("按退回的理由重新提出，再交决定。"),
    ),
    Arrow(
        "extend",
        _("延长处理期限"),
        frozenset({S.INVESTIGATING, S.DECISION_DRAFT}),
        None,
        ("appeals", "head"),
        signatures=("appeals", "head"),
        guards=(guards.independent_or_head, guards.extendable),
        needs_reason=True,
        consequence=_("异议处理人提出、主要负责人批准，只能延长一次。"),
        law=LAW_51,
    ),
    Arrow(
        "escalate",
        _("逾期转上级"),
        frozenset({S.INVESTIGATING, S.DECISION_DRAFT, S.REVIEW_REQUESTED}),
        None,
        ("system",),
        guards=(guards.overdue,),
        closes=clocks.DECIDING,
        consequence=_("逾期未作决定，自动转上级信用牵头部门处理，原办理单位考核扣分；标注保留。"),
    ),
)

ARROWS = (*CHECK, *INVESTIGATION)
