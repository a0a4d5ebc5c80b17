"""Problems of the open API as RFC 9457 says; a document that may not be told of and one that never was look the same."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording as days
from disclosure.reading import Ended
from ledger.refusals import Refused

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, noarchive", "Access-Control-Allow-Origin": "*"}
REASONS = {
    "withdrawn": gettext_lazy("认定已撤销"),
    "expired": gettext_lazy("公示期满"),
    "repaired": gettext_lazy("信用修复获准"),
}


def problem(status: int, title: str, detail: str, **more: Any) -> HttpResponse:
    """This will answer with a problem document; ``more`` are members of our own."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return HttpResponse(
        json.dumps(told, ensure_ascii=False), status=status, content_type="application/problem+json", headers=HEADERS
    )


def not_public() -> HttpResponse:
    """This will say that there is nothing here, in the same bytes whether or not there is something unpublished."""
    return problem(404, _("没有找到"), _("没有这份公示文书。"), code="not_found")


def no_longer_public(ended: Ended) -> HttpResponse:
    """This will say when and why a document ended, and nothing else about it."""
    detail = _("这份公示已于%(day)s结束：%(why)s。内容不再提供。")
    told = {"day": days.day(ended.day), "why": REASONS[ended.kind]}
    return problem(410, _("公示已结束"), detail % told, code="ended", reason=ended.kind, ended_on=ended.day.isoformat())


def refused(refusal: Refused) -> HttpResponse:
    """This will say which parameter was not understood; values that cannot be are the asker's error, so 400."""
    status = 400 if refusal.status == 422 else refusal.status
    return problem(
        status, _("请求有误"), refusal.message, code=refusal.code,
        errors=[{"parameter": refusal.field, "detail": refusal.message}] if refusal.field else [],
    )  # fmt: skip


def not_yet_signed() -> HttpResponse:
    """This will ask to come back when the log has signed its next head."""
    answer = problem(
        503, _("稍后再试"), _("这份公示刚刚更新，日志将在 10 秒内签名，之后即可取得存证。"), code="not_yet_signed"
    )
    answer["Retry-After"] = "10"
    return answer


def wrong_method(allowed: str) -> HttpResponse:
    """This will say that the open API only reads."""
    answer = problem(405, _("只能读取"), _("公开接口只提供读取。"), code="method_not_allowed")
    answer["Allow"] = allowed
    return answer
