"""The policy for the API: the same table, asked once the client or person is known."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import policy
from accounts.access import Verdict
from accounts.models import ApiClient, User
from ledger.acts import act
from ledger.refusals import NotAllowed


@dataclass(frozen=True)
class Caller:
    """An API client as the log knows it: no natural person."""

    person_id: UUID | None = None


class PolicyPermission(BasePermission):
    """Ask the policy for the operation: `GET accounts_api:officials` where it has a row, else `accounts_api:officials`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Let the caller in, or refuse with the reason and an entry in the log.

        :raises NotAuthenticated: for a stranger where a row asks for somebody. :raises NotAllowed: for anybody else.
        """
        name = operation(request)
        asking: Any = request
        verdict = policy.allows(user=asking.user, name=name, now=timezone.now(), client=asking.auth)
        if verdict.allowed and not _lacks_second_factor(request, name):
            return True
        if request.auth is None and not isinstance(request.user, User):
            raise NotAuthenticated
        _refuse(request, name, verdict)
        return False


def operation(request: Request) -> str:
    """Return the name under which the policy knows this operation."""
    match = request.resolver_match
    name = match.view_name if match else ""
    by_method = f"{request.method} {name}"
    return by_method if policy.row_of(by_method) else name


def _lacks_second_factor(request: Request, name: str) -> bool:
    if request.auth is not None or not settings.SECOND_FACTOR_REQUIRED:
        return False
    row, user = policy.row_of(name), cast(Any, request.user)
    return bool(row and not row.is_public and not user.is_verified())


def _refuse(request: Request, name: str, verdict: Verdict) -> None:
    token: Any = request.auth
    client: ApiClient | None = token.application if token else None
    actor: Any = Caller() if client else request.user
    reason = _("须先通过动态口令验证") if verdict.allowed else verdict.reason
    role = "client" if client else ""
    with act(kind=f"open.{name}", actor=actor, role=role, obj=client, now=timezone.now()):
        raise NotAllowed(reason)
