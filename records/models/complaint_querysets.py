"""Which complaints a person may open; whoever serves in the department complained about sees none of them, in no role."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from accounts.models.department import holding_on
from ledger.covered import CoveredQuerySet
from rules.clock import local_day

if TYPE_CHECKING:
    from accounts.models import Department
    from accounts.models.role import RoleGrant
    from accounts.models.user import User

WHILE_HERE = frozenset({"reviewer", "head"})


def shut_out(user: User, now: datetime) -> set[int]:
    """
    Return the keys of the departments of whose complaints this person may know nothing: two queries.

    They are the departments he holds a role or a post in, and every department these stand below: who serves in a
    bureau serves the government above it. Only the topmost government is spared, else nobody below could ever look
    into a complaint about it.
    """
    places = [grant.department for grant in user.grants(now)] + posts_of(user.person_id, now)
    return {key for place in places for key in _units_of(place)}


def posts_of(person_id: UUID | None, now: datetime) -> list[Department]:
    """Return the departments in which a person holds a post today."""
    held = holding_on(local_day(now), start="held_from", end="held_to")
    rows = apps.get_model("accounts", "Post").objects.filter(held, official__person_id=person_id)
    return [post.department for post in rows.select_related("department")]


def _units_of(place: Department) -> set[int]:
    return {place.pk, *place.ancestor_ids[1:]}


def _by_grant(grant: RoleGrant, person_id: UUID | None) -> Q:
    """
    Return what one grant opens, of the complaints its office holds a key to.

    The lead office and the superior keep seeing theirs; those who handle see a case while it lies with them, and a
    handler only his own and what nobody was named for.
    """
    unit = grant.department_id
    held = Q(keys__role=grant.role, keys__department_id=unit, keys__ended_on=None)
    if grant.role == "handler":
        return held & (Q(handler_id=person_id) | Q(handler_id=None, department_id=unit))
    if grant.role in WHILE_HERE:
        return held & Q(department_id=unit)
    return held


class ComplaintQuerySet(CoveredQuerySet):
    """The vocabulary for picking out complaints; every method chains."""

    def visible_to(self, user: User, now: datetime) -> Self:
        """
        Keep what this person may open on the staff site: those of which an office of his holds a key.

        Nobody of the department complained about sees anything, in whatever other role, and an identity custodian reads
        none at all.
        """
        grants = user.grants(now)
        if not grants or any(grant.role == "custodian" for grant in grants):
            return self.none()
        allowed = reduce(or_, (_by_grant(grant, user.person_id) for grant in grants))
        readable = self.model._default_manager.filter(allowed).values("pk")
        return self.filter(pk__in=readable).exclude(object_department_id__in=shut_out(user, now))

    def with_names(self) -> Self:
        """Load what every row of a list prints."""
        return self.select_related("department", "object_department", "lead", "handler", "reviewer")
