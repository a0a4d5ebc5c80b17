"""From the draft to the approver's desk: filing, first review, the hearing of the subject."""

from __future__ import annotations

from records.models import RecordState
from records.workflow import guards, source
from records.workflow.clocks import HEARING, REPORTING, REVIEW, REVIEW_BY_APPROVER, REVIEW_BY_REVIEWER
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow, Starts

S = RecordState

REGISTER = Arrow(
    "register",
    _("登记"),
    frozenset(),
    S.DRAFT,
    ("clerk",),
    part="filer",
    starts=(Starts(REPORTING, on="decided_on"),),
    consequence=_("存为草稿，只有本单位和信用牵头部门看得到。"),
    law=_("粤府〔2017〕140号 二（三）"),
)

PREPARATION = (
    Arrow(
        "edit",
        _("修改"),
        frozenset({S.DRAFT, S.RETURNED}),
        None,
        ("clerk",),
        part="editor",
        guards=(guards.impartial,),
        consequence=_("保存修改；修改过的人不能再审核或认定。"),
    ),
    Arrow(
        "submit",
        _("提交初审"),
        frozenset({S.DRAFT, S.RETURNED}),
        S.PENDING_REVIEW,
        ("clerk",),
        part="filer",
        guards=(guards.impartial, guards.complete, source.fits_the_subject, guards.first_of_its_document),
        starts=(REVIEW_BY_REVIEWER,),
        consequence=_("交本单位审核人初审；他打开之前您可以收回。"),
        law=_("粤府〔2017〕140号 二（三）；国办发〔2020〕49号"),
    ),
    Arrow(
        "recall",
        _("收回"),
        frozenset({S.PENDING_REVIEW}),
        S.DRAFT,
        ("clerk",),
        part="filer",
        guards=(guards.own_and_unread,),
        closes=(REVIEW,),
        consequence=_("回到草稿，可以修改后再提交。"),
    ),
)

EXAMINATION = (
    Arrow(
        "send_back",
        _("退回补正"),
        frozenset({S.PENDING_REVIEW}),
        S.RETURNED,
        ("reviewer",),
        part="reviewer",
        four_eyes=True,
        guards=(guards.impartial,),
        needs_reason=True,
        closes=(REVIEW,),
        consequence=_("退回填报人，理由会显示在记录上。"),
    ),
    Arrow(
        "pass_on",
        _("通过初审，告知当事人"),
        frozenset({S.PENDING_REVIEW}),
        S.NOTIFIED,
        ("reviewer",),
        part="reviewer",
        four_eyes=True,
        guards=(guards.impartial, guards.not_heard_yet),
        closes=(REVIEW,),
        consequence=_("向当事人送达告知书，之后才能认定。您之后不能再认定它。"),
        law=_("粤府〔2017〕140号 二（六）"),
    ),
    Arrow(
        "pass_heard",
        _("通过初审，交认定"),
        frozenset({S.PENDING_REVIEW}),
        S.PENDING_APPROVAL,
        ("reviewer",),
        part="reviewer",
        four_eyes=True,
        guards=(guards.impartial, guards.heard_by_source),
        closes=(REVIEW,),
        starts=(REVIEW_BY_APPROVER,),
        consequence=_("来源机关已听取陈述，直接交信用牵头部门认定。您之后不能再认定它。"),
    ),
)

HEARING_ARROWS = (
    Arrow(
        "deliver_notice",
        _("登记告知书送达"),
        frozenset({S.NOTIFIED}),
        None,
        ("clerk", "reviewer"),
        guards=(guards.impartial, guards.notice_missing),
        consequence=_("从送达次日起计算陈述申辩期。"),
        law=_("粤府〔2017〕140号 二（六）"),
    ),
    Arrow(
        "take_statement",
        _("登记陈述申辩"),
        frozenset({S.NOTIFIED}),
        S.PENDING_APPROVAL,
        ("subject", "clerk"),
        guards=(guards.impartial_or_subject, guards.notice_delivered),
        closes=(HEARING,),
        starts=(REVIEW_BY_APPROVER,),
        consequence=_("交信用牵头部门认定；认定时必须答复。"),
    ),
    Arrow(
        "waive_statement",
        _("登记放弃陈述申辩"),
        frozenset({S.NOTIFIED}),
        S.PENDING_APPROVAL,
        ("subject", "clerk"),
        guards=(guards.impartial_or_subject, guards.notice_delivered),
        closes=(HEARING,),
        starts=(REVIEW_BY_APPROVER,),
        consequence=_("不等期满，直接交信用牵头部门认定。"),
    ),
    Arrow(
        "end_notice_period",
        _("陈述申辩期满"),
        frozenset({S.NOTIFIED}),
        S.PENDING_APPROVAL,
        ("system",),
        guards=(guards.notice_period_over,),
        closes=(HEARING,),
        starts=(REVIEW_BY_APPROVER,),
        consequence=_("期满没有意见，交信用牵头部门认定。"),
    ),
)

ARROWS = (*PREPARATION, *EXAMINATION, *HEARING_ARROWS)
