"""Which departments a person's grants reach: the place half of every permission.

Scope follows the tree as it stands when asked, never a copy of it, so that a moved department is within its new
superior's reach at once. What a role may do inside its reach is decided by the policy.
"""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from accounts import roles
from accounts.models.department import Department
from accounts.models.role import RoleGrant
from accounts.models.user import User


def covers(
    *, user: User, role: str, department: Department, now: datetime, grants: list[RoleGrant] | None = None
) -> bool:
    """Say whether one of the user's grants of `role` in force at `now` reaches `department`.

    This will run one query for the grants (none where `grants` are handed in) and one for a credit lead's parent.
    """
    held = user.grants(now) if grants is None else grants
    return any(reaches(grant, department) for grant in held if grant.role == role)


def reaches(grant: RoleGrant, department: Department) -> bool:
    """Say whether one grant reaches `department` in today's tree."""
    place = grant.department
    if grant.role in roles.OWN_DEPARTMENT:
        return place.pk == department.pk
    if grant.role in roles.WHOLE_TREE:
        return True
    if grant.role in roles.DESCENDANTS:
        return place.pk != department.pk and department.is_within(place)
    return department.path.startswith(region(place) if grant.role in roles.REGION else place.path)


def departments(
    *, user: User, now: datetime, roles_wanted: frozenset[str] | None = None, grants: list[RoleGrant] | None = None
) -> QuerySet[Department]:
    """Return every department the user's grants reach at `now`, only those of `roles_wanted` where given.

    This will be the empty queryset for a user without such grants.
    """
    held = user.grants(now) if grants is None else grants
    parts = [_condition(grant) for grant in held if roles_wanted is None or grant.role in roles_wanted]
    return Department.objects.filter(reduce(or_, parts)) if parts else Department.objects.none()


def own_departments(*, user: User, now: datetime) -> list[Department]:
    """Return the departments at which the user holds any role, each once."""
    return list({grant.department_id: grant.department for grant in user.grants(now)}.values())


def _condition(grant: RoleGrant) -> Q:
    place = grant.department
    if grant.role in roles.OWN_DEPARTMENT:
        return Q(pk=place.pk)
    if grant.role in roles.WHOLE_TREE:
        return Q(pk__isnull=False)
    if grant.role in roles.DESCENDANTS:
        return Q(path__startswith=place.path) & ~Q(pk=place.pk)
    return Q(path__startswith=region(place) if grant.role in roles.REGION else place.path)


def region(place: Department) -> str:
    """Return the path below which a credit lead office works: its government's; any other office reaches only itself."""
    if not place.is_credit_lead:
        return place.path
    return place.path.removesuffix(f"{place.pk}/")
