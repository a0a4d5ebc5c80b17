"""The machine of an objection (domain 4.3): one table, obeyed by services, shown by pages, walked by tests."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from accounts import act_names
from accounts.models import RoleGrant
from ledger.actors import Actor
from records.models import Objection
from records.workflow.lazily import lazily as _
from records.workflow.objections import deciding, examining, preparing
from records.workflow.objections.preparing import OPEN_DRAFT, REGISTER
from records.workflow.record import RECORD
from rules.workflow import Machine

__all__ = ["OBJECTION", "OPEN_DRAFT", "REGISTER"]


def _is_subject(objection: Objection, actor: Actor, held: Sequence[RoleGrant]) -> bool:
    return bool(RECORD.is_subject and RECORD.is_subject(objection.record, actor, held))


def _subject_person(objection: Objection) -> UUID | None:
    return objection.subject_official.person_id if objection.subject_official else None


OBJECTION: Machine[Objection] = Machine(
    Objection,
    (*preparing.ARROWS, *examining.ARROWS, *deciding.ARROWS),
    name="objection",
    label=_("异议申诉"),
    noun=_("异议"),
    department_of=lambda objection: objection.office,
    subject_person_of=_subject_person,
    is_subject=_is_subject,
)
act_names.register_arrows("objection", {arrow.action: arrow.label for arrow in (OPEN_DRAFT, REGISTER)})
act_names.register(
    {
        "objection.hand_in": _("提交异议"),
        "objection.attach": _("添加附件"),
        "objection.detach": _("去掉附件"),
        "objection.end_notice": _("更正公告期满"),
        "objection.end_review_period": _("申请复核的期限届满"),
    }
)
