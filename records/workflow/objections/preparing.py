"""What the applicant does: hand in, supplement, take back; and the registration of what came on paper."""

from __future__ import annotations

from records.models import ObjectionState
from records.workflow.lazily import lazily as _
from records.workflow.objections import clocks, guards
from rules.workflow import Arrow

S = ObjectionState
HANDLER = "handler"

OPEN_DRAFT = Arrow(
    "open",
    _("提出异议"),
    frozenset(),
    S.DRAFT,
    ("subject",),
    part="filer",
    consequence=_("存为草稿，只有您这一方看得到；提交以后才开始计时。"),
)
REGISTER = Arrow(
    "register",
    _("登记纸面异议"),
    frozenset(),
    S.SUBMITTED,
    ("appeals",),
    part=HANDLER,
    consequence=_("纸面或者当面提出的异议由异议处理人代为登记，从收到之日起计算受理期限。"),
)

ARROWS = (
    Arrow(
        "edit",
        _("修改"),
        frozenset({S.DRAFT}),
        None,
        ("subject",),
        part="filer",
        consequence=_("保存修改，还没有提交。"),
    ),
    Arrow(
        "submit",
        _("提交异议"),
        frozenset({S.DRAFT}),
        S.SUBMITTED,
        ("subject",),
        part="filer",
        guards=(guards.record_stands, guards.filled_in, guards.one_at_a_time),
        starts=(clocks.ACCEPTANCE,),
        consequence=_("交信用牵头部门的异议处理人作形式审查，{objection.accept_days}内告知是否受理；不收费。"),
        law=_("深圳经济特区社会信用条例第四十八条；河南省社会信用条例第四十一条"),
    ),
    Arrow(
        "supplement",
        _("提交补正"),
        frozenset({S.SUPPLEMENT}),
        S.SUBMITTED,
        ("subject", "appeals"),
        guards=(guards.paper_if_officer, guards.filled_in),
        closes=(clocks.SUPPLEMENT,),
        starts=(clocks.ACCEPTANCE,),
        consequence=_("补正以后重新计算受理期限；不会再要求第二次补正。"),
    ),
    Arrow(
        "lapse",
        _("逾期未补正"),
        frozenset({S.SUPPLEMENT}),
        S.CLOSED,
        ("system",),
        guards=(guards.supplement_over,),
        closes=(clocks.SUPPLEMENT,),
        consequence=_("期满没有补正，视为撤回；补齐以后可以重新提出。"),
    ),
    Arrow(
        "withdraw",
        _("撤回异议"),
        frozenset({S.SUBMITTED, S.SUPPLEMENT, S.ACCEPTED, S.INVESTIGATING, S.PAUSED}),
        S.WITHDRAWN_BY_APPLICANT,
        ("subject", "appeals"),
        guards=(guards.paper_if_officer,),
        closes=clocks.ALL,
        public=_("去掉标注"),
        reported="N",
        consequence=_("到此为止，去掉异议标注，记录不变；有需要可以重新提出。"),
    ),
)
