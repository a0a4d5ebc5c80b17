"""The machine of a commitment (domain 4.1): one table, obeyed by services, shown by pages, walked by tests."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import RoleGrant
from ledger.actors import Actor
from records.models import Commitment
from records.workflow.commitments import changing, giving, keeping
from records.workflow.commitments.giving import REGISTER
from records.workflow.lazily import lazily as _
from rules.workflow import Machine

__all__ = ["COMMITMENT", "REGISTER", "answers_for"]


def answers_for(promise: Commitment, actor: Actor, held: Sequence[RoleGrant] = ()) -> bool:
    """Say whether an actor is the official who answers for the promise."""
    official = promise.responsible_official
    return actor.person_id is not None and official is not None and official.person_id == actor.person_id


COMMITMENT: Machine[Commitment] = Machine(
    Commitment,
    (*giving.ARROWS, *keeping.ARROWS, *changing.ARROWS),
    name="commitment",
    label=_("承诺"),
    noun=_("承诺"),
    department_of=lambda promise: promise.department,
    is_subject=answers_for,
)
