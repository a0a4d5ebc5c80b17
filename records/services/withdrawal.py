"""Withdrawal: two approvers take a record that should not have been back out of every place it reached."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from disclosure import publishing
from ledger.actors import SYSTEM
from records import report
from records.models import DishonestyRecord, RecordState
from records.services import duties, remarks
from records.workflow import endings
from records.workflow.record import RECORD
from rules import codes
from rules.clock import local_day
from rules.models import Proposal


def grounds() -> list[tuple[str, str]]:
    """Return the grounds on the list today, as choices of a form."""
    return codes.choices(endings.GROUNDS)


def propose(
    *, actor: User, record: DishonestyRecord, ground: str, reason: str, version: int, now: datetime
) -> Proposal:
    """
    Propose to withdraw a record; this will wait for the second signature and lapse at its day or when the record changes.

    :param ground: a code of `grounds`
    :raises Invalid: no ground or no reason
    :raises NotAllowed: the actor filed, edited or reviewed the record
    """
    words = remarks.clean(reason)
    return RECORD.propose(
        "withdraw", record, actor=actor, now=now, reason=words, version=version, facts={"withdrawn_ground": ground}
    )


def sign(*, actor: User, proposal: Proposal, now: datetime) -> DishonestyRecord:
    """
    Sign as the second person; this will take the record out of the public site, the platform and every sanction.

    The platform must know within 3 working days (行政处罚法 art. 48); the public page keeps only day and kind of the end.

    :raises NotAllowed: the same person proposed it
    :raises Conflict: the proposal has lapsed or the record has changed since
    """

    def then(withdrawn: DishonestyRecord) -> None:
        remarks.keep(withdrawn, actor=actor, action="withdraw", text=proposal.reason, now=now)
        _undo(withdrawn, now=now)

    return RECORD.sign(
        proposal,
        actor=actor,
        now=now,
        then=then,
        withdrawn_ground=proposal.facts["withdrawn_ground"],
        withdrawn_because=proposal.reason,
        ended_on=local_day(now),
        ended_as=RecordState.WITHDRAWN.value,
        publication_waits=False,
        is_objected=False,
        objected_since=None,
    )


def withdraw_on_objection(*, record: DishonestyRecord, number: str, now: datetime) -> DishonestyRecord:
    """
    Withdraw a record inside the act that upholds the objection to it; handler and decider are the two persons.

    :param number: document number of the decision
    :raises Conflict: no upheld decision of today stands behind it, or the record has gone already
    """
    because = _("异议成立，依%s撤销") % number

    def then(withdrawn: DishonestyRecord) -> None:
        remarks.keep(withdrawn, actor=SYSTEM, action="withdraw_on_objection", text=because, now=now)
        _undo(withdrawn, now=now)

    return RECORD.perform(
        "withdraw_on_objection",
        record,
        actor=SYSTEM,
        now=now,
        then=then,
        withdrawn_ground=endings.ON_OBJECTION,
        withdrawn_because=because,
        ended_on=local_day(now),
        ended_as=RecordState.WITHDRAWN.value,
        publication_waits=False,
        is_objected=False,
        objected_since=None,
    )


def _undo(record: DishonestyRecord, *, now: datetime) -> None:
    duties.lift(record, because="withdrawn", now=now)
    duties.release(record, now=now)
    report.tell(record, op="W", now=now)
    record.save()
    if publishing.is_open(document_id=record.id):
        publishing.end(document_id=record.id, version=record.report_version, kind="withdrawn", now=now)


def decline(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse the second signature with a reason; this will leave the record as it is."""
    return RECORD.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))
