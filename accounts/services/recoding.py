"""Correcting a mistyped 统一社会信用代码: asked for by one security administrator, confirmed by another, the former code kept.

What was made under the former code (records, documents, reports, credit checks) keeps it; who looks for it finds the department.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.identifiers import uscc
from accounts.models import AdminProposal, Department, DepartmentCode
from accounts.services import departments, second_person, tree
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid


def propose(*, actor: Actor, department: Department, code: str, reason: str, now: datetime) -> AdminProposal:
    """Ask to put the right credit code in the place of a mistyped one; it takes effect when it is confirmed.

    :raises Invalid: the code is not one the department may bear, or the one it bears. :raises Conflict: it is another's.
    """
    facts = {"former_code": department.uscc}

    def check() -> None:
        facts["code"] = uscc.clean(code, kind=department.kind)
        _check(department, facts["code"])

    return second_person.propose(
        actor=actor,
        name="people:recode_department",
        kind=AdminProposal.Kind.CODE,
        reason=reason,
        now=now,
        check=check,
        department=department,
        facts=facts,
    )


def carry_out(proposal: AdminProposal, *, now: datetime) -> Department:
    """Put the corrected code in force and keep the former one; call it inside the act that confirms.

    :raises Conflict: the code was corrected in between, or another department has taken the new one.
    """
    tree.lock()
    unit = Department.objects.get(pk=str(proposal.department_id))
    if unit.uscc != proposal.facts["former_code"]:
        raise Conflict(_("提出之后代码已变，请重新提出"))
    _check(unit, proposal.facts["code"])
    kept = unit.former_codes.filter(code=unit.uscc).first() or DepartmentCode(department=unit, code=unit.uscc)
    kept.ended_at = now
    kept.save()
    unit.uscc = proposal.facts["code"]
    unit.save()
    return unit


def _check(department: Department, code: str) -> None:
    if code == department.uscc:
        raise Invalid(_("现在登记的就是这个代码，不用更正"), field="uscc")
    departments.check_code_free(code, but=department)
