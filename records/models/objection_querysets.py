"""Which objections a person may open; what is not named is not shown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts import scope
from ledger.covered import CoveredQuerySet

if TYPE_CHECKING:
    from accounts.models.role import RoleGrant
    from accounts.models.user import User

SPOKESPERSONS = frozenset({"head", "clerk"})
FILED = ~Q(state="draft")


def _by_grant(grant: RoleGrant, person_id: object) -> Q:
    """Return what one grant opens: own cases, those about own records, those of the region or of the own office."""
    unit = grant.department
    opened = Q(pk__in=[])
    if grant.role in SPOKESPERSONS:
        opened |= Q(subject_department_id=unit.pk, subject_official=None)
        opened |= Q(record__department_id=unit.pk) & FILED
    if grant.role == "reviewer":  # whoever reviewed the record stays out of the objection to it
        opened |= Q(record__department_id=unit.pk) & FILED & ~Q(record__reviewer_id=person_id)
    if grant.role in ("approver", "appeals"):
        opened |= Q(office__path__startswith=scope.region(unit)) & FILED
        opened |= Q(record__department__path__startswith=scope.region(unit)) & FILED
    if grant.role == "head" and unit.is_credit_lead:
        opened |= Q(office_id=unit.pk) & FILED
    return opened


class ObjectionQuerySet(CoveredQuerySet):
    """The vocabulary for picking out objections; every method chains."""

    def visible_to(self, user: User, now: datetime) -> ObjectionQuerySet:
        """
        Keep what this person may open: the subject its own from the draft on, the others what was handed in.

        The unit that keeps the record reads along, but not the one who reviewed it (security reference, access matrix).
        """
        allowed = Q(subject_official__person_id=user.person_id)
        for grant in user.grants(now):
            allowed |= _by_grant(grant, user.person_id)
        return self.filter(allowed)


class InquiryQuerySet(CoveredQuerySet):
    """The vocabulary for picking out inquiries with the providing unit."""

    def visible_to(self, user: User, now: datetime) -> InquiryQuerySet:
        """Keep those of the own unit and of the own region's office; the subject reads the answer in the decision."""
        allowed = Q(pk__in=[])
        for grant in user.grants(now):
            if grant.role in SPOKESPERSONS:
                allowed |= Q(department_id=grant.department_id)
            if grant.role in ("approver", "appeals"):
                allowed |= Q(department__path__startswith=scope.region(grant.department))
        return self.filter(allowed)
