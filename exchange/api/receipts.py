"""POST /api/v1/receipts/: the platform's call-back, taken on its signature alone and applied once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from accounts.api import problems
from exchange import callbacks
from rules import clock

LARGEST = 1024 * 1024


@method_decorator(csrf_exempt, name="dispatch")  # no cookie is read here; the signature is what counts
class Receipts(View):
    """Where the platform leaves its cleaning results."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        """Verify, apply, answer; a repeat of the same message gets the same answer."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return problems.answer(status=413, code="too_large", detail=_("回调正文不能超过 1 MB"))
        now = clock.now()
        try:
            message = callbacks.read(body=request.body, path=request.path, headers=request.headers, now=now)
        except callbacks.Unsigned:
            return problems.answer(
                status=401, code="bad_signature", detail=_("签名不对，或时间相差超过 5 分钟，没有收")
            )
        except callbacks.Unreadable as fault:
            return problems.answer(status=400, code="bad_request", detail=str(fault))
        try:
            told: dict[str, Any] = callbacks.apply(message, now=now)
        except callbacks.OtherBody:
            return problems.answer(status=422, code="other_body", detail=_("同一消息编号，正文却不同，没有收"))
        return JsonResponse(told)

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:  # type: ignore[override]
        """Answer other methods as the API does."""
        return problems.answer(
            status=405, code="method_not_allowed", detail=_("这个地址只收 POST"), headers={"Allow": "POST"}
        )
