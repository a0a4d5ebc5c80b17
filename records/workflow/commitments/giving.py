"""From the draft to the promise given: filing, review, publication, and the withdrawal of what was never given."""

from __future__ import annotations

from records.models import BINDING, CommitmentState
from records.models.commitment import ENDED
from records.workflow.commitments import guards, publicity
from records.workflow.commitments.clocks import DUE_BY_DEPARTMENT, PUBLICITY, REVIEW, REVIEW_BY_REVIEWER
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

S = CommitmentState

REGISTER = Arrow(
    "register",
    _("登记承诺"),
    frozenset(),
    S.DRAFT,
    ("clerk",),
    part="filer",
    consequence=_("存为草稿，只有本单位和信用牵头部门看得到。"),
    law=_("梅市应急〔2020〕52号 一（二）3"),
)

FILING = (
    Arrow(
        "edit",
        _("修改"),
        frozenset({S.DRAFT, S.RETURNED}),
        None,
        ("clerk",),
        part="editor",
        consequence=_("保存修改；修改过的人不能再审核或核定。"),
    ),
    Arrow(
        "submit",
        _("提交审核"),
        frozenset({S.DRAFT, S.RETURNED}),
        S.PENDING_REVIEW,
        ("clerk",),
        part="filer",
        guards=(guards.complete, guards.due_ahead),
        starts=(REVIEW_BY_REVIEWER,),
        consequence=_("交本单位审核人审核；文字和日期存为一版。"),
    ),
    Arrow(
        "cancel",
        _("撤销"),
        frozenset({S.DRAFT, S.PENDING_REVIEW, S.RETURNED}),
        S.CANCELLED,
        ("clerk",),
        closes=(REVIEW,),
        consequence=_("这项承诺没有作出，不公开、不报送，编号留空。"),
    ),
)

REVIEWING = (
    Arrow(
        "send_back",
        _("退回"),
        frozenset({S.PENDING_REVIEW}),
        S.RETURNED,
        ("reviewer",),
        part="reviewer",
        four_eyes=True,
        needs_reason=True,
        closes=(REVIEW,),
        consequence=_("退回填报人，理由会显示在承诺上。"),
    ),
    Arrow(
        "activate",
        _("审核通过"),
        frozenset({S.PENDING_REVIEW}),
        S.ACTIVE,
        ("reviewer",),
        part="reviewer",
        four_eyes=True,
        guards=(guards.disinterested, guards.complete, guards.due_ahead),
        closes=(REVIEW,),
        starts=(DUE_BY_DEPARTMENT,),
        public=_("主动公开的，公开；依申请公开的，公开标题和申请办法"),
        reported="C",
        consequence=_("承诺即日生效，从此文字和日期不能悄悄改动；主动公开的随即公开，并报省信用平台。"),
        law=_("政府信息公开条例第二十六条"),
    ),
    Arrow(
        "succeed",
        _("接续生效"),
        frozenset({S.DRAFT}),
        S.ACTIVE,
        ("system",),
        guards=(guards.takes_over,),
        starts=(DUE_BY_DEPARTMENT,),
        public=_("主动公开的，公开；依申请公开的，公开标题和申请办法"),
        reported="C",
        consequence=_("依法变更获批后，新的承诺当时接续生效，不留空档。"),
    ),
    Arrow(
        "publish",
        _("公开"),
        frozenset((*BINDING, *ENDED)),
        None,
        ("reviewer", "approver", "system"),
        guards=(publicity.may_be_shown, publicity.not_shown_yet, guards.no_author, publicity.scan_is_answered),
        closes=(PUBLICITY,),
        public=_("公开"),
        consequence=_("即刻出现在公示网站，以后每次变化都留下一版。"),
        law=_("政府信息公开条例第二十六条"),
    ),
)

ARROWS = (*FILING, *REVIEWING)
