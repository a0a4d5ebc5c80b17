"""Errors of the API as problem documents (RFC 9457), for every failure including 404, 405, 429 and 500.

`detail` is a sentence in Chinese fit to show; `code` is stable for programs; `field` names the value that was wrong. Nothing of
the inside of the program is told: the request id finds it in the log.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from ledger.refusals import Refused
from ledger.request_id import request_id_of

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:integrity:problem:"


def problem(*, status: int, code: str, detail: str, **extra: Any) -> dict[str, Any]:
    """Return the body of a problem; this will leave out extras that are empty."""
    body: dict[str, Any] = {
        "type": TYPE + code,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id_of(),
    }
    return body | {key: value for key, value in extra.items() if value}


def answer(
    *, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **extra: Any
) -> JsonResponse:
    """Return a problem as an answer, for views that are not of the REST framework."""
    return JsonResponse(
        problem(status=status, code=code, detail=detail, **extra),
        status=status,
        content_type=MEDIA_TYPE,
        headers=dict(headers or {}),
        json_dumps_params={"ensure_ascii": False},
    )


def handler(fault: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into a problem; this will give None, and so a 500, for what nobody foresaw."""
    body = _of_refusal(fault) or _of_framework(fault)
    if body is None:
        return None
    set_rollback()
    response = Response(body, status=body["status"], headers=_headers(fault))
    response.content_type = MEDIA_TYPE
    return response


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Answer 400 where the request could not even be read."""
    return answer(status=400, code="bad_request", detail=_("请求无法读取，请检查编码和格式"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Answer 403."""
    return answer(status=403, code="not_allowed", detail=_("不允许这样做"))


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Answer 404 for an address that does not exist."""
    return answer(status=404, code="missing", detail=_("没有这个地址或内容"))


def server_error(request: HttpRequest) -> JsonResponse:
    """Answer 500 without a word about the inside."""
    return answer(status=500, code="server_error", detail=_("刚才没有办成，请把请求编号告诉平台值班室"))


def _of_refusal(fault: Exception) -> dict[str, Any] | None:
    if not isinstance(fault, Refused):
        return None
    return problem(
        status=fault.status,
        code=fault.code,
        detail=fault.message,
        field=getattr(fault, "field", None),
        link=getattr(fault, "link", None),
        nearest=getattr(fault, "nearest", None),
    )


def _of_framework(fault: Exception) -> dict[str, Any] | None:
    if isinstance(fault, Http404):
        return problem(status=404, code="missing", detail=_("没有这个地址或内容"))
    if isinstance(fault, PermissionDenied):
        return problem(status=403, code="not_allowed", detail=str(fault) or _("不允许这样做"))
    if isinstance(fault, exceptions.ValidationError):
        errors = _flat(fault.detail)
        return problem(status=422, code="invalid", detail=errors[0]["detail"], field=errors[0]["field"], errors=errors)
    if isinstance(fault, exceptions.APIException):
        return problem(status=fault.status_code, code=str(fault.default_code), detail=_sentence(fault))
    return None


def _sentence(fault: exceptions.APIException) -> str:
    sentences = {
        400: _("请求正文不是合法的 JSON"),
        401: _("令牌缺失、过期或无效"),
        405: _("这个地址不支持该请求方法"),
        406: _("只提供 application/json"),
        415: _("请求正文只接受 application/json"),
        429: _("请求过于频繁，请按 Retry-After 的秒数等待后再试"),
    }
    return sentences.get(fault.status_code, str(fault.detail))


def _headers(fault: Exception) -> dict[str, str]:
    headers = {}
    if challenge := getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(fault, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def _flat(detail: Any, field: str = "") -> list[dict[str, str]]:
    if isinstance(detail, Mapping):
        return [row for key, inner in detail.items() for row in _flat(inner, f"{field}.{key}".strip("."))]
    if isinstance(detail, list):
        return [row for inner in detail for row in _flat(inner, field)]
    return [{"field": field, "detail": str(detail)}]
