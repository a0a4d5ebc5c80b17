"""The decision: somebody without any part in the record confirms or sends back the draft, and the record follows in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Invalid
from records import words
from records.models import DecisionService, NoticeMethod, Objection, ObjectionDecision, Outcome
from records.services import lightening, remarks, stopping, withdrawal
from records.services.objections import marks, telling
from records.services.repairs import overturning
from records.workflow import writing
from records.workflow.objections import clocks, outcomes
from records.workflow.objections.machine import OBJECTION
from rules import deadlines
from rules.clock import local_day
from rules.numbers import document_number

REASONS_LIMIT, NUMBER_LIMIT = 5000, 120  # characters


@dataclass(frozen=True)
class Ruling:
    """What a decision says: outcome, reasons, document number, and what is corrected."""

    outcome: str
    reasons: str
    document_number: str
    content: Mapping[str, Any]


def ruling(*, outcome: str, reasons: str, number: str, content: Mapping[str, Any]) -> Ruling:
    """
    Return a ruling with clean words and its number written the official way.

    :raises Invalid: reasons or number are missing
    """
    said = writing.required(reasons, field="reasons", label=_("决定理由"), limit=REASONS_LIMIT)
    typed = writing.required(number, field="document_number", label=_("决定书文号"), limit=NUMBER_LIMIT, lines=False)
    return Ruling(outcome, said, document_number.normalise(typed).shown, dict(content))


def decide(*, actor: User, objection: Objection, reasons: str, number: str, version: int, now: datetime) -> Objection:
    """
    Decide as drafted; this will take the mark off, change the record and tell platform and public in the same act.

    An applicant who filed online is served by it, and his period for a review starts.

    :raises NotAllowed: the actor drafted it, had a part in the record, or is tied to its subject
    :raises Conflict: the draft was sent back, or the record does not allow the outcome any more
    :raises Invalid: reasons or document number are missing
    """
    said = ruling(outcome=objection.proposed, reasons=reasons, number=number, content=objection.content)
    action = outcomes.ACTION_OF.get(objection.proposed, "dismiss")
    return OBJECTION.perform(
        action,
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=said.reasons,
        decider_id=actor.person_id,
        closed_on=local_day(now),
        then=lambda decided: conclude(
            decided, said, prepared_by=decided.handler_id, decided_by=actor, is_review=False, now=now
        ),
    )


def conclude(
    objection: Objection, said: Ruling, *, prepared_by: UUID | None, decided_by: User, is_review: bool, now: datetime
) -> None:
    """Keep the decision, take the mark off, let record and public page follow, and serve an applicant who filed online."""
    record = marks.fresh(objection)
    decision = ObjectionDecision(
        objection=objection,
        is_review=is_review,
        outcome=said.outcome,
        reasons=said.reasons,
        document_number=said.document_number,
        content=dict(said.content),
        was_public=record.public_from is not None,
        office=objection.office,
        office_name=objection.office.name_on(local_day(now)),
        prepared_by_id=prepared_by,
        decided_by_id=decided_by.person_id,
        decided_on=local_day(now),
    )
    decision.save()
    marks.close(objection, now=now)
    _follow(objection, decision, now=now)
    marks.show_again(objection, now=now)
    if not objection.is_paper:
        _serve(
            objection,
            decision,
            method=NoticeMethod.ELECTRONIC,
            received_by=objection.subject_name[:100],
            served_on=local_day(now),
            served_by=None,
            now=now,
        )
    telling.decided(objection, decision, now=now)


def _follow(objection: Objection, decision: ObjectionDecision, *, now: datetime) -> None:
    """Change the record as decided; one that others withdrew in the meantime needs nothing more."""
    record, number = marks.fresh(objection), decision.document_number
    if decision.outcome == Outcome.REVOKE and record.withdrawn_because == "":
        withdrawal.withdraw_on_objection(record=record, number=number, now=now)
    if decision.outcome == Outcome.CORRECT and objection.repair is not None:
        overturning.overturn(
            repair=objection.repair,
            number=number,
            reasons=decision.reasons,
            handled_by=words.settled(decision.prepared_by),
            decided_by=decision.decided_by,
            now=now,
        )
    elif decision.outcome == Outcome.CORRECT:
        author = words.settled(decision.prepared_by_id)
        lightening.correct_on_objection(record=record, content=decision.content, author=author, number=number, now=now)
    if decision.outcome == Outcome.STOP:
        stopping.stop_on_objection(record=record, number=number, now=now)


def query(*, actor: User, objection: Objection, reason: str, version: int, now: datetime) -> Objection:
    """
    Send the draft back with the reason; this will make the handler draft anew, within the same period.

    :raises Invalid: no reason
    """
    told = remarks.clean(reason)
    return OBJECTION.perform(
        "query_draft",
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=told,
        draft_queried=told,
        then=lambda back: remarks.note(back, actor=actor, action="query_draft", text=told, now=now),
    )


def serve(
    *,
    actor: User,
    objection: Objection,
    method: str,
    received_by: str,
    served_on: date,
    version: int,
    now: datetime,
) -> DecisionService:
    """
    Record that the decision reached an applicant who filed on paper; this will start his period for a review on that day.

    :raises Invalid: method, receiver or day is not acceptable
    :raises Conflict: it was served before
    """
    receiver = writing.required(received_by, field="received_by", label=_("签收人"), limit=100, lines=False)
    if method not in NoticeMethod.values:
        raise Invalid(_("请选择送达方式"), field="method")
    made: list[DecisionService] = []

    def then(decided: Objection) -> None:
        decision = outcomes.last_decision(decided)
        if decision is None or not decision.decided_on <= served_on <= local_day(now):
            raise Invalid(_("送达日期应在决定之日与今天之间"), field="served_on")
        made.append(
            _serve(
                decided,
                decision,
                method=method,
                received_by=receiver,
                served_on=served_on,
                served_by=actor.person_id,
                now=now,
            )
        )

    OBJECTION.perform("serve", objection, actor=actor, now=now, version=version, then=then)
    return made[0]


def _serve(
    objection: Objection,
    decision: ObjectionDecision,
    *,
    method: str,
    received_by: str,
    served_on: date,
    served_by: UUID | None,
    now: datetime,
) -> DecisionService:
    service = DecisionService(
        decision=decision, method=method, received_by=received_by, served_on=served_on, served_by_id=served_by
    )
    service.save()
    if not decision.is_review:
        deadlines.start(
            obj=objection,
            rule=clocks.APPLY_FOR_REVIEW,
            started_on=served_on,
            owner_role=deadlines.SUBJECT,
            owner_department=objection.subject_department,
            now=now,
        )
    return service
