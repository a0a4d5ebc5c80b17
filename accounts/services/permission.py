"""How every act of this room begins: the policy is asked, and a refusal is left in the log by the act itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from accounts import behalf, policy
from accounts.access import Verdict
from accounts.models import Department, User
from ledger.actors import SYSTEM, Actor
from ledger.acts import Act, act
from ledger.refusals import NotAllowed


@contextmanager
def permitted(
    *,
    kind: str,
    actor: Actor,
    name: str,
    now: datetime,
    obj: Model | None = None,
    department: Department | None = None,
    subject_person_id: UUID | None = None,
    reason: str = "",
) -> Iterator[Act]:
    """Open the act `kind` in the role under which the policy lets `actor` use `name`.

    This will write a refused entry and nothing else where the policy says no.

    :raises NotAllowed: with the policy's reason.
    """
    verdict = _verdict(actor, name, now, department, subject_person_id)
    with act(kind=kind, actor=actor, role=verdict.role, obj=obj, now=now, reason=reason) as opened:
        if not verdict.allowed:
            raise NotAllowed(verdict.reason)
        behalf.name(verdict.behalf)
        yield opened


def insist(
    *,
    actor: Actor,
    name: str,
    now: datetime,
    obj: Model | None = None,
    department: Department | None = None,
    subject_person_id: UUID | None = None,
) -> None:
    """Return where the policy lets `actor` open `name`; this will write nothing then, and a refused entry otherwise.

    :raises NotAllowed: with the policy's reason.
    """
    if not _verdict(actor, name, now, department, subject_person_id).allowed:
        with permitted(
            kind=f"open.{name}",
            actor=actor,
            name=name,
            now=now,
            obj=obj,
            department=department,
            subject_person_id=subject_person_id,
        ):
            pass


def _verdict(
    actor: Actor, name: str, now: datetime, department: Department | None, subject_person_id: UUID | None
) -> Verdict:
    if actor is SYSTEM:
        return Verdict(True, "", "", "system")
    user = actor if isinstance(actor, User) else None
    return policy.allows(user=user, name=name, now=now, department=department, subject_person_id=subject_person_id)
