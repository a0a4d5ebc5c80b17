"""Who may judge what a unit owes: somebody of the office it is owed to, and never somebody of the unit itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Department, Post
from accounts.models.department import holding_on
from ledger.refusals import NotAllowed, Refused
from rules.clock import local_day
from rules.workflow import GuardContext

JUDGES = ("supervisor", "approver")


def _grants(ctx: GuardContext) -> list[Any]:
    user: Any = ctx.actor
    return list(user.grants(ctx.now)) if ctx.actor.person_id is not None else []


def outside_the_department(ctx: GuardContext) -> Refused | None:
    """Refuse whoever works in the unit concerned, whatever other role he holds."""
    unit, person = ctx.obj.department, ctx.actor.person_id
    if person is None:
        return None
    works = any(grant.department_id == unit.pk for grant in _grants(ctx))
    today = holding_on(local_day(ctx.now), start="held_from", end="held_to")
    if works or Post.objects.filter(today, official__person_id=person, department=unit).exists():
        return NotAllowed(_("不能由您办：您是本事项所涉单位的人员"))
    return None


def of_the_office(ctx: GuardContext, office: Department | None) -> Refused | None:
    """Refuse whoever does not judge for this office: its own supervisors and those above; the credit lead office for its own."""
    for grant in _grants(ctx):
        if grant.role == "supervisor" and (office is None or office.is_within(grant.department)):
            return None
        if grant.role == "approver" and (office is None or grant.department_id == office.pk):
            return None
    name = office.name if office else _("上级")
    return NotAllowed(_("不能由您办：这一步属于%s或其上级的督导员") % name)
