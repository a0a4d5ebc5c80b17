"""The machine of a person named on a unit's record (row 26): a record of his own needs two people."""

from __future__ import annotations

from django.utils.translation import gettext as _now

from records.models import ON_RECORD, RecordResponsibility, ResponsibilityState
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow, GuardContext, Machine

S = ResponsibilityState


def record_stands(ctx: GuardContext) -> str | None:
    """Draft a record of a person only while the unit's own stands."""
    return None if ctx.obj.record.state in ON_RECORD else _now("单位的记录没有生效或已撤销，不能据以起草个人记录")


ARROWS = (
    Arrow(
        "open_draft", _("起草个人记录"), frozenset({S.NAMED}), S.DRAFTED, ("clerk", "reviewer"),
        signatures=("clerk", "reviewer"), guards=(record_stands,), needs_reason=True,
        consequence=_("填报人提出、审核人签署后起草一条个人记录草稿；草稿照常走初审、告知、认定。"),
        law=_("梅州市交通运输局实施方案 一（二）4"),
    ),
    Arrow(
        "remove", _("去掉"), frozenset({S.NAMED}), S.REMOVED, ("clerk", "approver"), needs_reason=True,
        consequence=_("不再列为责任人员，列明和去掉的经过留存。"),
    ),
)  # fmt: skip

RESPONSIBILITY: Machine[RecordResponsibility] = Machine(
    RecordResponsibility,
    ARROWS,
    name="responsibility",
    label=_("责任人员"),
    noun=_("责任人员"),
    department_of=lambda each: each.department,
    subject_person_of=lambda each: each.official.person_id,
)
