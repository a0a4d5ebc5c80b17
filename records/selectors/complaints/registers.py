"""The registers beside the cases: channels, the corps of supervisors, media clues."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts import scope
from accounts.models import User
from records.models import Attachment, MediaClue, ReportChannel, SocialSupervisor

CHANNEL_KEEPERS = frozenset({"approver", "head"})
APPOINTERS = frozenset({"personnel", "head", "approver"})


def public_channels() -> list[tuple[str, list[ReportChannel]]]:
    """Return the open channels by the department that keeps them, governments first."""
    rows = ReportChannel.objects.filter(is_active=True).select_related("department")
    found: dict[str, list[ReportChannel]] = {}
    for row in rows.order_by("department__path", "code", "name"):
        found.setdefault(row.department.name, []).append(row)
    return list(found.items())


def kept_channels(*, user: User, now: datetime) -> list[ReportChannel]:
    """Return the channels of the departments a person keeps them for."""
    places = scope.departments(user=user, now=now, roles_wanted=CHANNEL_KEEPERS).values("pk")
    rows = ReportChannel.objects.filter(department__in=places).select_related("department")
    return list(rows.order_by("department__path", "code", "name"))


def appointments(*, user: User, now: datetime) -> list[SocialSupervisor]:
    """Return the appointments made by the departments a person appoints for, the latest end first."""
    return list(_appointments(user, now).order_by("-term_until", "letter_number"))


def appointment(*, user: User, key: UUID, now: datetime) -> SocialSupervisor | None:
    """Return one of them, or None where it is not his to see."""
    found: SocialSupervisor | None = _appointments(user, now).filter(pk=key).first()
    return found


def _appointments(user: User, now: datetime) -> QuerySet[SocialSupervisor]:
    places = scope.departments(user=user, now=now, roles_wanted=APPOINTERS).values("pk")
    return SocialSupervisor.objects.filter(department__in=places).select_related("person", "department")


def clues(*, user: User, now: datetime) -> QuerySet[MediaClue]:
    """Return the media clues a person may see, newest report first."""
    rows = MediaClue.objects.visible_to(user, now).select_related("object_department", "complaint", "checked_by")
    return rows.order_by("-published_on", "-registered_on", "id")


def clippings(clues_: list[MediaClue]) -> dict[str, list[Attachment]]:
    """Return the clippings kept with clues, by the key of the clue: one query."""
    named = {"object_type": MediaClue._meta.label_lower, "object_id__in": [str(each.pk) for each in clues_]}
    found: dict[str, list[Attachment]] = {}
    for item in Attachment.objects.filter(removed_on=None, **named).order_by("added_on", "id"):
        found.setdefault(item.object_id, []).append(item)
    return found
