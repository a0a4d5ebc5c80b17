"""The review (复核): once, in time, by new persons of the superior office; a changed outcome takes two of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import User
from ledger import acts
from ledger.actors import SYSTEM
from records.models import Objection, Outcome
from records.services import remarks
from records.services.objections import deciding, marks
from records.workflow.objections import clocks, offices
from records.workflow.objections.machine import OBJECTION
from rules import deadlines
from rules.clock import local_day
from rules.models import Proposal, Signature


def request(*, actor: User, objection: Objection, reason: str, version: int, now: datetime) -> Objection:
    """
    Apply for a review; this will mark the record again and hand the case to the superior office.

    :raises Conflict: the period is over, the record is gone, or another objection to it is open
    :raises Invalid: no reason
    """
    told = remarks.clean(reason)

    def then(requested: Objection) -> None:
        remarks.note(requested, actor=actor, action="request_review", text=told, now=now)
        marks.set_on(requested, since=local_day(now), now=now)

    return OBJECTION.perform(
        "request_review",
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=told,
        review_reason=told,
        edition=objection.edition + 1,
        office=offices.superior(objection.office) or objection.office,
        closed_on=None,
        then=then,
    )


def end_due(*, now: datetime) -> int:
    """End every period to ask for a review whose last day has passed; this will do nothing the second time. Return how many."""
    over = deadlines.passed(Objection, clocks.APPLY_FOR_REVIEW, on=local_day(now))
    return sum(_end(objection, now=now) for objection in Objection.objects.filter(pk__in=list(over)).order_by("number"))


def _end(objection: Objection, *, now: datetime) -> bool:
    with acts.act(kind="objection.end_review_period", actor=SYSTEM, role="system", obj=objection, now=now):
        locked = OBJECTION.lock(objection)
        return deadlines.close(obj=locked, rule=clocks.APPLY_FOR_REVIEW, now=now)


def propose(
    *,
    actor: User,
    objection: Objection,
    outcome: str,
    reasons: str,
    number: str,
    content: Mapping[str, Any],
    version: int,
    now: datetime,
) -> Proposal:
    """
    Propose to grant what the first decision refused; this will wait for a second person of the superior office.

    :raises NotAllowed: the actor had a part in the record or in the first decision
    :raises Conflict: the record does not allow the outcome
    """
    said = deciding.ruling(outcome=outcome, reasons=reasons, number=number, content=content)
    facts = {"outcome": said.outcome, "document_number": said.document_number, "content": dict(said.content)}
    return OBJECTION.propose(
        "uphold_review", objection, actor=actor, now=now, reason=said.reasons, version=version, facts=facts
    )


def sign(*, actor: User, proposal: Proposal, now: datetime) -> Objection:
    """
    Sign as the second person; this will change the record as decided and take the mark off in the same act.

    :raises NotAllowed: the same person proposed it, or had a part before
    :raises Conflict: the proposal has lapsed or the case has changed since
    """
    facts = proposal.facts
    said = deciding.Ruling(facts["outcome"], proposal.reason, facts["document_number"], facts["content"])
    first = Signature.objects.get(proposal=proposal, place=0)
    return OBJECTION.sign(
        proposal,
        actor=actor,
        now=now,
        reviewed_by_id=actor.person_id,
        closed_on=local_day(now),
        then=lambda decided: _conclude(decided, said, prepared_by=first.person_id, actor=actor, now=now),
    )


def _conclude(objection: Objection, said: deciding.Ruling, *, prepared_by: Any, actor: User, now: datetime) -> None:
    deciding.conclude(objection, said, prepared_by=prepared_by, decided_by=actor, is_review=True, now=now)


def dismiss(*, actor: User, objection: Objection, reasons: str, number: str, version: int, now: datetime) -> Objection:
    """
    Let the first decision stand; this will take the mark off.

    :raises NotAllowed: the actor had a part in the record or in the first decision
    """
    said = deciding.ruling(outcome=Outcome.DISMISS, reasons=reasons, number=number, content={})
    return OBJECTION.perform(
        "dismiss_review",
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=said.reasons,
        reviewed_by_id=actor.person_id,
        closed_on=local_day(now),
        then=lambda decided: _conclude(decided, said, prepared_by=None, actor=actor, now=now),
    )
