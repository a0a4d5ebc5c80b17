"""The invented people of the demo: one or more for every role, each with an account a newcomer can switch to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from accounts.identifiers import id_number
from accounts.models import Department, Official, Person, User
from accounts.services import founding, grants, heads, officials, persons, proposals, users
from ledger.actors import SYSTEM

PASSWORD = "anping-demo-2026"  # noqa: S105 - printed by `make run`; demo accounts exist in demo settings only
BORN = (date(1972, 4, 9), date(1978, 11, 23), date(1983, 6, 2), date(1988, 1, 17), date(1992, 9, 30))
SERVING_SINCE = date(2022, 5, 1)


@dataclass(frozen=True)
class Member:
    """One person to be: account, name, where he serves, his post and his roles there."""

    account: str
    name: str
    place: str
    title: str
    roles: tuple[str, ...]
    is_head: bool = False


ADMINISTRATORS = (
    Member("secadmin", "苏问道", "city_lead", "安全管理岗", ("secadmin",)),
    Member("secadmin2", "程以恒", "city_lead", "安全管理岗", ("secadmin",)),
    Member("sysadmin", "秦守一", "city_lead", "系统管理岗", ("sysadmin",)),
    Member("auditor", "白景行", "city_lead", "安全审计岗", ("auditor",)),
)
MEMBERS = (
    Member("clerk", "林知行", "transport", "一级科员", ("clerk",)),
    Member("reviewer", "周明远", "transport", "政策法规科科长", ("reviewer",)),
    Member("head", "何书宁", "transport", "局长", ("head",), is_head=True),
    Member("personnel", "许望舒", "transport", "人事教育科科长", ("personnel",)),
    Member("approver", "沈若水", "city_lead", "信用科科长", ("approver",)),
    Member("approver2", "顾怀安", "city_lead", "副主任", ("approver",)),
    Member("appeals", "陆清和", "city_lead", "异议处理岗", ("appeals",)),
    Member("appeals2", "江映川", "city_lead", "异议决定岗", ("appeals",)),
    Member("appeals-sf", "穆清风", "province_lead", "异议复核岗", ("appeals",)),
    Member("appeals-sf2", "容若虚", "province_lead", "异议复核岗", ("appeals",)),
    Member("supervisor", "方澄", "city", "督查室主任", ("supervisor",)),
    Member("clerk-qh", "赵青岚", "qinghe_transport", "科员", ("clerk",)),
    Member("reviewer-qh", "钱听雨", "qinghe_transport", "办公室主任", ("reviewer",)),
    Member("head-qh", "孙若谷", "qinghe_transport", "局长", ("head",), is_head=True),
    Member("clerk-yj", "吴慕白", "emergency", "科员", ("clerk",)),
    Member("reviewer-yj", "郑怀瑾", "emergency", "综合协调科科长", ("reviewer",)),
    Member("head-yj", "冯以宁", "emergency", "局长", ("head",), is_head=True),
    Member("clerk-fg", "卫知微", "city_lead", "科员", ("clerk",)),
    Member("reviewer-fg", "蒋闻溪", "city_lead", "信用科副科长", ("reviewer",)),
    Member("head-fg", "董正言", "city_lead", "主任", ("head",), is_head=True),
    Member("custodian", "韩静姝", "city", "信访保管岗", ("custodian",)),
    Member("handler", "杨千里", "city", "督查室科员", ("handler",)),
    Member("handler-fg", "崔晓岚", "city_lead", "信用科科员", ("handler",)),
    Member("reviewer-zf", "闻人杰", "city", "督查室副主任", ("reviewer",)),
    Member("monitor2", "钟离云", "city", "社会监督员", ("monitor",)),
    Member("evaluator", "朱未央", "city", "第三方评估机构评估员", ("evaluator",)),
    Member("monitor", "尤见山", "city", "社会监督员", ("monitor",)),
)
HEADS = {
    "province": "温如玉", "province_lead": "谢长庚", "city": "裴怀远", "veterans": "萧定远",
    "resources": "曹知秋", "housing": "袁广厦", "terminal": "邓铺石", "east": "许东来", "east_lead": "傅明哲",
    "east_transport": "沈行舟", "qinghe": "曾禾生", "qinghe_lead": "彭守信", "qinghe_emergency": "吕安澜",
    "qinghe_resources": "苏田畴", "yunxi": "卢云归", "yunxi_transport": "蔡桥通", "liuhe": "贾柳生", "shiqiao": "丁石坚",
}  # fmt: skip
"""Who answers for the departments in which nobody else has a head's account; they sign nothing and have no account."""


def build(places: Mapping[str, Department], *, now: datetime) -> dict[str, User]:
    """Open every account with its grants; the administrators come first, the others by their two signatures."""
    found = {member.account: _person(member, index, now) for index, member in enumerate((*ADMINISTRATORS, *MEMBERS))}
    founding.appoint(
        department=places["city_lead"],
        people={found[member.account]: member.roles[0] for member in ADMINISTRATORS},
        now=now,
    )
    accounts = {member.account: _account(member, found[member.account], now) for member in (*ADMINISTRATORS, *MEMBERS)}
    for member in MEMBERS:
        _grant(member, places, accounts, now)
        _serve(member, found[member.account], places, now)
    for index, (place, name) in enumerate(HEADS.items(), start=len(found)):
        member = Member("", name, place, "主要负责人", (), is_head=True)
        _serve(member, _person(member, index, now), places, now)
    return accounts


def _person(member: Member, index: int, now: datetime) -> Person:
    born = BORN[index % len(BORN)]
    first_17 = f"440000{born:%Y%m%d}{index * 2 + 101:03d}"
    number = first_17 + id_number.check_character(first_17)
    return persons.register(
        actor=SYSTEM, name=member.name, id_number=number, phone=f"1390000{index + 1000:04d}", official=True, now=now
    )


def _account(member: Member, person: Person, now: datetime) -> User:
    return users.open_account(
        actor=SYSTEM, person=person, username=member.account, password=PASSWORD, is_demo=True, now=now
    )


def _grant(member: Member, places: Mapping[str, Department], accounts: Mapping[str, User], now: datetime) -> None:
    for role in member.roles:
        asked = grants.propose(
            actor=accounts["secadmin"],
            person=accounts[member.account].person,
            role=role,
            department=places[member.place],
            reason="演示环境岗位设置",
            now=now,
        )
        proposals.confirm(actor=accounts["secadmin2"], proposal=asked, now=now)


def _serve(member: Member, person: Person, places: Mapping[str, Department], now: datetime) -> Official:
    department = places[member.place]
    official = officials.register(
        actor=SYSTEM, department=department, personnel_kind="CIVIL_SERVANT", person=person, now=now
    )
    officials.add_post(
        actor=SYSTEM,
        official=official,
        department=department,
        title=member.title,
        leadership_code="131" if member.is_head else "150",
        held_from=SERVING_SINCE,
        now=now,
    )
    if member.is_head:
        heads.appoint(actor=SYSTEM, department=department, official=official, held_from=SERVING_SINCE, now=now)
    return official
