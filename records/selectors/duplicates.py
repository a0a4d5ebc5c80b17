"""Records that may be the same matter: certain ones are refused, near ones are shown beside the form."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q

from accounts.models import Department, Official, User
from records.models import DishonestyRecord, RecordState

NEAR = timedelta(days=7)
MOST = 5


def possible(
    *,
    subject_department: Department,
    subject_official: Official | None,
    document_number: str,
    source_type: str,
    decided_on: date | None,
    user: User,
    now: datetime,
    besides: object = None,
) -> list[DishonestyRecord]:
    """
    Return up to five records of the subject, visible to the user, on the same document or of the same kind within a week.

    :param besides: the key of the record being edited, which is not its own duplicate
    """
    like = Q(pk__in=[])
    if document_number:
        like |= Q(document_number=document_number)
    if source_type and decided_on:
        like |= Q(source_type=source_type, decided_on__range=(decided_on - NEAR, decided_on + NEAR))
    whom = (
        Q(subject_official=subject_official)
        if subject_official
        else Q(subject_department=subject_department, is_person=False)
    )
    found = DishonestyRecord.objects.visible_to(user, now).filter(whom & like)
    found = found.exclude(state__in=(RecordState.REJECTED, RecordState.WITHDRAWN)).exclude(pk=besides)
    return list(found.with_names().order_by("-registered_on", "-number")[:MOST])
