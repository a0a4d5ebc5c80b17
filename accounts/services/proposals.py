"""Answering what waits for a second person."""

from datetime import datetime

from accounts.models import AdminProposal
from accounts.services import clients, grants, moves, recoding, second_person
from accounts.services.permission import permitted
from ledger.actors import Actor


def confirm(*, actor: Actor, proposal: AdminProposal, now: datetime) -> AdminProposal:
    """Agree as the second person; this will carry the act out in the same transaction.

    :raises NotAllowed: to the one who asked or whom it is about. :raises Conflict: answered, lapsed, or overtaken.
    """
    with permitted(kind=f"accounts.confirm_{proposal.kind}", actor=actor, name="people:confirm", obj=proposal, now=now):
        row = second_person.answer(proposal, actor=actor, state=AdminProposal.State.CONFIRMED, now=now)
        _carry_out(row, now)
    return row


def decline(*, actor: Actor, proposal: AdminProposal, now: datetime) -> AdminProposal:
    """Say no, or take one's own proposal back; nothing else will change.

    :raises Conflict: where it was answered or has lapsed.
    """
    with permitted(kind=f"accounts.decline_{proposal.kind}", actor=actor, name="people:decline", obj=proposal, now=now):
        return second_person.answer(proposal, actor=actor, state=AdminProposal.State.DECLINED, now=now)


def _carry_out(row: AdminProposal, now: datetime) -> None:
    match row.kind:
        case AdminProposal.Kind.GRANT:
            grants.give(row, now=now)
        case AdminProposal.Kind.REVOKE:
            grants.take(row, now=now)
        case AdminProposal.Kind.MOVE:
            moves.carry_out(row, now=now)
        case AdminProposal.Kind.CODE:
            recoding.carry_out(row, now=now)
        case AdminProposal.Kind.CLIENT:
            clients.carry_out(row)
