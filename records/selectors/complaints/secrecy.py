"""What of the log whoever serves the department complained about must not come across, as an auditor or otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.hidden import Finder
from accounts.models import User
from records.models import Complaint, IdentityRequest, MediaClue, walls
from records.models.complaint_querysets import shut_out


def complaints(user: User, now: datetime) -> Iterable[str]:
    """Return the keys of the complaints about departments the reader serves."""
    rows = Complaint.objects.filter(object_department_id__in=shut_out(user, now))
    return _keys(rows)


def requests(user: User, now: datetime) -> Iterable[str]:
    """Return the keys of the requests for identities in such complaints."""
    rows = IdentityRequest.objects.filter(complaint__object_department_id__in=shut_out(user, now))
    return _keys(rows)


def clues(user: User, now: datetime) -> Iterable[str]:
    """Return the keys of media clues about departments the reader serves."""
    rows = MediaClue.objects.filter(object_department_id__in=shut_out(user, now))
    return _keys(rows)


def _keys(rows: QuerySet[Any]) -> list[str]:
    """Read them in the house's own name: the wall in the database would hide from the finder what he has to hide."""
    with walls.lifted():
        return [str(key) for key in rows.values_list("pk", flat=True)]


FINDERS: dict[str, Finder] = {
    Complaint._meta.label_lower: complaints,
    IdentityRequest._meta.label_lower: requests,
    MediaClue._meta.label_lower: clues,
}
