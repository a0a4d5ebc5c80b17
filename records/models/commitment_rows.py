"""Which commitments a person may open: lists and pages start here, so that what is not named is not shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from ledger.covered import CoveredQuerySet

if TYPE_CHECKING:
    from accounts.models.role import RoleGrant
    from accounts.models.user import User

OWN = frozenset({"clerk", "reviewer", "head"})
NOT_GIVEN = ("draft", "pending_review", "returned", "cancelled")


def _by_grant(grant: RoleGrant) -> Q:
    """Return what one grant opens: the own department's, the region's, or the given promises of those below."""
    unit = grant.department
    if grant.role in OWN:
        return Q(department_id=unit.pk)
    if grant.role == "approver":
        return Q(department__path__startswith=unit.parent.path if unit.parent else unit.path)
    if grant.role == "supervisor":
        below = Q(department__path__startswith=unit.path) & ~Q(department_id=unit.pk)
        return below & ~Q(state__in=NOT_GIVEN)
    return Q(pk__in=[])


class CommitmentQuerySet(CoveredQuerySet):
    """The vocabulary for picking out commitments; every method chains."""

    def visible_to(self, user: User, now: datetime) -> CommitmentQuerySet:
        """
        Keep what this person may open on the staff site.

        Drafts are for the own department and the credit lead office of the region; supervisors see what was given by
        those below; the official who answers for a promise sees it once it is given.
        """
        allowed = Q(responsible_official__person_id=user.person_id) & ~Q(state__in=NOT_GIVEN)
        for grant in user.grants(now):
            allowed |= _by_grant(grant)
        return self.filter(allowed)

    def due_between(self, first: date, last: date) -> CommitmentQuerySet:
        """Keep the promises whose due date lies in the period, both days included."""
        return self.filter(due_on__gte=first, due_on__lte=last)

    def with_names(self) -> CommitmentQuerySet:
        """Load what every row of a list prints."""
        return self.select_related("department", "lead", "responsible_official__person", "filer", "reviewer")


class PartQuerySet(CoveredQuerySet):
    """The vocabulary for picking out milestones and payments; every method chains."""

    def visible_to(self, user: User, now: datetime) -> PartQuerySet:
        """Keep what belongs to the promises this person may open."""
        promises = self.model._meta.get_field("commitment").related_model
        return self.filter(commitment__in=promises._default_manager.visible_to(user, now))
