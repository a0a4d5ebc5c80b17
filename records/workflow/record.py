"""The machine of a dishonesty record (domain 4.2): one table, obeyed by services, shown by pages, walked by tests."""

from __future__ import annotations

from uuid import UUID

from records.models import DishonestyRecord
from records.workflow import guards
from records.workflow.arrows import changing, deciding, following, preparing, restoring
from records.workflow.arrows.preparing import REGISTER
from records.workflow.lazily import lazily as _
from rules.workflow import Machine

__all__ = ["RECORD", "REGISTER"]


def _subject_person(record: DishonestyRecord) -> UUID | None:
    return record.subject_official.person_id if record.subject_official else None


RECORD: Machine[DishonestyRecord] = Machine(
    DishonestyRecord,
    (*preparing.ARROWS, *deciding.ARROWS, *changing.ARROWS, *restoring.ARROWS, *following.ARROWS),
    name="record",
    label=_("政务失信记录"),
    noun=_("记录"),
    department_of=lambda record: record.department,
    subject_person_of=_subject_person,
    is_subject=guards.is_subject,
)
