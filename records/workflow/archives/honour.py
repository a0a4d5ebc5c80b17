"""The machine of an honour: registered by one person, granted by another, and only to whom nothing restricts (rows 24, 73)."""

from __future__ import annotations

from uuid import UUID

from records.models import Honour, HonourState
from records.workflow.archives import guards
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow, Machine, Starts

S = HonourState
REVIEW = "record.review_days"
KEEPERS = ("clerk", "personnel")
GRANTERS = ("head", "reviewer")

ARROWS = (
    Arrow("edit", _("修改"), frozenset({S.DRAFT}), None, KEEPERS, part="editor"),
    Arrow(
        "propose",
        _("提请授予"),
        frozenset({S.DRAFT}),
        S.PROPOSED,
        KEEPERS,
        part="filer",
        guards=(guards.complete, guards.nothing_restricts),
        starts=(Starts(REVIEW, owner_role="reviewer"),),
        consequence=_("先做一次评优信用核查并留存；结果为“限制”的，提请停止。"),
        law=_("粤府〔2017〕140号 二（五）"),
    ),
    Arrow(
        "send_back",
        _("退回"),
        frozenset({S.PROPOSED}),
        S.DRAFT,
        GRANTERS,
        part="reviewer",
        four_eyes=True,
        needs_reason=True,
        closes=(REVIEW,),
        consequence=_("退回登记人修改后重新提请。"),
    ),
    Arrow(
        "grant",
        _("授予"),
        frozenset({S.PROPOSED}),
        S.GRANTED,
        GRANTERS,
        part="reviewer",
        four_eyes=True,
        guards=(guards.nothing_restricts,),
        closes=(REVIEW,),
        consequence=_("荣誉记入诚信档案，激励措施即日可享受，到有效期止。"),
        law=_("国发〔2016〕76号；粤府〔2017〕140号 二（五）"),
    ),
    Arrow(
        "withdraw",
        _("撤销荣誉"),
        frozenset({S.GRANTED}),
        S.WITHDRAWN,
        (*GRANTERS, "approver"),
        guards=(guards.still_granted,),
        needs_reason=True,
        consequence=_("荣誉撤销，激励措施随即停止；档案保留经过和理由。"),
    ),
)


def _person(honour: Honour) -> UUID | None:
    return honour.official.person_id if honour.official else None


HONOUR: Machine[Honour] = Machine(
    Honour,
    ARROWS,
    name="honour",
    label=_("表彰荣誉"),
    noun=_("荣誉"),
    department_of=lambda honour: honour.department,
    subject_person_of=_person,
)
