"""Verification by two persons: the handler proposes what was found, another signs it (domain 4.5)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Invalid
from records.models import Complaint, ComplaintOutcome
from records.services import attachments, remarks
from records.services.complaints import telling
from records.services.complaints.handling import EVIDENCE
from records.services.complaints.sharing import share
from records.workflow.complaints import competence
from records.workflow.complaints.machine import COMPLAINT
from rules.clock import local_day
from rules.models import Proposal
from rules.workflow import hands

ACTIONS = {outcome.value: f"verify_{outcome.value}" for outcome in ComplaintOutcome}


def propose(*, actor: User, complaint: Complaint, outcome: str, reason: str, version: int, now: datetime) -> Proposal:
    """
    Propose what the investigation found; this will wait for the reviewer and lapse when the findings change.

    :param outcome: true, partial or false
    :raises Invalid: no outcome, no reason, or nothing that proves it
    :raises NotAllowed: the actor does not handle this case
    """
    if outcome not in ACTIONS:
        raise Invalid(_("请选择核查结论"), field="outcome")
    if not attachments.held(complaint, EVIDENCE).exists():
        raise Invalid(_("请先上传核查证据"), field="outcome")
    text = remarks.clean(reason)
    return COMPLAINT.propose(
        ACTIONS[outcome], complaint, actor=actor, now=now, reason=text, version=version, facts={"outcome": outcome}
    )


def sign(*, actor: User, proposal: Proposal, now: datetime) -> Complaint:
    """
    Sign as the reviewer; this will fix the outcome, and open a true one to the superior who orders what must be done.

    :raises NotAllowed: the actor has handled the case, or serves the department complained about
    :raises Conflict: the findings changed since, or the proposal has lapsed
    """

    def then(verified: Complaint) -> None:
        hands.lay(actor=actor, obj=verified, part=hands.REVIEWER, noun=COMPLAINT.noun, now=now)
        if verified.outcome != ComplaintOutcome.FALSE:
            above = competence.superior(verified.object_department, now=now) or verified.department
            share(verified, ("supervisor",), above, now=now)

    outcome = str(proposal.facts["outcome"])
    return COMPLAINT.sign(
        proposal,
        actor=actor,
        now=now,
        then=telling.noted(actor=actor, action=proposal.action, text=proposal.reason, now=now, then=then),
        outcome=outcome,
        reviewer_id=actor.person_id,
        verified_on=local_day(now),
    )


def decline(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse to sign with a reason; this will leave the case with its handler."""
    return COMPLAINT.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))
