"""Moving a department in the tree: asked for by one security administrator, confirmed by another, dated, path kept right.

Scope follows the tree from that moment; what the department was under before stays in the dated rows.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AdminProposal, Department, DepartmentParent
from accounts.services import departments, second_person, tree
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid


def propose(*, actor: Actor, department: Department, parent: Department, reason: str, now: datetime) -> AdminProposal:
    """Ask to put a department under another; it takes effect on the day it is confirmed.

    :raises Invalid: where the new parent is the present one, the department itself, below it, or of a lower level.
    """
    return second_person.propose(
        actor=actor,
        name="people:move_department",
        kind=AdminProposal.Kind.MOVE,
        reason=reason,
        now=now,
        check=lambda: _check(department, parent),
        department=department,
        facts={"parent": parent.pk, "parent_name": parent.name, "former": department.parent_id},
    )


def carry_out(proposal: AdminProposal, *, now: datetime) -> Department:
    """Move the department and everything below it; call it inside the act that confirms.

    :raises Conflict: where the department was moved in between.
    """
    tree.lock()
    unit = Department.objects.get(pk=str(proposal.department_id))
    parent = Department.objects.get(pk=proposal.facts["parent"])
    if unit.parent_id != proposal.facts["former"]:
        raise Conflict(_("提出之后隶属关系已变，请重新提出"))
    _check(unit, parent)
    _date_parent(unit, parent, timezone.localtime(now).date())
    former = unit.path
    unit.parent = parent
    unit.path = f"{parent.path}{unit.pk}/"
    unit.save()
    for child in Department.objects.filter(path__startswith=former).exclude(pk=unit.pk):
        child.path = unit.path + child.path.removeprefix(former)
        child.save()
    return unit


def _check(department: Department, parent: Department) -> None:
    if department.parent_id is None:
        raise Invalid(_("根部门不能调整隶属关系"), field="parent")
    if department.parent_id == parent.pk:
        raise Invalid(_("现在的上级就是这个部门"), field="parent")
    departments.check_under(department, parent)
    if department.is_credit_lead and Department.objects.filter(parent=parent, is_credit_lead=True).exists():
        raise Conflict(_("这一级已经有牵头部门"), field="parent")


def _date_parent(unit: Department, parent: Department, today: date) -> None:
    last = unit.parents.get(valid_to__isnull=True)
    if last.valid_from >= today:
        # Two moves on one day, or a unit established today: the day belongs to the last of them.
        last.parent = parent
    else:
        last.valid_to = today
        DepartmentParent(department=unit, parent=parent, valid_from=today).save()
    last.save()
