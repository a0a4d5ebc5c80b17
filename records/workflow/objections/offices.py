"""Which credit lead office stands above another: it reviews, and takes over what was not decided in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from accounts.models import DelegatedGrant, Delegation, Department, RoleGrant, User
from rules.clock import local_day


def above(office: Department) -> Iterator[Department]:
    """Go up from an office, from one credit lead office to the next."""
    held = superior(office)
    while held is not None:
        yield held
        held = superior(held)


def officers(office: Department, *, now: datetime) -> list[User]:
    """Return the accounts of all who handle objections at exactly this office, their stand-ins included."""
    grants = RoleGrant.objects.in_force(now).filter(role="appeals", department=office)
    held = Delegation.objects.in_force(local_day(now))
    lent = DelegatedGrant.objects.filter(grant__in=grants, delegation__in=held)
    persons = Q(person__in=grants.values("person")) | Q(person__in=lent.values("delegation__delegate"))
    return [user for user in User.objects.filter(persons, is_active=True) if serves(user, office, now=now)]


def serves(user: User, office: Department, *, now: datetime) -> bool:
    """Say whether somebody handles objections at exactly this office."""
    return any(grant.role == "appeals" and grant.department_id == office.pk for grant in user.grants(now))


def superior(office: Department) -> Department | None:
    """Return the credit lead office of the next government above that has one, or None at the top of the tree."""
    government = office.parent
    above = government.parent if government is not None else None
    found = above.credit_lead() if above is not None else None
    return None if found is None or found.pk == office.pk else found
