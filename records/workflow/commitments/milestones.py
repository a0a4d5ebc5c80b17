"""The machine of a milestone: reported by one, checked by a second person, sent back with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as translated

from accounts.models import RoleGrant
from ledger.actors import Actor
from ledger.refusals import NotAllowed, Refused
from records.models import BINDING, Milestone, MilestoneState
from records.workflow.commitments.machine import answers_for
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow, GuardContext, Machine

S = MilestoneState


def promise_runs(ctx: GuardContext) -> str | None:
    """Count steps only while the promise binds."""
    if ctx.obj.removed_on is not None:
        return translated("这个节点已被后来的版本取消")
    return None if ctx.obj.commitment.state in BINDING else translated("承诺不在履行中")


def disinterested(ctx: GuardContext) -> Refused | None:
    """Let nobody check a step of a promise he answers for, nor one he reported in another edition."""
    step: Milestone = ctx.obj
    if answers_for(step.commitment, ctx.actor):
        return NotAllowed(translated("不能由您办：您是这项承诺的责任人"))
    if step.reported_by_id == ctx.actor.person_id:
        return NotAllowed(translated("不得核验本人申报的节点"))
    return None


ARROWS = (
    Arrow(
        "report",
        _("申报完成"),
        frozenset({S.PLANNED}),
        S.REPORTED,
        ("subject", "clerk"),
        part="claimant",
        guards=(promise_runs,),
        consequence=_("附上证明材料，等另一人核验；核验之前不计入进度。"),
    ),
    Arrow(
        "check",
        _("核验通过"),
        frozenset({S.REPORTED}),
        S.CHECKED,
        ("reviewer", "supervisor"),
        part="reviewer",
        four_eyes=True,
        guards=(promise_runs, disinterested),
        public=_("进度随之更新"),
        consequence=_("按权重计入进度，公开页随之更新。"),
    ),
    Arrow(
        "send_back",
        _("核验退回"),
        frozenset({S.REPORTED}),
        S.PLANNED,
        ("reviewer", "supervisor"),
        part="reviewer",
        four_eyes=True,
        guards=(promise_runs, disinterested),
        needs_reason=True,
        consequence=_("退回未完成，理由会显示在节点上。"),
    ),
)


def _is_subject(step: Milestone, actor: Actor, held: Sequence[RoleGrant]) -> bool:
    return answers_for(step.commitment, actor)


MILESTONE: Machine[Milestone] = Machine(
    Milestone,
    ARROWS,
    name="milestone",
    label=_("承诺节点"),
    noun=_("节点"),
    department_of=lambda step: step.commitment.department,
    is_subject=_is_subject,
)
