"""The deadlines of a repair, by the keys of their parameters (domain 2.4)."""

from __future__ import annotations

from datetime import date

from records.models import CreditRepair
from rules import deadlines
from rules.derivation import derive
from rules.workflow import Starts

CHECK = "repair.supplement_notice_days"
SUPPLEMENT = "repair.supplement_days"
FORWARD = "repair.forward_days"
DECIDE = "repair.decide_days"
EXTENSION = "repair.extension_days"
ANSWER = "repair.feedback_total_days"
SYNC = "push.repair_sync_days"


def arrived_on(repair: CreditRepair) -> date:
    """
    Return the day the application counts from: its receipt, or the day what was missing came in.

    An application that had to be completed is received when it is complete; it is sent back at most once.
    """
    day = repair.supplied_on or repair.received_on
    if day is None:
        raise ValueError("asked of an application nobody has handed in")
    return day


def decision_due_on(repair: CreditRepair) -> date:
    """Return the last day for the decision before any extension; an extension counts from there."""
    start = repair.forwarded_on or repair.opened_on
    return derive(DECIDE, start).due_on or start


def supplement_due_on(repair: CreditRepair) -> date | None:
    """
    Return the last day for what the notice named, as the running deadline has it; none where no notice was given.

    An application told before this period was counted has no deadline; its days count from the notice all the same.
    """
    held = deadlines.open_for(repair).filter(rule=SUPPLEMENT).first()
    if held is not None:
        return held.due_on
    return derive(SUPPLEMENT, repair.supplement_told_on).due_on if repair.supplement_told_on else None


CHECKED = Starts(CHECK, on=arrived_on, owner_role="appeals")
ANSWERED = Starts(ANSWER, on=arrived_on, owner_role="appeals")
SUPPLEMENTED = Starts(
    SUPPLEMENT,
    on="supplement_told_on",
    owner_role="subject",
    owner_department=lambda repair: repair.applicant_department,
)
FORWARDED = Starts(FORWARD, owner_role="appeals")
DECIDED_IN_TIME = Starts(DECIDE, on="forwarded_on", owner_role="appeals")
EXTENDED = Starts(EXTENSION, on=decision_due_on, owner_role="approver")
SYNCED_IN_TIME = Starts(SYNC, owner_role="approver")
