"""The machine of an accountability case (row 29): traced back to the act, found by one, decided by another."""

from __future__ import annotations

from django.utils.translation import gettext as _now

from ledger.refusals import Invalid, NotAllowed, Refused
from records.models import AccountabilityCase, AccountabilityState
from records.workflow.duties.guards import JUDGES, outside_the_department
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow, GuardContext, Machine

S = AccountabilityState
TRANSFER, NONE = "TRANSFER", "NONE"


def not_one_of_them(ctx: GuardContext) -> Refused | None:
    """Let nobody judge a case in which he is named."""
    person = ctx.actor.person_id
    if person is not None and ctx.obj.persons.filter(official__person_id=person).exists():
        return NotAllowed(_now("不能由您办：您是本案所列人员"))
    return None


def everybody_found(ctx: GuardContext) -> Refused | str | None:
    """Propose a result only when every person traced back has a finding and a measure from the list."""
    if ctx.offering:
        return None
    held = ctx.obj.persons.filter(removed_because="")
    if not held.exists():
        return _now("还没有列明行为发生时任职的人员")
    if held.filter(finding="").exists() or held.filter(measure="").exists():
        return _now("每名人员都要写明核查情况和处理意见")
    return None if ctx.changes.get("finding") else Invalid(_now("请写核查结论"), field="finding")


def transfer_decided(ctx: GuardContext) -> str | None:
    """Hand over only what was decided to be handed over."""
    return None if _transfers(ctx) else _now("没有决定移送监察机关的人员")


def nothing_to_transfer(ctx: GuardContext) -> str | None:
    """Close no case before what must be handed over was handed over; somebody's new post is no reason at all."""
    return _now("有决定移送监察机关的人员，须先移送") if ctx.obj.state == S.DECIDED and _transfers(ctx) else None


def transfer_answered(ctx: GuardContext) -> Refused | None:
    """Close a case handed over with what the supervision organ answered."""
    if ctx.offering or ctx.obj.state != S.TRANSFERRED or ctx.changes.get("answer"):
        return None
    return Invalid(_now("请写监察机关反馈的结果"), field="answer")


def _transfers(ctx: GuardContext) -> bool:
    return bool(ctx.obj.persons.filter(removed_because="", measure=TRANSFER).exists())


ARROWS = (
    Arrow(
        "trace", _("增减人员"), frozenset({S.OPENED}), None, JUDGES, part="filer",
        guards=(outside_the_department, not_one_of_them),
        consequence=_("按行为发生时的任职列人；现在调到哪里不影响。"),
    ),
    Arrow(
        "find", _("提出处理意见"), frozenset({S.OPENED}), S.FOUND, JUDGES, part="filer",
        guards=(outside_the_department, not_one_of_them, everybody_found),
        consequence=_("交另一人决定。"), law=_("粤府〔2017〕140号 二（五）、三（三）"),
    ),
    Arrow(
        "send_back", _("退回核查"), frozenset({S.FOUND}), S.OPENED, JUDGES, part="approver", four_eyes=True,
        guards=(outside_the_department, not_one_of_them), needs_reason=True,
        consequence=_("退回提出人补充核查。"),
    ),
    Arrow(
        "decide", _("决定"), frozenset({S.FOUND}), S.DECIDED, JUDGES, part="approver", four_eyes=True,
        guards=(outside_the_department, not_one_of_them),
        consequence=_("同意处理意见；有移送的，须移送监察机关后才能办结。"),
    ),
    Arrow(
        "transfer", _("移送监察机关"), frozenset({S.DECIDED}), S.TRANSFERRED, JUDGES, part="approver", four_eyes=True,
        guards=(outside_the_department, not_one_of_them, transfer_decided),
        consequence=_("登记移送函和接收机关，等反馈。"), law=_("公职人员政务处分法"),
    ),
    Arrow(
        "close", _("办结"), frozenset({S.DECIDED, S.TRANSFERRED}), S.CLOSED, JUDGES, part="approver", four_eyes=True,
        guards=(outside_the_department, not_one_of_them, nothing_to_transfer, transfer_answered), needs_reason=True,
        consequence=_("写明处理落实情况后办结；人员调离不是办结的理由。"),
    ),
)  # fmt: skip

ACCOUNTABILITY: Machine[AccountabilityCase] = Machine(
    AccountabilityCase,
    ARROWS,
    name="accountability",
    label=_("责任追究"),
    noun=_("追责事项"),
    department_of=lambda each: each.department,
)
