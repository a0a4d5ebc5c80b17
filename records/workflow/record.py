"""The machine of a dishonesty record (domain 4.2): one table, obeyed by services, shown by pages, walked by tests."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from accounts.models import RoleGrant
from ledger.actors import Actor
from records.models import DishonestyRecord
from records.workflow import subjects
from records.workflow.arrows import changing, deciding, following, preparing, restoring
from records.workflow.arrows.preparing import REGISTER
from records.workflow.lazily import lazily as _
from rules.workflow import Machine

__all__ = ["RECORD", "REGISTER"]


def _is_subject(record: DishonestyRecord, actor: Actor, held: Sequence[RoleGrant]) -> bool:
    """An official's record is his alone, even before he is named."""
    if not record.is_person:
        return subjects.speaks_for(actor=actor, grants=held, department=record.subject_department)
    official = record.subject_official
    return official is not None and subjects.speaks_for(actor=actor, grants=held, official=official)


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
    is_subject=_is_subject,
)
