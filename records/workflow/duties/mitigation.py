"""The machine of a claim for lighter or no sanctions (domain 4.9, row 37): it changes the sanction, never the record."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _now

from accounts.models import RoleGrant
from ledger.actors import Actor
from ledger.refusals import Invalid, Refused
from records.models import MitigationClaim, MitigationState
from records.workflow import subjects
from records.workflow.duties import MITIGATION
from records.workflow.duties.guards import JUDGES, outside_the_department
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow, GuardContext, Machine

S = MitigationState


def sanctions_stand(ctx: GuardContext) -> str | None:
    """Lighten only what is in force."""
    return None if ctx.obj.record.measures.filter(state="active").exists() else _now("已经没有执行中的惩戒措施")


def replied(ctx: GuardContext) -> Refused | None:
    """Decide with the reasons, in words the claimant reads."""
    return None if ctx.offering or ctx.changes.get("reply") else Invalid(_now("请写明理由"), field="reply")


def lightened_somehow(ctx: GuardContext) -> Refused | None:
    """Lighten at least one measure, and not all of them away: that would be a waiver."""
    if ctx.offering:
        return None
    changed = ctx.changes.get("changed") or []
    if not changed:
        return Invalid(_now("请选择从轻的措施"), field="changed")
    lifted = sum(1 for each in changed if not each["until"])
    if lifted == ctx.obj.record.measures.filter(state="active").count():
        return Invalid(_now("全部解除属于免于惩戒，请改办免于惩戒"), field="changed")
    return None


DECIDED = frozenset({S.REVIEWING})

ARROWS = (
    Arrow(
        "take_up", _("审查"), frozenset({S.FILED}), S.REVIEWING, JUDGES, part="reviewer", four_eyes=True,
        guards=(outside_the_department,),
        consequence=_("核对证据，写审查意见，交另一人决定。"), law=_("梅州市退役军人事务局实施方案 三（四）"),
    ),
    Arrow(
        "lighten", _("从轻"), DECIDED, S.GRANTED_LIGHTEN, JUDGES, part="approver", four_eyes=True,
        guards=(outside_the_department, sanctions_stand, replied, lightened_somehow), closes=(MITIGATION,), reported="U",
        consequence=_("缩短或解除所选措施；记录保留，注明从轻。"), law=_("梅州市退役军人事务局实施方案 三（四）"),
    ),
    Arrow(
        "waive", _("免于惩戒"), DECIDED, S.GRANTED_WAIVE, JUDGES, part="approver", four_eyes=True,
        guards=(outside_the_department, sanctions_stand, replied), closes=(MITIGATION,), reported="U",
        consequence=_("解除全部执行中的措施；记录保留，注明免于惩戒。"), law=_("梅州市退役军人事务局实施方案 三（四）"),
    ),
    Arrow(
        "refuse", _("不予支持"), DECIDED, S.REFUSED, JUDGES, part="approver", four_eyes=True,
        guards=(outside_the_department, replied), closes=(MITIGATION,),
        consequence=_("措施不变，理由告知申请人。"),
    ),
)  # fmt: skip


def _is_subject(claim: MitigationClaim, actor: Actor, held: Sequence[RoleGrant]) -> bool:
    record = claim.record
    return subjects.speaks_for(
        actor=actor, grants=held, department=record.subject_department, official=record.subject_official
    )


MITIGATION_CLAIM: Machine[MitigationClaim] = Machine(
    MitigationClaim,
    ARROWS,
    name="mitigation",
    label=_("从轻免于惩戒"),
    noun=_("申请"),
    department_of=lambda each: each.department,
    subject_person_of=lambda each: each.record.subject_official.person_id if each.record.subject_official else None,
    is_subject=_is_subject,
)
