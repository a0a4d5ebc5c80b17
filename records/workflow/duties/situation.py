"""The machine of a situation report (domain 4.9): required, drafted, signed by the head, accepted by the superior."""

from __future__ import annotations

from django.utils.translation import gettext as _now

from ledger.refusals import Refused
from records import words
from records.models import OWED, SituationReport, SituationReportState
from records.workflow.duties import SITUATION, SITUATION_ACCEPTANCE
from records.workflow.duties.guards import JUDGES, of_the_office, outside_the_department
from records.workflow.filing import Incomplete
from records.workflow.lazily import lazily as _
from rules.clock import local_day
from rules.workflow import Arrow, GuardContext, Machine, Starts

S = SituationReportState
PARTS = {
    "facts": _("失信事实"),
    "causes": _("原因"),
    "losses": _("损失和影响"),
    "measures": _("已采取和将采取的措施"),
}
"""What 002 §二(五) and 004 §三(三) want explained in writing."""
LEAST = 10


def judged_by_its_superior(ctx: GuardContext) -> Refused | None:
    """Let only the superior, or one above it, take the report (004 §三(三))."""
    return of_the_office(ctx, ctx.obj.superior)


def written_in_full(ctx: GuardContext) -> Refused | None:
    """Sign a report only when facts, causes, losses and measures are all told."""
    if ctx.offering:
        return None
    lacking = {
        name: _now("“%(label)s”至少 %(least)d 字") % {"label": label, "least": LEAST}
        for name, label in PARTS.items()
        if len(getattr(ctx.obj, name).strip()) < LEAST
    }
    return Incomplete(lacking) if lacking else None


def limit_passed(ctx: GuardContext) -> str | None:
    """Let the clock note it as missed only when the last day is over, and once."""
    if ctx.obj.missed_on is not None:
        return _now("已经记为逾期")
    if local_day(ctx.now) > ctx.obj.due_on:
        return None
    return _now("报告期限到%s止，还没有届满") % words.day(ctx.obj.due_on)


ARROWS = (
    Arrow(
        "write", _("起草"), frozenset(OWED), S.DRAFTED, ("clerk", "head"), part="doer",
        consequence=_("写明事实、原因、损失和措施，交主要负责人签报。"),
    ),
    Arrow(
        "submit", _("签报上级"), frozenset({S.DRAFTED}), S.SUBMITTED, ("head",), part="doer", guards=(written_in_full,),
        starts=(Starts(SITUATION_ACCEPTANCE, owner_role="supervisor", owner_department=lambda each: each.superior),),
        consequence=_("书面向上级说明原因；上级接受或退回。"), law=_("粤府〔2017〕140号 二（五）"),
    ),
    Arrow(
        "accept", _("接受报告"), frozenset({S.SUBMITTED}), S.ACCEPTED, JUDGES, part="judge", four_eyes=True,
        guards=(judged_by_its_superior, outside_the_department), closes=(SITUATION_ACCEPTANCE, SITUATION),
        consequence=_("报告说明清楚，接受存档。"),
    ),
    Arrow(
        "send_back", _("退回重写"), frozenset({S.SUBMITTED}), S.RETURNED, JUDGES, part="judge", four_eyes=True,
        guards=(judged_by_its_superior, outside_the_department), needs_reason=True, closes=(SITUATION_ACCEPTANCE,),
        consequence=_("退回并说明缺什么；报告期限接着算。"),
    ),
    Arrow(
        "miss", _("逾期未报"), frozenset(OWED), None, ("system",), guards=(limit_passed,),
        consequence=_("提醒该单位主要负责人和上级；按时率随之下降。"),
    ),
    Arrow(
        "cancel", _("免除报告"), frozenset({*OWED, S.SUBMITTED}), S.CANCELLED, ("system",),
        closes=(SITUATION, SITUATION_ACCEPTANCE),
        consequence=_("记录已撤销，不再需要报告。"),
    ),
)  # fmt: skip

SITUATION_REPORT: Machine[SituationReport] = Machine(
    SituationReport,
    ARROWS,
    name="situation",
    label=_("失信情况报告"),
    noun=_("情况报告"),
    department_of=lambda each: each.department,
)
