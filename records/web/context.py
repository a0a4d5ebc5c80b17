"""What the staff frame shows on every page: who works here, as what, and the way to each list with its count."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts import policy, roles
from accounts.models import RoleGrant, User
from exchange.selectors import hands
from records.models import DishonestyRecord, Notification, RecordState
from records.selectors import inbox
from records.workflow.kinds import KINDS, CaseKind
from rules import clock

Count = Callable[[User, list[RoleGrant], datetime], int]


@dataclass(frozen=True)
class Way:
    """One link of the navigation: its view, its words, its query string and how its rows are counted."""

    view: str
    label: str | Promise
    query: str = ""
    count: Count | None = None
    also: tuple[str, ...] = ()  # other views that stand under this link
    needs: str = ""  # another view one must be allowed to open
    casework: bool = False  # nothing for the three administrators


@dataclass(frozen=True)
class Link:
    """A way as the template prints it."""

    url: str
    label: str | Promise
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class Group:
    """Links under one small heading."""

    title: str | Promise
    links: list[Link] = field(default_factory=list)


def _waiting(user: User, grants: list[RoleGrant], now: datetime) -> int:
    """How many cases wait for the person: the length of the list on his start page."""
    return inbox.count(user=user, grants=grants, now=now)


def _unread(user: User, grants: list[RoleGrant], now: datetime) -> int:
    """How many notices the person has not read."""
    return Notification.objects.filter(person_id=user.person_id, read_at=None).count()


def _drafts(user: User, grants: list[RoleGrant], now: datetime) -> int:
    """How many drafts of his own the person has."""
    return DishonestyRecord.objects.filter(filer_id=user.person_id, state=RecordState.DRAFT).count()


WAYS: tuple[tuple[str | Promise, tuple[Way, ...]], ...] = (
    (
        _("我的"),
        (
            Way("records:inbox", _("工作台"), count=_waiting),
            Way("records:inbox", _("草稿"), "?list=drafts", _drafts, needs="records:new"),
            Way("archives:mine", _("我的档案"), casework=True),
            Way("notifications:list", _("提醒"), count=_unread, also=("notifications:mails",)),
            Way("notifications:delegations", _("委托代办")),
        ),
    ),
    (_("办理"), ()),  # the lists of all kinds of cases, as they are told
    (
        _("监督"),
        (
            Way("exchange:deliveries", _("报送"), count=hands.count),
            Way("complaints:statistics", _("投诉统计")),
            Way("complaints:clues", _("我的监督线索"), also=("complaints:clue",)),
            Way("people:audit", _("日志")),
        ),
    ),
    (
        _("档案"),
        (
            Way("archives:list", _("诚信档案"), also=("archives:archive",)),
            Way("archives:coverage", _("档案覆盖率")),
            Way("archives:checks", _("信用核查"), also=("archives:check", "archives:new_check")),
        ),
    ),
    (_("登记"), (Way("records:new", _("登记失信记录")), Way("complaints:new", _("登记投诉举报")))),
    (
        _("组织"),
        (
            Way("people:departments", _("部门")),
            Way("people:officials", _("公职人员")),
            Way("people:users", _("账号与角色")),
            Way("people:clients", _("接口客户端")),
            Way("complaints:corps", _("社会监督员")),
            Way("complaints:channels", _("监督渠道")),
            Way("people:recusals", _("我的回避")),
            Way("people:explain", _("谁能看什么")),
        ),
    ),
    (
        _("规则"),
        (
            Way("rules:calendar", _("工作日日历"), also=("rules:calendar_year", "rules:import_calendar")),
            Way("rules:parameters", _("参数与政策"), also=("rules:parameter", "rules:policies", "rules:codes")),
        ),
    ),
)


@dataclass(frozen=True)
class Frame:
    """The staff frame of one request."""

    person: str
    role: str
    department: str
    nav: list[Group]


def staff(request: HttpRequest) -> dict[str, Any]:
    """This will give the templates ``staff``; it costs nothing until a page prints it."""
    return {"staff": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame | None:
    """Who works here, and where he may go; None for a visitor."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return None
    now = clock.now()
    grants = user.grants(now)
    return Frame(
        person=user.display_name,
        role="、".join(dict.fromkeys(roles.label(grant.role) for grant in grants)),
        department="、".join(dict.fromkeys(grant.department.name for grant in grants)),
        nav=[
            group
            for group in (_group(title, ways or _cases(), request, grants, now) for title, ways in WAYS)
            if group.links
        ],
    )


def _cases() -> tuple[Way, ...]:
    """The list of every kind of case, once where two kinds share a list (a promise and its milestones)."""
    pages: dict[str, list[CaseKind]] = {}
    for kind in KINDS.values():
        pages.setdefault(kind.list_page, []).append(kind)
    return tuple(
        Way(page, kinds[0].machine.label, also=tuple(kind.page for kind in kinds), casework=True)
        for page, kinds in pages.items()
    )


def _group(
    title: str | Promise, ways: tuple[Way, ...], request: HttpRequest, grants: list[RoleGrant], now: datetime
) -> Group:
    """The links of one heading this person may follow."""
    user = request.user
    administers = bool(grants) and all(grant.role in roles.THE_THREE for grant in grants)
    links = [
        _link(way, request, grants, now)
        for way in ways
        if not (way.casework and administers)
        and all(
            policy.allows(user=user, name=name, now=now, grants=grants).allowed
            for name in (way.view, way.needs or way.view)
        )
    ]
    return Group(title, links)


def _link(way: Way, request: HttpRequest, grants: list[RoleGrant], now: datetime) -> Link:
    """One link with its count and whether it is where the reader is."""
    assert isinstance(request.user, User)  # noqa: S101  _frame let only staff through
    here = request.resolver_match.view_name if request.resolver_match else ""
    same_query = way.query.lstrip("?") in request.META.get("QUERY_STRING", "") if way.query else True
    drafts = "list=drafts" in request.META.get("QUERY_STRING", "")
    current = here in (way.view, *way.also) and same_query and (bool(way.query) or not drafts)
    count = way.count(request.user, grants, now) if way.count else None
    return Link(reverse(way.view) + way.query, way.label, count, current)
