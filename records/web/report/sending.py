"""The form on which anybody complains about a department, and the receipt shown once for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ledger.refusals import Refused
from records.services.intake import promises, register
from records.services.intake.register import Received
from records.web.report import answers, limits, tokens, uploads
from records.web.report.forms import ReportForm
from records.web.report.tokens import Form
from rules import clock, parameters

RATE = "complaint.rate_per_minute"
QUESTION_AFTER, QUESTION_FOR_ALL_AFTER = 5, 60
"""So many sendings a minute from one address, or from everybody, before the form asks its question."""


@answers.without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or take a complaint in and show its receipt."""
    if request.method != "POST":
        given = tokens.new_form(ask=_is_busy(request, add=0))
        form = ReportForm(given=given, now=clock.now(), initial=_begun(request.GET.get("commitment", "")))
        return _form(request, form, given)
    if tokens.is_foreign(request):
        return answers.stopped(request, 403, _("没有收下"), _("这份表单不是从本站打开的。请在本站重新填写。"))
    now = clock.now()
    if limits.count(limits.SENDING, request) > int(parameters.value(RATE, on=clock.local_day(now))):
        return answers.busy(request)
    try:
        uploads.read(request)
    except Refused as refusal:
        return answers.stopped(request, 413, _("没有收下"), refusal.message)
    return _taken(request, now)


def _begun(number: str) -> dict[str, str]:
    """What a promise's page puts in beforehand: its number and its department; an unknown number puts in nothing."""
    promise = promises.shown(number)
    return {"commitment": promise.number, "dept": promise.department.name} if promise else {}


def _taken(request: HttpRequest, now: Any) -> HttpResponse:
    given = tokens.open_form(request.POST.get("token", "")[:2000])
    must_ask = _is_busy(request, add=1)
    if given is None or (must_ask and given.question is None):
        return _again(request, now, is_late=given is None, given=tokens.new_form(ask=must_ask, nonce=_nonce(given)))
    form = ReportForm(request.POST, given=given, now=now)
    if not form.is_valid():
        return _form(request, form, given, status=422)
    try:
        received = register.receive(
            actor=None, facts=form.facts(request.FILES.getlist("papers")), nonce=given.nonce, now=now
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _form(request, form, given, status=refusal.status)
    return _receipt(request, received)


def _nonce(given: Form | None) -> bytes | None:
    return given.nonce if given else None


def _is_busy(request: HttpRequest, *, add: int) -> bool:
    """Whether the question must be asked: much from this address, or much from everywhere."""
    own = limits.count(limits.SENDING, request, add=0)
    return own > QUESTION_AFTER or limits.count(limits.SENDING, None, add=add) > QUESTION_FOR_ALL_AFTER


def _again(request: HttpRequest, now: Any, *, is_late: bool, given: Form) -> HttpResponse:
    """Ask once more with everything that was typed: the page lay too long, or the question is needed now."""
    form = ReportForm(request.POST, given=given, now=now)
    form.is_valid()
    if is_late:
        form.add_error(None, _("页面放置超过 2 小时，还没有提交。您填的都在，请再按一次“提交投诉”。"))
    return _form(request, form, given, status=422)


def _form(request: HttpRequest, form: ReportForm, given: Form, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "token": tokens.seal_form(given), "had_files": bool(form.is_bound and request.FILES)}
    return answers.page(request, "form", context, status=status)


def _receipt(request: HttpRequest, received: Received) -> HttpResponse:
    number, code = received.slip.spaced
    held = received.complaint.receipts.get()
    context = {"number": number, "code": code, "complaint": received.complaint, "is_repeat": received.is_repeat}
    return answers.page(request, "received", {**context, "pass": tokens.seal_pass(str(held.pk))})
