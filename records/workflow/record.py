"""The machine of a dishonesty record (domain 4.2): one table, obeyed by services, shown by pages, walked by tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from accounts import scope
from ledger.actors import Actor
from records.models import DishonestyRecord
from records.workflow.arrows import changing, deciding, preparing
from records.workflow.arrows.preparing import REGISTER
from records.workflow.lazily import lazily as _
from rules.workflow import Machine

__all__ = ["RECORD", "REGISTER", "SPOKESPERSONS"]

SPOKESPERSONS = ("head", "clerk")


def _is_subject(record: DishonestyRecord, actor: Actor, now: datetime) -> bool:
    """Say whether an actor speaks for the subject: the official himself, or head and clerks of the unit recorded."""
    if actor.person_id is None:
        return False
    if record.is_person:
        return bool(record.subject_official and record.subject_official.person_id == actor.person_id)
    user: Any = actor
    return any(
        scope.covers(user=user, role=role, department=record.subject_department, now=now) for role in SPOKESPERSONS
    )


def _subject_person(record: DishonestyRecord) -> UUID | None:
    return record.subject_official.person_id if record.subject_official else None


RECORD: Machine[DishonestyRecord] = Machine(
    DishonestyRecord,
    (*preparing.ARROWS, *deciding.ARROWS, *changing.ARROWS),
    name="record",
    label=_("政务失信记录"),
    noun=_("记录"),
    department_of=lambda record: record.department,
    subject_person_of=_subject_person,
    is_subject=_is_subject,
)
