"""Delegations with the notices they give rise to: to the one who stands in, and to whoever has to confirm."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import Delegation, Department, Person, RoleGrant, User
from accounts.services import delegating
from records.selectors.notifications import addressees
from records.services.notifications.sending import notify


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
    made = delegating.make(
        actor=actor, delegate=delegate, grants=grants, starts_on=starts_on, ends_on=ends_on, reason=reason, now=now
    )
    told = {"grantor": actor.person.name, "delegate": delegate.name}
    text = _("%(grantor)s提出委托%(delegate)s代办，等您确认") % told
    notify(to=_confirmers(made, now), kind="delegation", obj=None, text=text, now=now)
    return made


def confirm(*, actor: User, delegation: Delegation, now: datetime) -> Delegation:
    """Confirm as ``delegating.confirm`` does; this will tell both sides."""
    held = delegating.confirm(actor=actor, delegation=delegation, now=now)
    told = {
        "grantor": held.grantor.name, "delegate": held.delegate.name, "from": wording.day(held.starts_on),
        "to": wording.day(held.ends_on),
    }  # fmt: skip
    text = _("委托已确认：%(from)s至%(to)s，%(delegate)s代%(grantor)s办理") % told
    notify(to=[held.grantor, held.delegate], kind="delegation", obj=None, text=text, now=now)
    return held


def end(*, actor: User, delegation: Delegation, now: datetime) -> Delegation:
    """End as ``delegating.end`` does; this will tell the side that did not."""
    held = delegating.end(actor=actor, delegation=delegation, now=now)
    others = [person for person in (held.grantor, held.delegate) if person.pk != actor.person_id]
    told = {"grantor": held.grantor.name, "delegate": held.delegate.name}
    text = _("委托已终止：%(delegate)s不再代%(grantor)s办理") % told
    notify(to=others, kind="delegation", obj=None, text=text, now=now)
    return held


def _confirmers(delegation: Delegation, now: datetime) -> list[Person]:
    """The heads of the departments whose grants are lent, else the security administrators."""
    places = Department.objects.filter(role_grants__lent__delegation=delegation).distinct()
    sides = (delegation.grantor_id, delegation.delegate_id)
    found = [user for place in places for user in addressees.heads(place, now=now) if user.person_id not in sides]
    if not found:
        found = [user for place in places for user in addressees.holding("secadmin", place, now=now)]
    return [user.person for user in found]
