"""The arrows of a complaint (domain 4.5), by the part of its way."""

from __future__ import annotations

from records.models import ComplaintState
from records.workflow.complaints import clocks, guards
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

S = ComplaintState
F1103 = _("发改财金〔2023〕1103号")
AT_THE_DOOR = frozenset({S.RECEIVED, S.SCREENING})
GIVEN = frozenset({S.ACCEPTED, S.TRANSFERRED})
UPHELD = frozenset({S.VERIFIED_TRUE, S.VERIFIED_PARTIAL})
OVER = frozenset({S.ANSWERED, S.RATED, S.CLOSED})
HERE = (guards.outside, guards.of_this_case)
SIGNED = ("handler", "reviewer")

SCREENING = (
    Arrow(
        "screen",
        _("开始审查"),
        frozenset({S.RECEIVED}),
        S.SCREENING,
        ("approver",),
        guards=HERE,
        closes=(clocks.REGISTER,),
        consequence=_("登记在您名下审查；受理期限不变。"),
        law=_("粤府〔2017〕140号 一（四）"),
    ),
    Arrow(
        "accept",
        _("受理"),
        AT_THE_DOOR,
        S.ACCEPTED,
        ("approver",),
        guards=(*HERE, guards.may_be_simple),
        closes=clocks.ACCEPTANCE,
        consequence=_(
            "由牵头部门自己核查；办结期限从今天起算，能当场答复的可按简易事项办。中小企业账款和违约失信投诉另有转交期限。"
        ),
        law=F1103,
    ),
    Arrow(
        "relate",
        _("标明承诺和重点领域"),
        AT_THE_DOOR | GIVEN | {S.INVESTIGATING},
        None,
        ("approver",),
        guards=HERE,
        consequence=_("记下涉及哪项承诺、属于哪些重点领域，填错的在这里改正；期限和办理单位不变。"),
    ),
    Arrow(
        "transfer",
        _("转交有权单位"),
        AT_THE_DOOR | {S.ACCEPTED},
        S.TRANSFERRED,
        ("approver",),
        guards=(*HERE, guards.receiver_is_fit),
        closes=(*clocks.ACCEPTANCE, *clocks.TRANSFERS),
        consequence=_("转给被投诉单位的上级或主管部门核查；被投诉单位不知情，举报人凭查询码可以看到转给了谁。"),
        law=_("发改财金〔2023〕1103号；保障中小企业款项支付条例第二十五条"),
    ),
    Arrow(
        "hand_back",
        _("退回牵头部门"),
        frozenset({S.TRANSFERRED}),
        S.SCREENING,
        ("reviewer", "handler", "head"),
        guards=HERE,
        needs_reason=True,
        closes=clocks.RESULT,
        consequence=_("说明不归本单位管的理由，由牵头部门另行确定。"),
    ),
    Arrow(
        "not_accept",
        _("不予受理"),
        AT_THE_DOOR,
        S.NOT_ACCEPTED,
        ("approver",),
        guards=HERE,
        needs_reason=True,
        closes=clocks.ALL,
        consequence=_("理由和可以去的地方写给举报人，凭查询码可以看到。"),
        law=_("信访工作条例第二十二条"),
    ),
    Arrow(
        "merge",
        _("并入另一件"),
        AT_THE_DOOR | GIVEN,
        S.MERGED,
        ("approver",),
        guards=(*HERE, guards.mergeable),
        closes=clocks.ALL,
        consequence=_("同一件事只核查一次；两个查询码得到同样的结果。"),
    ),
)

HANDLING = (
    Arrow(
        "assign",
        _("指定办理人"),
        GIVEN | {S.INVESTIGATING},
        None,
        ("approver", "reviewer", "head"),
        guards=(*HERE, guards.handler_is_fit),
        consequence=_("只有指定的办理人看得到内容；被投诉单位的人不能办理。"),
        law=F1103,
    ),
    Arrow(
        "investigate",
        _("开始核查"),
        GIVEN,
        S.INVESTIGATING,
        ("handler",),
        part=guards.HANDLER,
        four_eyes=True,
        guards=(*HERE, guards.named_or_free),
        closes=clocks.TRANSFERS,
        consequence=_("由您核查；结论须另一人复核。"),
    ),
    Arrow(
        "note_findings",
        _("记录核查情况"),
        frozenset({S.INVESTIGATING}),
        None,
        ("handler",),
        part=guards.HANDLER,
        guards=(*HERE, guards.own_case),
        consequence=_("加密保存；提出结论以后再改，原来的签署失效。"),
    ),
    Arrow(
        "make_ordinary",
        _("转为普通程序"),
        GIVEN | {S.INVESTIGATING},
        None,
        ("approver", "handler"),
        guards=(*HERE, guards.is_simple),
        needs_reason=True,
        consequence=_("不是简易事项的，转一次；办结期限仍从受理之日起算，理由写给举报人。"),
    ),
    Arrow(
        "extend",
        _("延长办理期限"),
        GIVEN | {S.INVESTIGATING},
        None,
        ("head", "approver"),
        guards=(*HERE, guards.not_extended),
        needs_reason=True,
        consequence=_("只能延一次；理由写给举报人。"),
        law=_("信访工作条例第三十四条；保障中小企业款项支付条例第二十五条"),
    ),
    *(
        Arrow(
            f"verify_{outcome}",
            label,
            frozenset({S.INVESTIGATING}),
            target,
            ("handler", "reviewer"),
            signatures=SIGNED,
            guards=(*HERE, guards.found, guards.two_persons),
            needs_reason=True,
            closes=clocks.RESULT,
            consequence=consequence,
            law=F1103,
        )
        for outcome, label, target, consequence in (
            ("true", _("认定属实"), S.VERIFIED_TRUE, _("办理人提出、复核人签署；由上级责令限期整改。")),
            ("partial", _("认定部分属实"), S.VERIFIED_PARTIAL, _("办理人提出、复核人签署；属实的部分由上级责令整改。")),
            (
                "false",
                _("认定不属实"),
                S.VERIFIED_FALSE,
                _("办理人提出、复核人签署；向举报人解释清楚，不产生任何记录。"),
            ),
        )
    ),
)

SETTLING = (
    Arrow(
        "order",
        _("责令限期整改"),
        UPHELD,
        S.RECTIFYING,
        ("supervisor", "approver"),
        guards=HERE,
        consequence=_("向被投诉单位下达整改要求，不写举报人的任何情况；按期改正的，不产生失信记录。"),
        law=F1103,
    ),
    Arrow(
        "settle",
        _("整改验收通过"),
        frozenset({S.RECTIFYING}),
        S.ANSWERED,
        ("system",),
        public=_("只计入统计"),
        consequence=_("告诉举报人已经改正；不产生失信记录。"),
        law=F1103,
    ),
    Arrow(
        "note_failure",
        _("整改逾期或拒绝"),
        frozenset({S.RECTIFYING}),
        None,
        ("system",),
        consequence=_("请上级确认是否违约失信。"),
        law=F1103,
    ),
    Arrow(
        "confirm_default",
        _("确认违约失信"),
        frozenset({S.RECTIFYING}),
        S.ANSWERED,
        ("supervisor", "approver"),
        guards=(*HERE, guards.failed),
        needs_reason=True,
        public=_("只计入统计"),
        consequence=_("告诉举报人结果；同时生成一份失信记录草稿，照记录的程序初审、告知、认定，不会直接生效。"),
        law=F1103,
    ),
    Arrow(
        "answer",
        _("答复举报人"),
        frozenset({S.VERIFIED_FALSE}),
        S.ANSWERED,
        ("handler",),
        guards=(*HERE, guards.own_case),
        public=_("只计入统计"),
        consequence=_("把核查情况和理由向举报人解释清楚；不产生任何记录。"),
        law=_("发改财金〔2023〕1103号：做好解释说明"),
    ),
    Arrow(
        "rate",
        _("评价"),
        frozenset({S.ANSWERED}),
        S.RATED,
        ("system",),
        public=_("只计入满意率"),
        consequence=_("由举报人凭查询码评价一次。"),
    ),
    Arrow(
        "close",
        _("结案"),
        frozenset({S.ANSWERED, S.RATED}),
        S.CLOSED,
        ("system",),
        guards=(guards.rating_over,),
        closes=(clocks.CLOSING,),
        consequence=_("答复满15日，由系统结案。"),
    ),
    Arrow(
        "withdraw",
        _("举报人撤回"),
        AT_THE_DOOR | GIVEN | {S.INVESTIGATING},
        S.WITHDRAWN,
        ("system", "approver", "handler"),
        guards=HERE,
        needs_reason=True,
        closes=clocks.ALL,
        consequence=_("举报人自己撤回，或者电话、当面表示撤回由工作人员登记；到此为止。"),
    ),
    Arrow(
        "mark_malicious",
        _("标记恶意举报"),
        OVER | {S.VERIFIED_FALSE, S.NOT_ACCEPTED},
        None,
        ("approver",),
        guards=(*HERE, guards.found_false, guards.not_marked),
        needs_reason=True,
        consequence=_("只作内部标记，从不公开，也不追查举报人是谁。"),
    ),
)

ARROWS = (*SCREENING, *HANDLING, *SETTLING)
