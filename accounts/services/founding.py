"""The first administrators: before there is anybody, nobody can be the second person."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Department, Person, RoleGrant
from ledger.actors import SYSTEM
from ledger.acts import act
from ledger.refusals import Conflict


def appoint(*, department: Department, people: Mapping[Person, str], now: datetime) -> list[RoleGrant]:
    """Give the first administrators their roles of the three at the root; at least two security administrators.

    :raises Conflict: where anybody holds a role already, or fewer than two security administrators are named.
    """
    with act(kind="accounts.found", actor=SYSTEM, role="system", obj=department, now=now):
        if RoleGrant.objects.exists():
            raise Conflict(_("已有管理员，不能再次初始化"))
        if sum(role == roles.Role.SECADMIN for role in people.values()) < 2 or set(people.values()) - roles.THE_THREE:
            raise Conflict(_("初始化只设系统管理员、安全管理员和安全审计员，其中安全管理员至少两人"))
        grants = [
            RoleGrant(person=person, role=role, department=department, valid_from=now)
            for person, role in people.items()
        ]
        for grant in grants:
            grant.save()
    return grants
