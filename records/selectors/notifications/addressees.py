"""Who is told: the holders of a role whose grant reaches a department, their stand-ins included; one account a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts import scope
from accounts.models import DelegatedGrant, Department, RoleGrant, User
from rules.clock import local_day
from rules.models import Deadline


def holding(role: str, department: Department, *, now: datetime) -> list[User]:
    """Return the accounts of everybody who may act in a role on a department today."""
    grants = [
        grant
        for grant in RoleGrant.objects.in_force(now).filter(role=role).select_related("department")
        if scope.reaches(grant, department)
    ]
    return _accounts(grants, now)


def holders(deadline: Deadline, *, now: datetime) -> list[User]:
    """Return who has to act before a deadline; nobody where it names no role of an office."""
    if deadline.owner_department is None or not deadline.owner_role:
        return []
    return holding(deadline.owner_role, deadline.owner_department, now=now)


def heads(department: Department | None, *, now: datetime) -> list[User]:
    """Return the heads of one department."""
    return holding("head", department, now=now) if department is not None else []


def superiors(department: Department, *, now: datetime) -> list[User]:
    """Return the heads of the superior department and the supervisors over this one; else the credit lead office."""
    found = [*heads(department.parent, now=now), *holding("supervisor", department, now=now)]
    return _unique(found or holding("approver", department, now=now))


def _accounts(grants: list[RoleGrant], now: datetime) -> list[User]:
    if not grants:
        return []
    own = {grant.person_id for grant in grants}
    lent = DelegatedGrant.objects.filter(grant__in=[grant.pk for grant in grants]).select_related("delegation")
    standing_in = {each.delegation.delegate_id for each in lent if each.delegation.holds_on(local_day(now))}
    rows = User.objects.filter(is_active=True, person_id__in=own | standing_in).select_related("person")
    return _unique(sorted(rows, key=lambda user: (user.person_id not in own, user.username)))


def _unique(users: Iterable[User]) -> list[User]:
    return list({user.person_id: user for user in users}.values())
