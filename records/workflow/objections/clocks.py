"""The deadlines of an objection, by the keys of their parameters (domain 2.4)."""

from __future__ import annotations

from datetime import date

from records.models import DecisionService, Objection
from rules import deadlines, parameters
from rules.models import Deadline
from rules.workflow import Starts

ACCEPT = "objection.accept_days"
SUPPLEMENT = "objection.supplement_days"
PLATFORM = "objection.platform_check_days"
DECIDE = "objection.decide_days"
DECIDE_WITH_SOURCE = "objection.decide_with_source_days"
EXTENSION = "objection.extension_days"
REPLY = "objection.provider_reply_days"
APPLY_FOR_REVIEW = "objection.review_apply_days"
REVIEW = "objection.review_decide_days"

DECIDING = (DECIDE, DECIDE_WITH_SOURCE, EXTENSION, REVIEW)
"""The clocks within which a decision is owed; at most one of them runs."""
OWED = (ACCEPT, *DECIDING)
"""The clocks of the office that holds the case; when one has passed, the case goes up."""
ALL = (ACCEPT, SUPPLEMENT, PLATFORM, *DECIDING)

ACCEPTANCE = Starts(ACCEPT, owner_role="appeals")
PLATFORM_CHECK = Starts(PLATFORM, owner_role="appeals")
DECISION = Starts(DECIDE, owner_role="appeals")
ANSWER = Starts(
    SUPPLEMENT, owner_role=deadlines.SUBJECT, owner_department=lambda objection: objection.subject_department
)
REVIEW_DECISION = Starts(REVIEW, owner_role="appeals")


def running(objection: Objection) -> Deadline | None:
    """Return the open clock within which the decision is owed, paused or not."""
    held: Deadline | None = deadlines.open_for(objection).filter(rule__in=DECIDING).first()
    return held


def owed(objection: Objection) -> Deadline | None:
    """Return the open clock by which the office has to act next: on acceptance first, then on the decision."""
    held: Deadline | None = deadlines.open_for(objection).filter(rule__in=OWED).first()
    return held


def review_until(objection: Objection) -> date | None:
    """Return the last day to ask for a review, counted from the service of the decision; None before it is served."""
    held: Deadline | None = deadlines.open_for(objection).filter(rule=APPLY_FOR_REVIEW).first()
    if held is not None:
        return held.due_on
    served = DecisionService.objects.filter(decision__objection=objection, decision__is_review=False).first()
    return deadlines.derive(APPLY_FOR_REVIEW, served.served_on).due_on if served is not None else None


def with_source(*, on: date) -> bool:
    """
    Say whether asking the provider gives the longer period.

    A general default never lengthens a period that the region's own law fixes: where only the shorter period is the
    region's, it stays.
    """
    asked, plain = parameters.row(DECIDE_WITH_SOURCE, on=on), parameters.row(DECIDE, on=on)
    return asked.profile == plain.profile and asked.value > plain.value
