"""The wall before every page: an address without a row in the policy is refused, so is whoever its row does not name.

API addresses are only looked up here; their permission class asks the policy once the client is known.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import policy
from accounts.access import Row, Verdict
from accounts.api import problems
from accounts.models.user import User
from ledger.acts import act
from ledger.refusals import NotAllowed, Refused

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
SEEN_EVERY = timedelta(minutes=1)

Answer = Callable[[HttpRequest], HttpResponseBase]


class PolicyMiddleware:
    """Consult the policy for the resolved view name of every request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the check waits for the address to be resolved."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request through, send an unknown visitor to the sign-in, or refuse with the reason in words."""
        match = request.resolver_match
        row = policy.row_of(match.view_name if match else None)
        if row is None:
            return _refuse(request, Verdict(False, _("访问规则里没有这一项，一律不开放"), ""))
        if row.is_public or row.face == "api":
            return None
        return self._check(request, row)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer what a page refused while it was drawn; forms show their refusals themselves."""
        if not isinstance(exception, Refused):
            return None
        if exception.status == 404 and not request.path.startswith("/api/"):
            return render(request, "404.html", status=404)  # must look like any other page that does not exist
        return _refuse(request, Verdict(False, exception.message, ""), exception.status, exception.code)

    def _check(self, request: HttpRequest, row: Row) -> HttpResponseBase | None:
        user = request.user
        if not isinstance(user, User):
            return _to_sign_in(request)
        if _lacks_second_factor(request, row):
            return redirect("accounts:second_factor")
        verdict = policy.allows(user=user, name=row.name, now=timezone.now())
        if verdict.allowed or "subject" in row.audience:
            # Whether the signed-in person is the subject only the page can tell; it asks the policy again.
            return None
        _note(user, row, verdict)
        return _refuse(request, verdict)


class SessionLimits:
    """End a session after 30 minutes without a request, and 8 hours after the sign-in in any case."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Drop a session that is over, else note that its holder was seen; public visitors have no session to drop."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "signed_in_at" in request.session:
            self._limit(request, timezone.now())
        return self.get_response(request)

    def _limit(self, request: HttpRequest, now: datetime) -> None:
        began = datetime.fromisoformat(request.session["signed_in_at"])
        seen = datetime.fromisoformat(request.session["seen_at"])
        if now - seen > IDLE or now - began > ABSOLUTE:
            logout(request)
        elif now - seen > SEEN_EVERY:
            request.session["seen_at"] = now.isoformat()


def _lacks_second_factor(request: HttpRequest, row: Row) -> bool:
    if not settings.SECOND_FACTOR_REQUIRED or row.name.startswith("accounts:"):
        return False
    return not request.user.is_verified()  # type: ignore[union-attr]


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return redirect(f"{resolve_url('accounts:sign_in')}?{back}")


def _note(user: User, row: Row, verdict: Verdict) -> None:
    """Write the refused attempt to the log; the refusal itself is answered as a page."""
    try:
        with act(kind=f"open.{row.name}", actor=user, role="", now=timezone.now()):
            raise NotAllowed(verdict.reason)
    except NotAllowed:
        return


def _refuse(request: HttpRequest, verdict: Verdict, status: int = 403, code: str = "not_allowed") -> HttpResponseBase:
    if request.path.startswith("/api/"):
        return problems.answer(status=status, code=code, detail=verdict.reason)
    return render(request, "accounts/refused.html", {"verdict": verdict, "status": status}, status=status)
