"""Keys to a case: an office that shall read it is given one, and loses it when it hands the case on."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Department
from ledger.refusals import Conflict
from records.models import Complaint, ComplaintKey
from records.workflow.intake import vault
from rules.clock import local_day


def give(
    *, complaint: Complaint, role: str, department: Department | None, now: datetime, key: bytes | None = None
) -> ComplaintKey:
    """
    Give a role at a department its key to the case inside the open act; this will do nothing where it holds one.

    :raises Conflict: the department is the accused one
    """
    if department is not None and department.pk == complaint.object_department_id:
        raise Conflict(_("被投诉的部门不能看到这件投诉"))
    held = ComplaintKey.objects.filter(complaint=complaint, role=role, department=department).first()
    if held is None:
        wrapped = vault.wrapped(complaint, key or vault.key_of(complaint), role, department)
        held = ComplaintKey(
            complaint=complaint, role=role, department=department, wrapped=wrapped, given_on=local_day(now)
        )
        held.save()
    elif held.ended_on is not None:
        held.ended_on = None
        held.save()
    return held


def end(*, complaint: Complaint, role: str, department: Department, now: datetime) -> None:
    """This will end a role's key to the case inside the open act; from then on the case does not exist for it."""
    held = ComplaintKey.objects.filter(complaint=complaint, role=role, department=department, ended_on=None).first()
    if held is not None:
        held.ended_on = local_day(now)
        held.save()
