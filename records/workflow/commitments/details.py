"""Who may write the details of a commitment, and when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ledger.actors import Actor
from ledger.refusals import Conflict, NotAllowed, Refused
from records.models import GIVEN, Commitment, CommitmentState
from records.workflow.commitments import payments
from records.workflow.lazily import lazily
from rules.workflow import Arrow, hands, standing
from rules.workflow.standing import Standing

S = CommitmentState
NOUN = lazily("承诺")
WRITE = Arrow(
    "write_details",
    lazily("填写专项信息"),
    frozenset({S.DRAFT, S.RETURNED, S.ACTIVE, S.OVERDUE}),
    None,
    ("clerk",),
    part=hands.EDITOR,
    four_eyes=True,
)
"""
No arrow of the machine: the promise itself does not change, and what is claimed or under review is not touched.
The hand closes the later judging to whoever wrote what is judged.
"""


def stands(commitment: Commitment, *, actor: Actor, now: datetime) -> Standing:
    """This will say where a person stands towards a commitment whose details he would write."""
    return standing.of(
        actor=actor, obj=commitment, department=commitment.department, subject_person_id=None, is_subject=None,
        noun=str(NOUN), now=now,
    )  # fmt: skip


def refusal(commitment: Commitment, *, actor: Actor, now: datetime) -> Refused | None:
    """
    This will say why the actor may not write the details now, or None.

    A promise that is claimed, judged or under change is closed but for the payments it still owes: see ``paying_forms``.
    """
    where = stands(commitment, actor=actor, now=now)
    role = where.role_for(WRITE.roles, now)
    lender = where.lender(role, now)
    why = where.no_role(WRITE.roles) if role is None else _closed(where) or (_closed(lender) if lender else None)
    if why:
        return NotAllowed(why)
    if commitment.state not in WRITE.sources:
        words = {"state": commitment.get_state_display()}
        return Conflict(_("“%(state)s”的承诺不能改专项信息") % words)
    return None


def paying_forms(commitment: Commitment) -> frozenset[str]:
    """This will name the forms of a closed promise in which a payment is still to be recorded, and nothing else."""
    if commitment.state in WRITE.sources or commitment.state not in GIVEN:
        return frozenset()
    return frozenset(payments.owed(commitment).values_list("form", flat=True))


def _closed(where: Standing) -> str | None:
    """Whoever judged this promise writes nothing into it; whoever filed or edited it may go on."""
    judged = [hand for hand in where.hands if hand.part not in hands.AUTHORS]
    return where.tie or hands.refusal(
        judged, person_id=where.actor.person_id, part=hands.EDITOR, act=str(WRITE.label), noun=str(NOUN)
    )
