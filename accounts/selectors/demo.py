"""The accounts a newcomer may try in the demo."""

from dataclasses import dataclass
from datetime import datetime

from accounts import roles
from accounts.models import RoleGrant, User


@dataclass(frozen=True)
class DemoAccount:
    """One account to try: its name, its person, and what it may do where."""

    username: str
    person: str
    duties: str


def demo_accounts(*, now: datetime) -> list[DemoAccount]:
    """Return the demo accounts in order of their names, each with its roles; this will run two queries."""
    users = list(User.objects.filter(is_demo=True, is_active=True).select_related("person").order_by("username"))
    held: dict[object, list[str]] = {}
    people = [user.person_id for user in users]
    for grant in RoleGrant.objects.in_force(now).filter(person__in=people).select_related("department").order_by("id"):
        held.setdefault(grant.person_id, []).append(f"{grant.department.name} {roles.label(grant.role)}")
    return [DemoAccount(user.username, user.person.name, "；".join(held.get(user.person_id, []))) for user in users]
