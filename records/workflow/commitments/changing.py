"""How the words of a promise may move: an amendment signed by a second office, a lawful change approved by two."""

from __future__ import annotations

from records.models import CommitmentState
from records.workflow.commitments import guards
from records.workflow.commitments.clocks import CHANGE, CHANGE_BY_HEAD, DUE, DUE_BY_DEPARTMENT
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

S = CommitmentState

AMENDMENT = (
    Arrow(
        "amend",
        _("修订文字"),
        frozenset({S.ACTIVE}),
        None,
        ("clerk", "approver"),
        signatures=("clerk", "approver"),
        guards=(guards.days_left, guards.fit_to_show),
        needs_reason=True,
        starts=(DUE_BY_DEPARTMENT,),
        public=_("换成新的一版，旧版列在变更里"),
        reported="U",
        consequence=_("承诺单位提出、信用牵头部门签署后成为新的一版，旧版留存可比；到期日只能提前，推迟须走依法变更。"),
    ),
)

LAWFUL_CHANGE = (
    Arrow(
        "request_change",
        _("申请依法变更"),
        frozenset({S.ACTIVE, S.OVERDUE}),
        S.CHANGE_PENDING,
        ("clerk",),
        part="editor",
        guards=(guards.before_due_or_overdue, guards.fit_to_show),
        closes=(DUE,),
        starts=(CHANGE_BY_HEAD,),
        consequence=_(
            "写明法定依据、公共利益理由和补偿方案，交主要负责人和信用牵头部门先后批准；负责人、机构、区划调整不是理由。"
        ),
        law=_("广东省优化营商环境条例第二十六条"),
    ),
    Arrow(
        "record_compensation",
        _("登记补偿情况"),
        frozenset({S.CHANGE_PENDING}),
        None,
        ("clerk",),
        part="editor",
        consequence=_("登记补偿给谁、多少、何时到位；登记之前不能批准变更。"),
        law=_("广东省优化营商环境条例第二十六条"),
    ),
    Arrow(
        "approve_change",
        _("批准依法变更"),
        frozenset({S.CHANGE_PENDING}),
        S.CHANGED,
        ("head", "approver"),
        part="approver",
        four_eyes=True,
        signatures=("head", "approver"),
        guards=(guards.compensation_recorded,),
        needs_reason=True,
        closes=(CHANGE,),
        public=_("显示依法变更及理由，链接新的承诺"),
        reported="U",
        consequence=_("主要负责人和信用牵头部门先后签署；原承诺不计入兑现率，新的承诺接续生效。"),
        law=_("广东省优化营商环境条例第二十六条"),
    ),
    Arrow(
        "refuse_change",
        _("不批准，退回履行中"),
        frozenset({S.CHANGE_PENDING}),
        S.ACTIVE,
        ("head", "approver"),
        part="approver",
        four_eyes=True,
        guards=(guards.was_running,),
        needs_reason=True,
        closes=(CHANGE,),
        starts=(DUE_BY_DEPARTMENT,),
        consequence=_("承诺照原样继续履行；到期日已过的随即记为逾期。"),
    ),
    Arrow(
        "refuse_change_overdue",
        _("不批准，退回逾期"),
        frozenset({S.CHANGE_PENDING}),
        S.OVERDUE,
        ("head", "approver"),
        part="approver",
        four_eyes=True,
        guards=(guards.was_overdue,),
        needs_reason=True,
        closes=(CHANGE,),
        starts=(DUE_BY_DEPARTMENT,),
        consequence=_("承诺照原样，仍是逾期。"),
    ),
)

ARROWS = (*AMENDMENT, *LAWFUL_CHANGE)
