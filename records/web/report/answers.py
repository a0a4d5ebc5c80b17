"""How every page of the reporters leaves the house: kept by nobody, told to nobody, without a cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from disclosure.web import rendering
from records.web.report import days, limits

View = Callable[..., HttpResponse]


def page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """This will print one page of the room."""
    context = {"current": "report", "days": days.today(), **context}
    response = rendering.page(request, f"public/report/{name}.html", context, status=status, robots=rendering.NOINDEX)
    return hushed(response)


def hushed(response: HttpResponse) -> HttpResponse:
    """This will set the headers that keep a page out of caches, archives and the next site's logs."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = rendering.NOINDEX
    return response


def stopped(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """This will say why nothing was done, and what to do."""
    return page(request, "stopped", {"title": title, "text": text}, status=status)


def busy(request: HttpRequest) -> HttpResponse:
    """This will answer 429 to who sends too often."""
    response = stopped(
        request,
        429,
        _("提交得太频繁"),
        _("这次没有收下。请等一分钟，再按浏览器的“返回”重新提交，已填的文字还在。急事请拨打 12345。"),
    )
    response["Retry-After"] = str(limits.SENDING.seconds)
    return response


def resting(request: HttpRequest) -> HttpResponse:
    """This will answer 429 to who gave too many wrong receipts."""
    minutes = limits.ASKING.seconds // 60
    told = _("请等 %(minutes)d 分钟再查。回执号和查询码请对照回执逐位核对；投诉照常办理，不受影响。")
    response = stopped(request, 429, _("填错的次数太多"), told % {"minutes": minutes})
    response["Retry-After"] = str(limits.ASKING.seconds)
    return response


def without_cookie(view: View) -> View:
    """This will spare a view the cookie check: its forms carry sealed tokens instead (records.web.report.tokens)."""

    @csrf_exempt
    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        return view(request, *args, **rest)

    return seen
