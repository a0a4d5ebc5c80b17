"""Looking into it: the platform check, questions to the providing unit, expert time, the draft, extension and escalation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from ledger.refusals import Invalid
from records import words
from records.models import Objection, ObjectionState, ProviderInquiry
from records.services import remarks
from records.services.objections import timing
from records.workflow import writing
from records.workflow.objections import clocks
from records.workflow.objections.inquiry import INQUIRY, REPLY
from records.workflow.objections.machine import OBJECTION
from rules import deadlines, parameters
from rules.clock import local_day

TEXT_LIMIT = 5000  # characters
EXCLUDES_EXPERT_TIME = "objection.exclude_expert_time"


def check_platform(*, actor: User, objection: Objection, result: str, version: int, now: datetime) -> Objection:
    """
    Note what the comparison with source document and platform showed; this will close the period for the check.

    :raises Invalid: no result is written
    """
    told = remarks.clean(result)
    return OBJECTION.perform(
        "check_platform",
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=told,
        then=lambda checked: remarks.note(checked, actor=actor, action="check_platform", text=told, now=now),
    )


def ask_provider(*, actor: User, objection: Objection, question: str, version: int, now: datetime) -> ProviderInquiry:
    """
    Ask the unit that keeps the record; this will start its period to answer, and the longer one to decide where the law has it.

    :raises Conflict: a question is open already
    """
    asked = writing.required(question, field="question", label=_("要核实的问题"), limit=TEXT_LIMIT)
    made: list[ProviderInquiry] = []

    def then(locked: Objection) -> None:
        inquiry = ProviderInquiry(
            objection=locked,
            department=locked.record.department,
            question=asked,
            asked_by_id=actor.person_id,
            asked_on=local_day(now),
        )
        inquiry.save()
        deadlines.start(
            obj=inquiry,
            rule=REPLY.rule,
            started_on=local_day(now),
            owner_role=REPLY.owner_role,
            owner_department=inquiry.department,
            now=now,
        )
        _take_longer(locked, now=now)
        made.append(inquiry)

    OBJECTION.perform("ask_provider", objection, actor=actor, now=now, version=version, then=then)
    return made[0]


def _take_longer(objection: Objection, *, now: datetime) -> None:
    """Change to the period with the source, counted from the same day (河南省社会信用条例 art. 41: 3, else 7)."""
    held = clocks.running(objection)
    if held is None or held.rule != clocks.DECIDE or not clocks.with_source(on=held.started_on):
        return
    pauses = list(held.suspensions.all())
    deadlines.close(obj=objection, rule=clocks.DECIDE, now=now)
    deadlines.start(
        obj=objection,
        rule=clocks.DECIDE_WITH_SOURCE,
        started_on=held.started_on,
        owner_role=held.owner_role,
        owner_department=held.owner_department,
        now=now,
    )
    for each in pauses:
        deadlines.suspend(
            obj=objection, rule=clocks.DECIDE_WITH_SOURCE, from_on=each.from_on, to_on=each.to_on, reason=each.reason
        )


def answer(*, actor: User, inquiry: ProviderInquiry, text: str, version: int, now: datetime) -> ProviderInquiry:
    """
    Answer for the providing unit; this will show the answer to the handler.

    :raises Conflict: it was answered before, or the objection is closed
    :raises NotAllowed: the actor serves another unit, or handles the objection himself
    """
    said = writing.required(text, field="text", label=_("回复"), limit=TEXT_LIMIT)

    def then(answered: ProviderInquiry) -> None:
        objection = answered.objection
        if objection.state in OBJECTION.arrows["take_reply"].sources:
            OBJECTION.perform("take_reply", objection, actor=SYSTEM, now=now)

    return INQUIRY.perform(
        "answer",
        inquiry,
        actor=actor,
        now=now,
        version=version,
        answer=said,
        answered_by_id=actor.person_id,
        answered_on=local_day(now),
        then=then,
    )


def pause(*, actor: User, objection: Objection, reason: str, version: int, now: datetime) -> Objection:
    """
    Stop the clock for a test or for experts from today on; the mark stays.

    :raises Invalid: no reason
    """
    told = remarks.clean(reason)

    def then(paused: Objection) -> None:
        remarks.note(paused, actor=actor, action="pause", text=told, now=now)
        held = clocks.running(paused)
        if held is not None and parameters.value(EXCLUDES_EXPERT_TIME, on=local_day(now)):
            deadlines.suspend(obj=paused, rule=held.rule, from_on=local_day(now), reason=told[:200])

    return OBJECTION.perform("pause", objection, actor=actor, now=now, version=version, reason=told, then=then)


def resume(
    *, actor: User, objection: Objection, received_on: date, conclusion: str, version: int, now: datetime
) -> Objection:
    """
    Let the clock run again; this will move the last day by the working days the experts took.

    :param received_on: the day the conclusion came in, the last one that does not count
    :raises Invalid: the day lies in the future or before the pause
    """
    told = writing.required(conclusion, field="conclusion", label=_("结论"), limit=remarks.LIMIT)
    if received_on > local_day(now):
        raise Invalid(_("收到结论的日期不能晚于今天"), field="received_on")

    def then(resumed: Objection) -> None:
        remarks.note(resumed, actor=actor, action="resume", text=told, now=now)
        held = clocks.running(resumed)
        pause = held.suspensions.filter(to_on=None).first() if held is not None else None
        if held is None or pause is None:
            return
        if received_on < pause.from_on:
            raise Invalid(_("收到结论的日期不能早于送检之日（%s）") % words.day(pause.from_on), field="received_on")
        deadlines.resume(obj=resumed, rule=held.rule, to_on=received_on)

    return OBJECTION.perform("resume", objection, actor=actor, now=now, version=version, reason=told, then=then)


def draft(
    *,
    actor: User,
    objection: Objection,
    findings: str,
    outcome: str,
    content: Mapping[str, Any],
    version: int,
    now: datetime,
) -> Objection:
    """
    Propose what to decide, or propose it anew where the decider sent it back; somebody else decides.

    Where the office has nobody else who may, the draft goes to the superior office in the same act.

    :param content: the columns of the record a correction would change, see `proposing.content`
    :raises Invalid: findings are missing, nothing is corrected, or the record would become heavier
    :raises Conflict: the record does not allow the outcome
    """
    found = writing.required(findings, field="findings", label=_("核查情况和意见"), limit=TEXT_LIMIT)
    action = "redraft" if objection.state == ObjectionState.DECISION_DRAFT else "draft"
    return OBJECTION.perform(
        action,
        objection,
        actor=actor,
        now=now,
        version=version,
        handler_id=actor.person_id,
        findings=found,
        proposed=outcome,
        content=dict(content),
        draft_queried="",
        then=lambda drafted: timing.hand_up(drafted, now=now),
    )
