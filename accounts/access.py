"""How a row of the access policy is read: who asks, with which grants, about which place.

The rows are in `accounts.policy`; nothing here names a page.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts import roles, scope
from accounts.models.department import Department
from accounts.models.role import RoleGrant
from accounts.models.user import User

ANONYMOUS = "anonymous"
SIGNED_IN = "signed_in"
SUBJECT = "subject"
CLIENT = "client:"

ANYWHERE = "anywhere"
PLACE = "place"


class Token(Protocol):
    """What a row needs to know of an API client's token: its scopes, parted by spaces."""

    scope: str


@dataclass(frozen=True)
class Row:
    """One line of the policy: what is asked for, who may, whether the place counts, and the rule in words."""

    name: str
    audience: frozenset[str]
    rule: str | Promise
    scope: str = ANYWHERE
    face: str = "page"

    @property
    def is_public(self) -> bool:
        """Anybody may, without being known; such a page touches neither session nor account."""
        return ANONYMOUS in self.audience

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the audience, without the pseudo roles."""
        return frozenset(name for name in self.audience if name in roles.NAMES)

    @property
    def client_scopes(self) -> frozenset[str]:
        """The scopes of API clients in the audience."""
        return frozenset(name.removeprefix(CLIENT) for name in self.audience if name.startswith(CLIENT))


@dataclass(frozen=True)
class Verdict:
    """The answer: allowed or not, the reason in a sentence, the rule it follows from, and the role that opened it."""

    allowed: bool
    reason: str
    rule: str
    role: str = ""
    behalf: UUID | None = None  # whose grant opened it, where it is lent to the asker


def judge(
    row: Row,
    *,
    user: User | AnonymousUser | None,
    now: datetime,
    client: Token | None = None,
    department: Department | None = None,
    subject_person_id: UUID | None = None,
    grants: list[RoleGrant] | None = None,
) -> Verdict:
    """Read one row for one asker; this will run at most one query for grants and one for a region."""
    rule = str(row.rule)
    if row.is_public:
        return Verdict(True, _("任何人都可以"), rule, ANONYMOUS)
    if client is not None:
        return _judge_client(row, client, rule)
    if not isinstance(user, User) or not user.is_active:
        return Verdict(False, _("请先登录"), rule)
    if SIGNED_IN in row.audience:
        return Verdict(True, _("登录后都可以"), rule, SIGNED_IN)
    if SUBJECT in row.audience and subject_person_id is not None and subject_person_id == user.person_id:
        return Verdict(True, _("这是您本人的事项"), rule, SUBJECT)
    held = user.grants(now) if grants is None else grants
    return _judge_roles(row, held, department, rule, person_id=user.person_id)


def _judge_client(row: Row, client: Token, rule: str) -> Verdict:
    held = frozenset(client.scope.split())
    if held & row.client_scopes:
        return Verdict(True, _("客户端的授权范围包含这一项"), rule, CLIENT + min(held & row.client_scopes))
    if not row.client_scopes:
        return Verdict(False, _("这一项不向接口客户端开放"), rule)
    wanted = "、".join(sorted(row.client_scopes))
    return Verdict(False, _("需要授权范围 %(wanted)s，本客户端没有") % {"wanted": wanted}, rule)


def _judge_roles(
    row: Row, held: list[RoleGrant], department: Department | None, rule: str, *, person_id: UUID
) -> Verdict:
    fitting = [grant for grant in held if grant.role in row.roles]
    if not fitting:
        wanted = "、".join(roles.label(role) for role in roles.NAMES if role in row.roles)
        reason = _("不能由您办：这一项只供%(wanted)s") % {"wanted": wanted} if wanted else _("这一项不供工作人员使用")
        return Verdict(False, reason, rule)
    if row.scope == ANYWHERE or department is None:
        return _opened(fitting[0], rule, person_id)
    for grant in fitting:
        if scope.reaches(grant, department):
            return _opened(grant, rule, person_id)
    named = "、".join(f"{roles.label(grant.role)}（{grant.department.name}）" for grant in fitting)
    reason = _("不能由您办：%(department)s不在您的管辖范围内；您的角色是%(named)s")
    return Verdict(False, reason % {"department": department.name, "named": named}, rule)


def _opened(grant: RoleGrant, rule: str, person_id: UUID) -> Verdict:
    lent_by = grant.person_id if grant.person_id != person_id else None
    return Verdict(True, _granted(grant), rule, grant.role, lent_by)


def _granted(grant: RoleGrant) -> str:
    return _("凭角色%(role)s（%(department)s）") % {
        "role": roles.label(grant.role),
        "department": grant.department.name,
    }
