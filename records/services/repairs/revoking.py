"""Revocation: two persons undo a repair got by a false promise or forged papers, and the record returns."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from records import words
from records.models import CreditRepair, DishonestyRecord, RecordState, RepairRevocation
from records.services import ending, remarks
from records.services.repairs import telling
from records.workflow.repairs.machine import REPAIR
from rules import calendar, codes, parameters
from rules.clock import local_day
from rules.models import Proposal

BLOCK = "repair.false_promise_block_months"
GROUNDS = "repair_revocation"


def propose(*, actor: User, repair: CreditRepair, ground: str, reason: str, version: int, now: datetime) -> Proposal:
    """
    Propose to revoke a repair; this will wait for another approver's signature.

    :param ground: a code of the list ``repair_revocation``
    :raises Invalid: no ground or no reason
    :raises Conflict: the record no longer rests on this repair
    """
    return REPAIR.propose(
        "revoke", repair, actor=actor, now=now, reason=remarks.clean(reason), version=version,
        facts={"revoked_ground": ground},
    )  # fmt: skip


def sign(*, actor: User, proposal: Proposal, now: datetime) -> CreditRepair:
    """
    Sign as the second person; this will show the record again for its remaining days, restore its sanctions, report it,
    and block new applications of the subject.

    :raises NotAllowed: the same person proposed it
    :raises Conflict: the proposal has lapsed, or record or repair changed since
    """

    def then(revoked: CreditRepair) -> None:
        record = ending.restore(record=revoked.record, now=now)
        remarks.note(revoked, actor=actor, action="revoke", text=proposal.reason, now=now)
        _write(revoked, record, actor=actor, proposal=proposal, now=now)

    return REPAIR.sign(
        proposal, actor=actor, now=now, then=then, revoked_ground=proposal.facts["revoked_ground"],
        ended_on=local_day(now),
    )  # fmt: skip


def decline(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse the second signature with a reason; this will leave the repair as it is."""
    return REPAIR.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))


def _write(
    repair: CreditRepair, record: DishonestyRecord, *, actor: User, proposal: Proposal, now: datetime
) -> RepairRevocation:
    today = local_day(now)
    again = calendar.add_months(today, int(parameters.value(BLOCK, on=today)))
    shown_until = record.public_until if record.state == RecordState.DISCLOSED else None
    first = proposal.signatures.get(place=0)
    paper = RepairRevocation(
        repair=repair,
        ground=repair.revoked_ground,
        reason=proposal.reason,
        notice=_notice(repair, proposal.reason, again, shown_until, today),
        proposed_by_id=first.person_id,
        signed_by_id=actor.person_id,
        revoked_on=today,
        may_apply_from=again,
        shown_until=shown_until,
    )
    paper.save()
    telling.tell(repair, _("修复%s已撤销，通知见案卷") % repair.decision_number, now=now)
    return paper


def _notice(repair: CreditRepair, reason: str, again: date, shown_until: date | None, today: date) -> str:
    """The new notice to the subject: what was found, what follows, until when, and what can be done against it."""
    shown = _("记录自今日起再次公示，到%s止。") % words.day(shown_until) if shown_until else _("记录恢复效力。")
    return _(
        "%(who)s：您的信用修复（%(number)s）因%(ground)s撤销。查明：%(reason)s。%(shown)s惩戒措施同时恢复。"
        "%(again)s以前不再受理修复申请。对此不服的，可以提出异议，或者依法申请行政复议、提起行政诉讼。"
    ) % {
        "who": repair.applicant_name,
        "number": repair.decision_number,
        "ground": codes.label(GROUNDS, repair.revoked_ground, today),
        "reason": reason.rstrip("。"),
        "shown": shown,
        "again": words.day(again),
    }
