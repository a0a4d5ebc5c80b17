"""What happens to a record in force: withdrawal, correction, annotations, marks, repair, archive."""

from __future__ import annotations

from records.models import IN_FORCE, ON_RECORD, RecordState
from records.workflow import endings, guards, publicity
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

S = RecordState

SUBMITTED = frozenset({S.PENDING_REVIEW, S.NOTIFIED, S.PENDING_APPROVAL})

CHANGES = (
    Arrow(
        "withdraw",
        _("撤销记录"),
        frozenset(ON_RECORD),
        S.WITHDRAWN,
        ("approver",),
        part="approver",
        four_eyes=True,
        signatures=("approver", "approver"),
        guards=(guards.impartial, endings.ground_given),
        needs_reason=True,
        public=_("撤下"),
        reported="W",
        consequence=_("两名认定人先后签署；公示即刻撤下，惩戒措施解除，3个工作日内报省信用平台。"),
        law=_("行政处罚法第四十八条"),
    ),
    Arrow(
        "correct",
        _("更正"),
        frozenset(IN_FORCE),
        None,
        ("clerk", "approver"),
        signatures=("clerk", "approver"),
        guards=(publicity.still_clean_when_corrected, guards.signer_is_no_author),
        needs_reason=True,
        public=_("换成更正后的文字"),
        reported="U",
        consequence=_("填报单位提出、认定人签署后成为新的一版，旧版留存；公示文字随即更换。"),
        law=_("政府信息公开条例第四十一条"),
    ),
    Arrow(
        "flag_litigation",
        _("加注复议诉讼"),
        SUBMITTED | frozenset(IN_FORCE),
        None,
        ("clerk", "approver"),
        guards=(endings.not_under_litigation,),
        needs_reason=True,
        public=_("加注"),
        reported="U",
        consequence=_("加注“来源文书正在复议或诉讼中”；效力中止的，恢复之前不能认定。"),
        law=_("深圳经济特区社会信用条例第四十三条"),
    ),
    Arrow(
        "clear_litigation",
        _("取消复议诉讼加注"),
        SUBMITTED | frozenset(IN_FORCE),
        None,
        ("clerk", "approver"),
        guards=(endings.under_litigation,),
        needs_reason=True,
        public=_("去掉加注"),
        reported="U",
        consequence=_("去掉加注；文书被撤销或变更的，另办撤销或更正。"),
    ),
)

CASEWORK = (
    Arrow(
        "mark_objection",
        _("异议标注"),
        frozenset(IN_FORCE),
        None,
        ("system",),
        guards=(endings.not_marked,),
        public=_("标注异议处理中"),
        reported="M",
        consequence=_("异议受理当时标注，处理期间继续公示。"),
        law=_("深圳经济特区社会信用条例第五十条；河南省社会信用条例第四十一条"),
    ),
    Arrow(
        "unmark_objection",
        _("取消异议标注"),
        frozenset(ON_RECORD),
        None,
        ("system",),
        guards=(endings.marked,),
        public=_("去掉标注"),
        reported="N",
        consequence=_("异议办结，去掉标注。"),
    ),
    Arrow(
        "withdraw_on_objection",
        _("依异议决定撤销"),
        frozenset(ON_RECORD),
        S.WITHDRAWN,
        ("system",),
        guards=(endings.decided_on_objection,),
        public=_("撤下"),
        reported="W",
        consequence=_("异议处理人和决定人两人经手；公示即刻撤下，惩戒措施解除，3个工作日内报省信用平台。"),
        law=_("行政处罚法第四十八条"),
    ),
    Arrow(
        "correct_on_objection",
        _("依异议决定更正"),
        frozenset(IN_FORCE),
        None,
        ("system",),
        guards=(endings.decided_on_objection, endings.no_heavier, publicity.still_clean_when_corrected),
        public=_("换成更正后的文字"),
        reported="U",
        consequence=_("成为新的一版，旧版留存；只能改对或者改轻，不能改重。"),
        law=_("深圳经济特区社会信用条例第五十一条；河南省社会信用条例第四十一条"),
    ),
    Arrow(
        "stop_on_objection",
        _("依异议决定停止公示"),
        frozenset({S.DISCLOSED}),
        S.EFFECTIVE,
        ("system",),
        guards=(endings.decided_on_objection,),
        public=_("撤下"),
        reported="U",
        consequence=_("公示即刻停止，不再恢复；记录留存。"),
        law=_("深圳经济特区社会信用条例第五十一条"),
    ),
    Arrow(
        "repair",
        _("信用修复"),
        frozenset(IN_FORCE),
        S.REPAIRED,
        ("system",),
        guards=(endings.repairable, endings.least_period_passed),
        public=_("撤下"),
        reported="R",
        consequence=_("准予修复当时撤下公示，停止共享和使用，惩戒措施解除；档案留存。"),
        law=_("信用修复管理办法（发改委令第36号）第三条"),
    ),
    Arrow(
        "archive",
        _("归档"),
        frozenset({S.EXPIRED, S.REPAIRED, S.WITHDRAWN}),
        S.ARCHIVED,
        ("system",),
        guards=(endings.retention_over,),
        consequence=_("转为档案保存，不再用于任何核查。"),
        law=_("河南省社会信用条例第十九条"),
    ),
)

ARROWS = (*CHANGES, *CASEWORK)
