"""The deadlines of a record's steps, by the keys of their parameters (domain 2.4)."""

from __future__ import annotations

from rules.workflow import Starts

REVIEW = "record.review_days"
HEARING = "record.prior_notice_days"
REPORTING = "push.record_create_days"

REVIEW_BY_REVIEWER = Starts(REVIEW, owner_role="reviewer")
REVIEW_BY_APPROVER = Starts(REVIEW, owner_role="approver", owner_department=lambda record: record.lead)
