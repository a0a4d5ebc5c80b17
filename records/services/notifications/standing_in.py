"""Delegations with the notices they give rise to, in one act: to the one who stands in, and to whoever has to confirm."""

from __future__ import annotations

from datetime import date, datetime

from accounts import wording
from accounts.models import Delegation, Department, Person, RoleGrant, User
from accounts.services import delegating
from records.selectors.notifications import addressees
from records.services.notifications.occasions import tell


def make(
    *,
    actor: User,
    delegate: Person,
    grants: list[RoleGrant],
    starts_on: date,
    ends_on: date,
    reason: str,
    now: datetime,
) -> Delegation:
    """Lend grants as ``delegating.make`` does; this will tell the heads who may confirm it."""

    def then(made: Delegation) -> None:
        words = {"grantor": actor.person.name, "delegate": delegate.name}
        tell("delegation.asked", persons=_confirmers(made, now), words=words, now=now)

    return delegating.make(
        actor=actor, delegate=delegate, grants=grants, starts_on=starts_on, ends_on=ends_on, reason=reason, now=now,
        then=then,
    )  # fmt: skip


def confirm(*, actor: User, delegation: Delegation, now: datetime) -> Delegation:
    """Confirm as ``delegating.confirm`` does; this will tell both sides."""

    def then(held: Delegation) -> None:
        words = {
            "grantor": held.grantor.name, "delegate": held.delegate.name, "from": wording.day(held.starts_on),
            "to": wording.day(held.ends_on),
        }  # fmt: skip
        tell("delegation.confirmed", persons=[held.grantor, held.delegate], words=words, now=now)

    return delegating.confirm(actor=actor, delegation=delegation, now=now, then=then)


def end(*, actor: User, delegation: Delegation, now: datetime) -> Delegation:
    """End as ``delegating.end`` does; this will tell the side that did not."""

    def then(held: Delegation) -> None:
        others = [person for person in (held.grantor, held.delegate) if person.pk != actor.person_id]
        words = {"grantor": held.grantor.name, "delegate": held.delegate.name}
        tell("delegation.ended", persons=others, words=words, now=now)

    return delegating.end(actor=actor, delegation=delegation, now=now, then=then)


def _confirmers(delegation: Delegation, now: datetime) -> list[Person]:
    """The heads of the departments whose grants are lent, else the security administrators."""
    places = Department.objects.filter(role_grants__lent__delegation=delegation).distinct()
    sides = (delegation.grantor_id, delegation.delegate_id)
    found = [user for place in places for user in addressees.heads(place, now=now) if user.person_id not in sides]
    if not found:
        found = [user for place in places for user in addressees.holding("secadmin", place, now=now)]
    return [user.person for user in found]
