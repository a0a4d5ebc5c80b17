"""Error pages: a problem document for programs, a page in plain words for people, the same headers on both."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.api import problems
from ledger.request_id import request_id_of

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer 400: the request itself cannot be read."""
    if request.path.startswith(API):
        return problems.bad_request(request, exception)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Answer 403: understood and refused."""
    if request.path.startswith(API):
        return problems.forbidden(request, exception)
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer 404: nothing is there, or nothing this visitor may know of."""
    if request.path.startswith(API):
        return problems.not_found(request, exception)
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer 500: our fault; the request id in the answer finds the line in the log."""
    if request.path.startswith(API):
        return problems.server_error(request)
    return _page(request, 500, request_id=request_id_of())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer 403 for a form sent without its token, which most often means the page lay open too long."""
    if request.path.startswith(API):
        return forbidden(request)
    return render(request, "403_csrf.html", status=403)


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponseBase:
    return render(request, f"{status}.html", context, status=status)
