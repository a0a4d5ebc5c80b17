"""Who may look into a complaint: never the department complained about, always somebody above or beside it (发改财金〔2023〕1103号)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from accounts import scope
from accounts.models import Department, RoleGrant
from records.models import Complaint
from records.models.complaint_querysets import posts_of


def is_part_of(place: Department, accused: Department) -> bool:
    """Say whether a department is the one complained about or serves it; of the topmost government only itself."""
    return place.pk == accused.pk or (accused.parent_id is not None and place.is_within(accused))


def serves(person_id: UUID | None, accused: Department, now: datetime) -> bool:
    """Say whether a person holds any role or post in the department complained about or below it: two queries."""
    if person_id is None:
        return False
    held = RoleGrant.objects.in_force(now).filter(person_id=person_id).select_related("department")
    places = [grant.department for grant in held] + posts_of(person_id, now)
    return any(is_part_of(place, accused) for place in places)


def handlers(*, handling: Department, accused: Department, now: datetime) -> list[RoleGrant]:
    """Return the grants of those who may be given the case: handlers of the handling department who do not serve the accused."""
    held = RoleGrant.objects.in_force(now).filter(role="handler", department=handling)
    rows = held.select_related("person", "department").order_by("person__name", "id")
    return [grant for grant in rows if not serves(grant.person_id, accused, now)]


def superior(accused: Department, *, now: datetime) -> Department | None:
    """Return the nearest department above the accused in which somebody supervises, else the one directly above."""
    above = list(reversed(accused.ancestor_ids))
    grants = RoleGrant.objects.in_force(now).filter(role="supervisor", department_id__in=above)
    staffed = {grant.department_id: grant.department for grant in grants.select_related("department")}
    return next((staffed[key] for key in above if key in staffed), accused.parent)


def offices(complaint: Complaint, *, now: datetime) -> list[Department]:
    """Return the offices a complaint can be handed to: those with a handler, above the accused or in the lead's region."""
    accused, lead = complaint.object_department, complaint.lead or complaint.department
    grants = RoleGrant.objects.in_force(now).filter(role="handler").select_related("department")
    near = {grant.department for grant in grants if grant.department_id != complaint.department_id}
    root = scope.region(lead)
    fitting = [
        place
        for place in near
        if (place.pk in accused.ancestor_ids or place.path.startswith(root)) and not is_part_of(place, accused)
    ]
    return sorted(fitting, key=lambda place: place.path)
