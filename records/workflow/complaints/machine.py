"""The machine of a complaint (domain 4.5); the department whose scope counts moves with the case."""

from __future__ import annotations

from accounts.models import Department
from records.models import Complaint, ComplaintState
from records.workflow.complaints.arrows import ARROWS
from records.workflow.lazily import lazily as _
from rules.workflow import Machine

__all__ = ["BEFORE_THE_SUPERIOR", "COMPLAINT"]

S = ComplaintState
BEFORE_THE_SUPERIOR = (S.VERIFIED_TRUE, S.VERIFIED_PARTIAL, S.RECTIFYING)
"""In these states somebody above the accused acts: his reach is measured at the accused, not at the handling office."""


def _department(complaint: Complaint) -> Department:
    return complaint.object_department if complaint.state in BEFORE_THE_SUPERIOR else complaint.department


COMPLAINT: Machine[Complaint] = Machine(
    Complaint,
    ARROWS,
    name="complaint",
    label=_("投诉举报"),
    noun=_("投诉"),
    department_of=_department,
)
