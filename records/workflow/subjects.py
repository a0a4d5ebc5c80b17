"""Who speaks for a subject: the official himself; for a unit its head and its clerks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from accounts import scope
from accounts.models import Department, Official, RoleGrant
from ledger.actors import Actor

SPOKESPERSONS = ("head", "clerk")


def speaks_for(
    *,
    actor: Actor,
    grants: Iterable[RoleGrant],
    department: Department | None = None,
    official: Official | None = None,
) -> bool:
    """Say whether an actor with these grants in force speaks for the official, or, where none is named, for the unit."""
    if actor.person_id is None:
        return False
    if official is not None:
        return official.person_id == actor.person_id
    return department is not None and any(
        scope.reaches(grant, department) for grant in grants if grant.role in SPOKESPERSONS
    )


def rows(
    user: Any,
    grants: Sequence[RoleGrant],
    *,
    department: str = "subject_department",
    official: str = "subject_official",
) -> Q:
    """
    Return the condition for the rows in which a user speaks for the subject.

    ``department`` and ``official`` are the paths from the row; a row with an official is his alone.
    """
    units = [grant.department_id for grant in grants if grant.role in SPOKESPERSONS]
    own = Q(**{f"{official}__person_id": user.person_id}) if official else Q(pk__in=[])
    of_units = Q(**{f"{department}_id__in": units})
    return own | (of_units & Q(**{f"{official}__isnull": True}) if official else of_units)
