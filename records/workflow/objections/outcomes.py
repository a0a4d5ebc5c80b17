"""What an objection may lead to: which outcome the record allows, and that two persons stand behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ledger.refusals import Conflict, Invalid, Refused
from records.models import (
    FIRST_DECISIONS,
    IN_FORCE,
    ON_RECORD,
    DishonestyRecord,
    Objection,
    ObjectionDecision,
    ObjectionState,
    Outcome,
    RecordState,
)
from records.workflow import corrections, publicity
from rules.workflow import Guard, GuardContext

STATE_OF: dict[str, str] = {
    Outcome.CORRECT: ObjectionState.UPHELD_CORRECT,
    Outcome.REVOKE: ObjectionState.UPHELD_REVOKE,
    Outcome.STOP: ObjectionState.UPHELD_STOP,
    Outcome.DISMISS: ObjectionState.DISMISSED,
}
ACTION_OF: dict[str, str] = {
    Outcome.CORRECT: "uphold_correct",
    Outcome.REVOKE: "uphold_revoke",
    Outcome.STOP: "uphold_stop",
    Outcome.DISMISS: "dismiss",
}
"""The arrow by which each outcome of the first round is decided."""


def closed_to(record: DishonestyRecord, outcome: str) -> str | None:
    """Say why the record as it stands does not allow an outcome, or None."""
    if outcome == Outcome.REVOKE and record.state not in (*ON_RECORD, RecordState.WITHDRAWN):
        return _("记录处于“%s”，不能撤销") % record.get_state_display()
    if outcome == Outcome.CORRECT and record.state not in IN_FORCE:
        return _("记录处于“%s”，不再使用，不能更正；确有错误的请作撤销") % record.get_state_display()
    if outcome == Outcome.STOP and not publicity.is_shown_or_suspended(record):
        return _("记录没有在公示，不能停止公示")
    return None


def acceptable(objection: Objection, outcome: str, content: Mapping[str, Any]) -> Refused | None:
    """
    Say why an outcome with this content may not be proposed or decided: impossible, empty, heavier or not clean.

    An upheld objection to the result of a repair corrects that result; then no words of the record need to change.
    """
    record = objection.record
    if outcome not in Outcome.values:
        return Invalid(_("请选择处理意见"), field="outcome")
    if why := closed_to(record, outcome):
        return Conflict(why, field="outcome")
    if outcome != Outcome.CORRECT or (objection.repair_id is not None and not content):
        return None
    if not content:
        return Invalid(_("没有改动任何内容：请写明更正成什么"), field="facts")
    if worse := corrections.heavier(record, content):
        return Invalid(worse[1], field=worse[0])
    return publicity.unclean(record, content)


def drafted(ctx: GuardContext) -> Refused | None:
    """Ask for an outcome that the record allows, with content that is clean and no heavier."""
    if ctx.offering:
        return None
    return acceptable(ctx.obj, str(ctx.changes.get("proposed", "")), ctx.changes.get("content", {}))


def as_drafted(outcome: str) -> Guard:
    """Return the guard that lets the decider confirm the handler's draft only: so two persons stand behind it."""

    def guard(ctx: GuardContext) -> Refused | str | None:
        objection: Objection = ctx.obj
        if objection.proposed != outcome:
            return _("处理人的拟处理意见是“%s”；不同意的，写明理由退回重拟") % objection.get_proposed_display()
        return acceptable(objection, outcome, objection.content)

    return guard


def last_decision(objection: Objection) -> ObjectionDecision | None:
    """Return the decision that holds: that of the review where there was one."""
    return objection.decisions.order_by("-is_review").first()


def something_left(ctx: GuardContext) -> str | None:
    """Review only what has been decided in part or not at all: a withdrawn record leaves nothing to ask for."""
    if ctx.obj.record.state in ON_RECORD:
        return None
    return _("记录处于“%s”，没有可以复核的内容") % ctx.obj.record.get_state_display()


def reviewable(ctx: GuardContext) -> Refused | None:
    """Ask of a proposed review decision what is asked of a first one; it must grant something."""
    if "outcome" not in ctx.changes:
        return None
    outcome = str(ctx.changes["outcome"])
    if outcome == Outcome.DISMISS:
        return Invalid(_("维持原决定的，请作“复核不成立”"), field="outcome")
    return acceptable(ctx.obj, outcome, ctx.changes.get("content", {}))


def unserved(ctx: GuardContext) -> str | None:
    """Serve a decision once."""
    decision = last_decision(ctx.obj)
    return _("决定已经送达") if decision is not None and hasattr(decision, "service") else None


def notice_owed(ctx: GuardContext) -> str | None:
    """Publish a correction notice once, for an objection that was upheld on a record the public had read."""
    decision = last_decision(ctx.obj)
    if decision is None or decision.outcome == Outcome.DISMISS:
        return _("异议没有成立，没有更正公告")
    if not decision.was_public:
        return _("记录没有公示过，无须公告")
    return _("更正公告已经公布") if hasattr(decision, "notice") else None


DECIDED = frozenset({*FIRST_DECISIONS, ObjectionState.REVIEW_UPHELD, ObjectionState.REVIEW_DISMISSED})
