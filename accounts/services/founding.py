"""The first administrators: before there is anybody, nobody can be the second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Department, Person, RoleGrant
from accounts.services import departments, persons, users
from ledger.actors import SYSTEM
from ledger.acts import act
from ledger.refusals import Conflict, Invalid


@dataclass(frozen=True)
class Top:
    """The topmost department of a new portal; `valid_from` as YYYY-MM-DD."""

    name: str
    code: str
    division_code: str
    serial_prefix: str
    valid_from: str


@dataclass(frozen=True)
class Founder:
    """One of the first administrators, with his account."""

    username: str
    name: str
    role: str
    password: str


def found(*, top: Top, founders: Sequence[Founder], now: datetime) -> Department:
    """Establish the topmost department and its first administrators with their accounts, in one act.

    :raises Refused: where anybody holds a role already, or a fact is not acceptable; nothing is kept then.
    """
    with act(kind="accounts.found", actor=SYSTEM, role="system", now=now):
        unit = departments.establish(
            actor=SYSTEM,
            name=top.name,
            code=top.code,
            level=_level(top.division_code),
            kind=Department.Kind.GOVERNMENT,
            division_code=top.division_code,
            serial_prefix=top.serial_prefix,
            valid_from=_day(top.valid_from),
            now=now,
        )
        people = {}
        for founder in founders:
            person = persons.register(actor=SYSTEM, name=founder.name, now=now)
            users.open_account(
                actor=SYSTEM, person=person, username=founder.username, password=founder.password, now=now
            )
            people[person] = founder.role
        appoint(department=unit, people=people, now=now)
    return unit


def _level(division_code: str) -> str:
    levels = {
        2: Department.Level.PROVINCE,
        4: Department.Level.CITY,
        6: Department.Level.COUNTY,
        9: Department.Level.TOWN,
    }
    return levels.get(len(division_code.strip()), Department.Level.PROVINCE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Invalid(_("日期应写成 2026-05-11 的形式"), field="valid_from") from fault


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
