"""What every request and answer carries: an id, one line in the log, and headers that keep browsers strict."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

from integrity.logs import hushed
from ledger.request_id import set_request_id

Answer = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("integrity.request")

PERMISSIONS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
# Pages behind a sign-in must not stay in a shared computer's cache.
PRIVATE_PLACES = ("/staff/", "/accounts/", "/admin/")
# Where somebody may report what others want hidden: no line in the log, no hour on a fault's line, no word to the next site.
HUSHED_PLACE = "/complaints/"


class RequestId:
    """Give each request an id of our own, hand it to the ledger, send it back, and log the request in one line."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with ``X-Request-ID``; the log line names the page, not the address, which may hold personal data."""
        request_id = uuid.uuid4().hex
        is_hushed = request.path.startswith(HUSHED_PLACE)
        set_request_id("" if is_hushed else request_id)
        hushed.set(is_hushed)
        try:
            return self._answered(request, request_id, is_hushed)
        finally:
            set_request_id("")  # the thread serves others next, or nobody

    def _answered(self, request: HttpRequest, request_id: str, is_hushed: bool) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if is_hushed:
            return response
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "method": request.method,
                "page": match.view_name if match else "",
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000),
            },
        )
        return response


class StrictHeaders:
    """
    Set what Django's own security middleware does not: permissions, resource policy, and no caching of private pages.

    It also sees to it that an answer made above the content policy's own middleware, an error for instance, carries the policy.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.content_policy = build_policy() or ""  # no page has a nonce, so it is the same for all

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers to whatever comes back, errors included."""
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        response.headers.setdefault(HEADER, self.content_policy)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.path.startswith((*PRIVATE_PLACES, HUSHED_PLACE)):
            response["Cache-Control"] = "no-store, private"
        if request.path.startswith(HUSHED_PLACE):
            response["Referrer-Policy"] = "no-referrer"
        return response
