"""Answer public reading before sessions and accounts are even looked at."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve

from accounts import policy

Answer = Callable[[HttpRequest], HttpResponseBase]
METHODS = ("GET", "HEAD")
SPACES = frozenset({"public", "public_api"})
HUSHED = "report"  # the public's own forms: reading and sending meet neither session nor account
PRIVATE_PLACES = ("/staff/", "/accounts/", "/admin/", "/static/")


class PublicReading:
    """
    Send a read of a public address straight to its view.

    Stands above sessions, so a public page can touch neither a session nor an account, and costs little more than its
    statements. What asks with a token, or is not open to everybody by the policy, goes the whole way.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.content_policy = build_policy() or ""  # the same for every page: no page has a nonce

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer at once, or pass the request on."""
        if "HTTP_AUTHORIZATION" in request.META or request.path.startswith(PRIVATE_PLACES):
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        row = policy.row_of(match.view_name)
        if row is None or not row.is_public or not _goes_straight(request, match):
            return self.get_response(request)
        request.get_host()  # refuses a forged Host header, as the common middleware would
        request.resolver_match = match
        response = _read(request, match) if request.method in METHODS else match.func(request, **match.kwargs)
        response.headers.setdefault(HEADER, self.content_policy)
        return response


def _goes_straight(request: HttpRequest, match: ResolverMatch) -> bool:
    return match.namespace == HUSHED or (match.namespace in SPACES and request.method in METHODS)


def _read(request: HttpRequest, match: ResolverMatch) -> HttpResponseBase:
    """A read may be repeated: once, where the kept connection turns out to be gone."""
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except (OperationalError, InterfaceError):
        connections["public"].close()
        response = match.func(request, *match.args, **match.kwargs)
    if isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))  # a known length keeps the connection open
    return response
