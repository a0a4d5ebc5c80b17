"""Whose duties a person may open: those of the own unit, of the units below, of the region, and those about oneself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from ledger.covered import CoveredQuerySet

if TYPE_CHECKING:
    from accounts.models.role import RoleGrant
    from accounts.models.user import User

OWN_ROLES = frozenset({"clerk", "reviewer", "head"})


def by_grant(grant: RoleGrant, *, path: str = "department") -> Q:
    """Return what one grant opens among cases whose unit stands at `path`."""
    unit = grant.department
    if grant.role in OWN_ROLES:
        return Q(**{f"{path}_id": unit.pk})
    if grant.role == "approver":
        region = unit.path.removesuffix(f"{unit.pk}/") if unit.is_credit_lead else unit.path
        return Q(**{f"{path}__path__startswith": region})
    if grant.role == "supervisor":
        return Q(**{f"{path}__path__startswith": unit.path}) & ~Q(**{f"{path}_id": unit.pk})
    return Q(pk__in=[])


class DutyQuerySet(CoveredQuerySet):
    """The vocabulary of everything a unit owes."""

    def visible_to(self, user: User, now: datetime) -> DutyQuerySet:
        """Keep the own unit's, for supervisors those of the units below, for the credit lead office its region's."""
        allowed = Q(pk__in=[])
        for grant in user.grants(now):
            allowed |= by_grant(grant)
        return self.filter(allowed)


class ClaimQuerySet(CoveredQuerySet):
    """The vocabulary of claims, which the recorded person himself may file and follow."""

    def visible_to(self, user: User, now: datetime) -> ClaimQuerySet:
        """Keep one's own, those of the unit recorded, of the units below and of the region; a person's own stay his own."""
        allowed = Q(record__subject_official__person_id=user.person_id) | Q(claimant_id=user.person_id)
        for grant in user.grants(now):
            own_unit_only = Q(record__is_person=False) if grant.role in OWN_ROLES else Q()
            allowed |= by_grant(grant) & own_unit_only
        return self.filter(allowed)
