"""Officials somebody may see, and how their numbers are shown before anybody asks for them in clear."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts import masking, policy, scope, sealed
from accounts.models import Official, User


def visible_to(user: User, *, now: datetime) -> QuerySet[Official]:
    """Return the officials of the departments the user's roles reach, and the user's own entry."""
    reach = scope.departments(user=user, now=now, roles_wanted=policy.POLICY["official.read"].roles)
    rows = Official.objects.filter(Q(department__in=reach) | Q(person_id=user.person_id))
    return rows.select_related("person", "department")


def masked_id_number(official: Official) -> str:
    """Return first six and last four digits, or an empty text where there is none."""
    return masking.id_number(sealed.open_id_number(official.person))


def masked_phone(official: Official) -> str:
    """Return first three and last four digits, or an empty text where there is none."""
    return masking.phone(sealed.open_phone(official.person))
