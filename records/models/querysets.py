"""Which records a person may open: lists and pages start here, so that what is not named is not shown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.roles import OWN_DEPARTMENT, REGION
from ledger.covered import CoveredQuerySet

if TYPE_CHECKING:
    from accounts.models.role import RoleGrant
    from accounts.models.user import User

CASE_ROLES = frozenset({"clerk", "reviewer", "head"}) & OWN_DEPARTMENT
DRAFT_READERS = frozenset({"approver"}) & REGION
SUBJECT_ROLES = frozenset({"clerk", "reviewer", "head"})
SERVED = ("notified", "pending_approval", "effective", "disclosed", "repaired", "expired", "withdrawn", "archived")
DECIDED = ("effective", "disclosed", "repaired", "expired", "withdrawn", "archived")


def _by_grant(grant: RoleGrant) -> Q:
    """Return what one grant opens: own drafts, the region's, or the decided records of those below."""
    unit = grant.department
    if grant.role in CASE_ROLES:
        served_to_unit = Q(subject_department_id=unit.pk, is_person=False, state__in=SERVED)
        return Q(department_id=unit.pk) | served_to_unit
    region = unit.parent.path if unit.parent else unit.path
    if grant.role in DRAFT_READERS:
        return Q(department__path__startswith=region)
    if grant.role == "appeals":
        return Q(department__path__startswith=region, state__in=DECIDED)
    if grant.role == "supervisor":
        below = Q(department__path__startswith=unit.path) & ~Q(department_id=unit.pk)
        return below & Q(state__in=DECIDED)
    return Q(pk__in=[])


class RecordQuerySet(CoveredQuerySet):
    """The vocabulary for picking out records; every method chains."""

    def visible_to(self, user: User, now: datetime) -> RecordQuerySet:
        """
        Keep what this person may open on the staff site.

        Drafts are for the own department and the credit lead office of the region; a unit or official sees a record of
        its own from the prior notice on; supervisors and appeals officers see decided records only.
        """
        allowed = Q(subject_official__person_id=user.person_id, state__in=SERVED)
        for grant in user.grants(now):
            allowed |= _by_grant(grant)
        return self.filter(allowed)

    def of_document(self, *, number: str, source_type: str) -> RecordQuerySet:
        """Keep the records that rest on this document."""
        return self.filter(document_number=number, source_type=source_type)

    def with_names(self) -> RecordQuerySet:
        """Load what every row of a list prints."""
        return self.select_related("department", "lead", "subject_department", "filer", "reviewer", "approver")
