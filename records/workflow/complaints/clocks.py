"""The clocks of a complaint: which rule runs depends on the channel it came by and on what it is about (domain 2.4)."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import Department
from records.models import Complaint, ComplaintKind
from rules import deadlines
from rules.clock import local_day

REGISTER = "complaint.register_days"
ACCEPT_OWN, ACCEPT_PETITION = "complaint.accept_own_channel_days", "complaint.accept_days"
TRANSFER_DEFAULT, TRANSFER_SME = "complaint.default_transfer_days", "complaint.sme_transfer_days"
FINISH, EXTENDED = "complaint.finish_days", "complaint.extend_days"
SIMPLE = "complaint.simple_finish_days"
SME_RESULT, SME_LONGEST = "complaint.sme_result_days", "complaint.sme_result_max_days"
CLOSING = "complaint.close_days"

ACCEPTANCE = (REGISTER, ACCEPT_OWN, ACCEPT_PETITION)
TRANSFERS = (TRANSFER_SME, TRANSFER_DEFAULT)
RESULT = (SME_RESULT, SME_LONGEST, SIMPLE, FINISH, EXTENDED)
ALL = (*ACCEPTANCE, *TRANSFERS, *RESULT, CLOSING)

PETITION = "PETITION"


def received(complaint: Complaint, *, now: datetime) -> None:
    """Start the clocks of the day it came: registration, and the answer whether it is taken up."""
    _start(complaint, REGISTER, complaint.received_on, "approver", complaint.department, now)
    _start(complaint, accept_rule(complaint), complaint.received_on, "approver", complaint.department, now)


def accept_rule(complaint: Complaint) -> str:
    """Say which rule gives the day by which the reporter is told: 信访工作条例 for petitions, the portal's own else."""
    return ACCEPT_PETITION if complaint.channel == PETITION else ACCEPT_OWN


def accepted(complaint: Complaint, *, now: datetime) -> None:
    """Start the clocks of acceptance: the handing over, where the law names a term for it, and the result."""
    today = local_day(now)
    if rule := transfer_rule(complaint):
        _start(complaint, rule, today, "approver", lead_of(complaint), now)
    if complaint.kind != ComplaintKind.SME_PAYMENT:
        _start(complaint, finish_rule(complaint), today, "handler", complaint.department, now)


def finish_rule(complaint: Complaint) -> str:
    """Say which rule gives the day by which a complaint is settled: the short term for a simple one (简易事项)."""
    return SIMPLE if complaint.is_simple else FINISH


def may_be_simple(*, kind: str, channel: str) -> bool:
    """Say whether a complaint can be simple: payments and petitions have their terms by law, whatever they ask."""
    return kind != ComplaintKind.SME_PAYMENT and channel != PETITION


def made_ordinary(complaint: Complaint, *, now: datetime) -> None:
    """Put the ordinary term in the place of the short one; it counts from acceptance, so that the detour gains no time."""
    deadlines.close(obj=complaint, rule=SIMPLE, now=now)
    _start(complaint, FINISH, complaint.accepted_on or local_day(now), "handler", complaint.department, now)


def transfer_rule(complaint: Complaint) -> str:
    """Say which rule gives the day by which a complaint is handed over; empty where none does."""
    rules: dict[str, str] = {ComplaintKind.SME_PAYMENT: TRANSFER_SME, ComplaintKind.GENERAL: TRANSFER_DEFAULT}
    return rules.get(complaint.kind, "")


def lead_of(complaint: Complaint) -> Department:
    """Return the office that screened the complaint; before that the one it lies with."""
    return complaint.lead or complaint.department


def given(complaint: Complaint, *, now: datetime) -> None:
    """
    Start the result's clock for whoever investigates from today.

    A payment complaint counts from the day it reached him (保障中小企业款项支付条例 art. 25), any other from acceptance,
    so that handing over gains no time.
    """
    owner, today = complaint.department, local_day(now)
    if complaint.kind == ComplaintKind.SME_PAYMENT:
        held = deadlines.open_for(complaint).filter(rule=SME_RESULT).first()
        for rule in (SIMPLE, FINISH):  # it was accepted as something else
            deadlines.close(obj=complaint, rule=rule, now=now)
        _start(complaint, SME_RESULT, held.started_on if held else today, "handler", owner, now)
        return
    _start(complaint, finish_rule(complaint), complaint.accepted_on or today, "handler", owner, now)


def extended(complaint: Complaint, *, now: datetime) -> None:
    """Replace the result's clock by the longer one: 90 days in all for payments, 30 days more for the rest."""
    for rule, longer in ((SME_RESULT, SME_LONGEST), (FINISH, EXTENDED)):
        held = deadlines.open_for(complaint).filter(rule=rule).first()
        if held is not None and held.due_on is not None:
            since = held.started_on if rule == SME_RESULT else held.due_on
            deadlines.close(obj=complaint, rule=rule, now=now)
            _start(complaint, longer, since, "handler", complaint.department, now)


def answered(complaint: Complaint, *, now: datetime) -> None:
    """Start the days in which the reporter may rate the answer."""
    _start(complaint, CLOSING, local_day(now), "", lead_of(complaint), now)


def stop(complaint: Complaint, *, now: datetime) -> None:
    """Stop every clock of a complaint that has come to its end."""
    for rule in ALL:
        deadlines.close(obj=complaint, rule=rule, now=now)


def _start(complaint: Complaint, rule: str, day: date, role: str, owner: Department, now: datetime) -> None:
    deadlines.start(obj=complaint, rule=rule, started_on=day, owner_role=role, owner_department=owner, now=now)
