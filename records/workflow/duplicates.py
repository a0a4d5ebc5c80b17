"""One document makes one record of one subject and source type: who files it again is shown the first."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from records.models import ON_RECORD, DishonestyRecord, RecordState

UNDERWAY = (RecordState.PENDING_REVIEW, RecordState.NOTIFIED, RecordState.PENDING_APPROVAL)


def same(record: DishonestyRecord) -> QuerySet[DishonestyRecord]:
    """Return the other records of the same subject, document number and source type that stand in its way."""
    if not (record.document_number and record.source_type):
        return DishonestyRecord.objects.none()
    whom = (
        Q(subject_official_id=record.subject_official_id)
        if record.is_person
        else Q(subject_department_id=record.subject_department_id, is_person=False)
    )
    blocking = (*UNDERWAY, *ON_RECORD)
    return (
        DishonestyRecord.objects.of_document(number=record.document_number, source_type=record.source_type)
        .filter(whom, state__in=blocking)
        .exclude(pk=record.pk)
        .order_by("registered_on", "number")
    )


def link(record: DishonestyRecord) -> str:
    """Return where the staff site shows a record."""
    return f"/staff/records/{record.pk}/"
