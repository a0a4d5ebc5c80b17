"""Who may ask about whom, for which purpose (rows 23 and 51); a refusal says which rule stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import ApiClient, Department
from ledger.actors import Actor
from ledger.refusals import Invalid, NotAllowed
from records.models import CADRE, CheckRun
from records.models.check import CADRE_CHECKERS, CHECKERS
from records.workflow.archives.restricting import PURPOSES, Subject
from rules import codes
from rules.clock import local_day

AWARD = "AWARD"


def role_for(actor: Actor, *, department: Department, purpose: str, now: datetime) -> str:
    """Return the role in which a person asks for a department, or an empty text where he has none for it."""
    user: Any = actor
    wanted = CADRE_CHECKERS if purpose == CADRE else CHECKERS
    fitting = (grant.role for grant in user.grants(now) if grant.role in wanted and scope.reaches(grant, department))
    return next(fitting, "")


def insist_on_person(
    actor: Actor, *, department: Department, subjects: Iterable[Subject], purpose: str, now: datetime
) -> None:
    """
    Let a person ask who works for `department`; about officials only within his reach, about cadres only in a role for it.

    :raises NotAllowed: with the rule
    :raises Invalid: the purpose does not concern this kind of subject
    """
    _insist_on_role(actor, department=department, purpose=purpose, now=now)
    asked = list(subjects)
    _fits(asked, purpose, now)
    if not any(each.official for each in asked):
        return
    user: Any = actor
    wanted = CADRE_CHECKERS if purpose == CADRE else CHECKERS
    reach = set(scope.departments(user=user, now=now, roles_wanted=wanted).values_list("pk", flat=True))
    for each in asked:
        if each.official is None:
            continue
        if each.official.person_id == actor.person_id:
            raise NotAllowed(_("不能核查本人；自己的情况请看“我的档案”"))
        if each.official.department_id not in reach:
            raise NotAllowed(_("%s不在您的管辖范围内，不能核查") % each.official.person.name)


def insist_on_client(client: ApiClient, *, subjects: Iterable[Subject], purpose: str, now: datetime) -> None:
    """
    Let a client ask about any unit; about officials of its own department for awards only, never for cadre matters.

    :raises NotAllowed: with the rule
    :raises Invalid: the purpose does not concern this kind of subject
    """
    if purpose == CADRE:
        raise NotAllowed(_("干部任用核查不向接口客户端开放"))
    if client.department is None:
        raise NotAllowed(_("本客户端没有登记所属部门，不能核查"))
    asked = list(subjects)
    _fits(asked, purpose, now)
    for each in asked:
        own = each.official is not None and each.official.department.is_within(client.department)
        if each.official is not None and not (own and purpose == AWARD):
            raise NotAllowed(_("接口客户端只能为评优评先核查本单位的工作人员"))


def insist_on_keeper(actor: Actor, run: CheckRun, *, now: datetime) -> None:
    """
    Let those record what came of a check who may make such a one for its department.

    :raises NotAllowed: nobody of the department that asked
    """
    if not role_for(actor, department=run.department, purpose=run.purpose, now=now):
        raise NotAllowed(_("办理结果由发起核查的单位登记"))


def _insist_on_role(actor: Actor, *, department: Department, purpose: str, now: datetime) -> None:
    if role_for(actor, department=department, purpose=purpose, now=now):
        return
    if purpose == CADRE:
        raise NotAllowed(_("干部任用核查只由人事和信用牵头部门办理"))
    raise NotAllowed(_("信用核查由本单位经办、审核、人事人员或信用牵头部门办理"))


def _fits(subjects: list[Subject], purpose: str, now: datetime) -> None:
    row = codes.find(PURPOSES, purpose, local_day(now))
    about = row.facts.get("about", []) if row else []
    for each in subjects:
        if ("person" if each.official else "unit") not in about:
            label = codes.label(PURPOSES, purpose)
            whom = _("个人") if each.official else _("单位")
            raise Invalid(_("“%(purpose)s”不适用于%(whom)s") % {"purpose": label, "whom": whom}, field="purpose")
