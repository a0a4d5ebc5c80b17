"""The decision by a person without any part in the record, its service, the review by the superior, the correction notice."""

from __future__ import annotations

from records.models import FIRST_DECISIONS, UPHELD, ObjectionState, Outcome
from records.workflow.lazily import lazily as _
from records.workflow.objections import clocks, guards, outcomes
from rules.workflow import Arrow

S = ObjectionState
DECIDER, REVIEW = guards.DECIDER, "review_decider"
DRAFTED = frozenset({S.DECISION_DRAFT})
FIRST = frozenset(FIRST_DECISIONS)


def _decision(outcome: str, label: str, public: str, reported: str, consequence: str) -> Arrow:
    """Return the arrow of one outcome of the first round; all four ask the same of the decider."""
    return Arrow(
        outcomes.ACTION_OF[outcome],
        label,
        DRAFTED,
        outcomes.STATE_OF[outcome],
        ("appeals",),
        part=DECIDER,
        four_eyes=True,
        guards=(guards.independent, guards.not_queried, outcomes.as_drafted(outcome)),
        closes=clocks.ALL,
        public=public,
        reported=reported,
        consequence=consequence,
        law=_("深圳经济特区社会信用条例第五十一条；河南省社会信用条例第四十一条"),
    )


DECISIONS = (
    _decision(
        Outcome.CORRECT,
        _("决定：成立，更正"),
        _("去掉标注，换成更正后的文字"),
        "N U",
        _("记录出新的一版，旧版留存；公示过的，应当事人要求公布更正公告。"),
    ),
    _decision(
        Outcome.REVOKE,
        _("决定：成立，撤销"),
        _("去掉标注，撤下"),
        "N W",
        _(
            "记录撤销，公示即刻撤下，惩戒措施解除，{push.withdraw_days}内报省信用平台；公示过的，应当事人要求公布更正公告。"
        ),
    ),
    _decision(
        Outcome.STOP,
        _("决定：成立，停止公示"),
        _("去掉标注，撤下"),
        "N U",
        _("公示即刻停止，不再恢复；记录仍留存。"),
    ),
    _decision(
        Outcome.DISMISS,
        _("决定：不成立"),
        _("去掉标注"),
        "N",
        _("记录维持不变，公示到期满为止；申请人可以申请复核一次。"),
    ),
    Arrow(
        "query_draft",
        _("退回重拟"),
        DRAFTED,
        None,
        ("appeals",),
        part=DECIDER,
        four_eyes=True,
        guards=(guards.independent, guards.not_queried),
        needs_reason=True,
        consequence=_("写明不同意的理由，退回处理人重拟；期限不因此延长。"),
    ),
)

AFTERWARDS = (
    Arrow(
        "serve",
        _("登记决定送达"),
        FIRST | {S.REVIEW_UPHELD, S.REVIEW_DISMISSED},
        None,
        ("appeals",),
        guards=(guards.independent, outcomes.unserved),
        consequence=_("从送达之日起计算申请复核的期限。"),
    ),
    Arrow(
        "request_review",
        _("申请复核"),
        FIRST,
        S.REVIEW_REQUESTED,
        ("subject", "appeals"),
        guards=(guards.paper_if_officer, guards.in_time_for_review, outcomes.something_left, guards.one_at_a_time),
        needs_reason=True,
        closes=(clocks.APPLY_FOR_REVIEW,),
        starts=(clocks.REVIEW_DECISION,),
        public=_("标注异议处理中"),
        reported="M",
        consequence=_("由上级信用牵头部门另派人复核，{objection.review_decide_days}内决定；只能申请一次。"),
    ),
    Arrow(
        "uphold_review",
        _("复核决定：成立"),
        frozenset({S.REVIEW_REQUESTED}),
        S.REVIEW_UPHELD,
        ("appeals",),
        part=REVIEW,
        four_eyes=True,
        signatures=("appeals", "appeals"),
        guards=(guards.independent, outcomes.reviewable),
        needs_reason=True,
        closes=clocks.ALL,
        public=_("去掉标注，更正或撤下"),
        reported="N U W",
        consequence=_("上级两名没有经手过的异议处理人先后签署；按决定更正、撤销或停止公示。"),
    ),
    Arrow(
        "dismiss_review",
        _("复核决定：不成立"),
        frozenset({S.REVIEW_REQUESTED}),
        S.REVIEW_DISMISSED,
        ("appeals",),
        part=REVIEW,
        four_eyes=True,
        guards=(guards.independent, guards.no_proposal_open),
        closes=clocks.ALL,
        public=_("去掉标注"),
        reported="N",
        consequence=_("维持原决定；还可以依法申请行政复议或者提起行政诉讼。"),
    ),
    Arrow(
        "request_notice",
        _("要求公布更正公告"),
        frozenset({*UPHELD, S.REVIEW_UPHELD}),
        None,
        ("subject", "appeals"),
        guards=(guards.paper_if_officer, outcomes.notice_owed),
        public=_("公布更正公告"),
        consequence=_("在公示平台公布更正公告，说明记录已经撤销、更正或停止公示，消除影响。"),
        law=_("国发〔2016〕76号"),
    ),
)

ARROWS = (*DECISIONS, *AFTERWARDS)
