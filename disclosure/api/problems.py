"""Problems of the open API as RFC 9457 says; a document that may not be told of and one that never was look the same."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording as days
from accounts.api import problems
from disclosure.reading import Ended
from ledger.refusals import Refused

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, noarchive", "Access-Control-Allow-Origin": "*"}
REASONS = {
    "withdrawn": gettext_lazy("认定已撤销"),
    "expired": gettext_lazy("公示期满"),
    "repaired": gettext_lazy("信用修复获准"),
    "stopped": gettext_lazy("依异议处理决定停止公示"),
    "delisted": gettext_lazy("法院已移出名单"),
    "suspended": gettext_lazy("异议处理期间暂停公示"),
}


def _answer(*, status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """A problem without the request's id in its body (it is in the header), so that equal cases are equal bytes."""
    told = problems.problem(status=status, code=code, detail=detail, **more)
    told.pop("request_id")
    body = json.dumps(told, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=problems.MEDIA_TYPE, headers=HEADERS)


def not_public() -> HttpResponse:
    """This will say that there is nothing here, in the same bytes whether or not there is something unpublished."""
    return _answer(status=404, code="missing", detail=_("没有这份公示文书。"))


def no_longer_public(ended: Ended) -> HttpResponse:
    """This will say when and why a document ended, and nothing else about it."""
    told = {"day": days.day(ended.day), "why": REASONS[ended.kind]}
    detail = _("这份公示已于%(day)s结束：%(why)s。内容不再提供。") % told
    if ended.kind == "suspended":
        detail = _("这份公示自%(day)s起暂停：%(why)s。办结以后仍然成立的，在原地址恢复。") % told
    return _answer(status=410, code="ended", detail=detail, reason=ended.kind, ended_on=ended.day.isoformat())


def refused(refusal: Refused) -> HttpResponse:
    """This will say which parameter was not understood; values that cannot be are the asker's error, so 400."""
    status = 400 if refusal.status == 422 else refusal.status
    return _answer(
        status=status,
        code=refusal.code,
        detail=refusal.message,
        field=refusal.field,
        nearest=getattr(refusal, "nearest", None),
    )


def not_yet_signed() -> HttpResponse:
    """This will ask to come back when the log has signed its next head."""
    detail = _("这份公示刚刚更新，日志将在 10 秒内签名，之后即可取得存证。")
    answer = _answer(status=503, code="not_yet_signed", detail=detail)
    answer["Retry-After"] = "10"
    return answer


def wrong_method(allowed: str) -> HttpResponse:
    """This will say that the open API only reads."""
    answer = _answer(status=405, code="method_not_allowed", detail=_("公开接口只提供读取。"))
    answer["Allow"] = allowed
    return answer
