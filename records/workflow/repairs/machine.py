"""The machine of a credit repair (domain 4.4): one table, obeyed by services, shown by pages, walked by tests."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from accounts.models import RoleGrant
from ledger.actors import Actor
from records.models import CreditRepair
from records.workflow import subjects
from records.workflow.lazily import lazily as _
from records.workflow.repairs.arrows import ARROWS, OPEN
from rules.workflow import Machine

__all__ = ["OPEN", "REPAIR"]


def _is_applicant(repair: CreditRepair, actor: Actor, held: Sequence[RoleGrant]) -> bool:
    """Say whether an actor speaks for the applicant: the official himself, or head and clerks of the unit."""
    return subjects.speaks_for(
        actor=actor, grants=held, department=repair.applicant_department, official=repair.applicant_official
    )


def _applicant_person(repair: CreditRepair) -> UUID | None:
    return repair.applicant_official.person_id if repair.applicant_official else None


REPAIR: Machine[CreditRepair] = Machine(
    CreditRepair,
    ARROWS,
    name="repair",
    label=_("信用修复"),
    noun=_("修复申请"),
    department_of=lambda repair: repair.department,
    subject_person_of=_applicant_person,
    is_subject=_is_applicant,
)
