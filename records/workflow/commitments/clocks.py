"""The deadlines of a commitment's steps, by the keys of their parameters (domain 2.4 and 4.1)."""

from __future__ import annotations

from rules.workflow import Starts

REVIEW = "commitment.review_days"
DUE = "commitment.due"  # the day the promise itself names
VERDICT = "commitment.verdict_days"
CHANGE = "commitment.change_days"
PUBLICITY = "publicity.ogi_days"
WARNINGS = "commitment.warn_before_days"

REVIEW_BY_REVIEWER = Starts(REVIEW, owner_role="reviewer")
DUE_BY_DEPARTMENT = Starts(DUE, on="due_on", owner_role="clerk")
VERDICT_BY_LEAD = Starts(VERDICT, owner_role="approver", owner_department=lambda promise: promise.lead)
CHANGE_BY_HEAD = Starts(CHANGE, owner_role="head")
