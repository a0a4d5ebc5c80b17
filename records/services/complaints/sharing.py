"""Who is given a key when a complaint moves on: the roles that work on it where it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Department
from records.models import Complaint
from records.services.intake import keys

READERS = ("handler", "reviewer", "head")


def share(complaint: Complaint, roles: Iterable[str], department: Department, *, now: datetime) -> None:
    """Give roles at a department their keys inside the open act; this will leave those they hold as they are."""
    for role in roles:
        keys.give(complaint=complaint, role=role, department=department, now=now)
