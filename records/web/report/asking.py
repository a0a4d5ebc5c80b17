"""The receipt's pages: state and answer, messages both ways, and the rating."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ledger.refusals import Refused
from records.models import ComplaintReceipt
from records.services.intake import thread
from records.web.report import answers, limits, standing, tokens, uploads
from records.web.report.forms import AskForm, RateForm, SayForm, WithdrawForm
from records.workflow.intake import receipts
from rules import clock

WRONG_TRIES = 20
"""So many wrong receipts from one address in ten minutes before it has to wait."""


@answers.without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt, and show its thread; a wrong one is not told from one that never was."""
    if request.method != "POST":
        return answers.page(request, "ask", {"form": AskForm()})
    if limits.count(limits.ASKING, request, add=0) >= WRONG_TRIES:
        return answers.resting(request)
    if not _read(request):
        return answers.stopped(request, 413, _("没有收到"), _("提交的内容太大或不完整。"))
    if "pass" in request.POST:
        held = _held(request)
        return _thread(request, held) if held else _over(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        return answers.page(request, "ask", {"form": form}, status=422)
    found = thread.find(number=form.cleaned_data["number"], code=form.cleaned_data["code"])
    if found is None:
        limits.count(limits.ASKING, request)
        form.add_error(None, _("回执号或查询码不对，请对照回执再填一次；多次填错要等 10 分钟。"))
        return answers.page(request, "ask", {"form": form}, status=422)
    return _thread(request, found)


@answers.without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """Add something to one's complaint."""
    held = _acting(request)
    if isinstance(held, HttpResponse):
        return held
    given = tokens.open_form(request.POST.get("token", "")[:2000])
    form = SayForm(request.POST)
    if given is None:
        form.add_error(None, _("页面放置太久，还没有提交。您填的都在，请再按一次“补交”。"))
        return _thread(request, held, say=form, status=422)
    if not form.is_valid():
        return _thread(request, held, say=form, status=422)
    try:
        kept = thread.supplement(
            receipt=held,
            text=form.cleaned_data["text"],
            uploads=request.FILES.getlist("papers"),
            nonce=given.nonce,
            now=clock.now(),
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _thread(request, held, say=form, status=refusal.status)
    told = _("已收到您的补充，办理人看得到。") if kept else _("这段补充刚才已经收到，没有重复登记。")
    return _thread(request, held, done=told)


@answers.without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """Say once whether the answer satisfies."""
    held = _acting(request)
    if isinstance(held, HttpResponse):
        return held
    form = RateForm(request.POST)
    if not form.is_valid():
        return _thread(request, held, rate=form, status=422)
    try:
        thread.rate(receipt=held, is_satisfied=form.cleaned_data["satisfied"] == "yes", now=clock.now())
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _thread(request, held, rate=form, status=refusal.status)
    return _thread(request, held, done=_("您的评价已记下。"))


@answers.without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's complaint back, confirmed by a tick; the case ends in the night."""
    held = _acting(request)
    if isinstance(held, HttpResponse):
        return held
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _thread(request, held, withdraw=form, status=422)
    try:
        thread.withdraw(receipt=held, now=clock.now())
    except Refused as refusal:
        return _thread(request, held, problem=refusal.message, status=refusal.status)
    return _thread(request, held, done=_("您的撤回已收到。"))


@answers.without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest) -> HttpResponse:
    """Give the receipt just shown as a small text file; the two numbers come from the page, nothing here knows them."""
    if request.method != "POST":
        return redirect("report:ask")
    if not _read(request):
        return answers.stopped(request, 413, _("没有收到"), _("提交的内容太大或不完整。"))
    told = receipts.read(request.POST.get("number", ""), request.POST.get("code", ""))
    number, code = told.spaced
    text = _(
        "投诉回执\r\n回执号：%(number)s\r\n查询码：%(code)s\r\n凭这两个号码在本站“投诉举报—凭回执查进度”查询。\r\n"
    )
    response = HttpResponse(text % {"number": number, "code": code}, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="receipt.txt"'
    return answers.hushed(response)


def _acting(request: HttpRequest) -> ComplaintReceipt | HttpResponse:
    """The receipt somebody acts with, or the answer that takes its place."""
    if request.method != "POST":
        return redirect("report:ask")
    if tokens.is_foreign(request):
        return answers.stopped(request, 403, _("没有收下"), _("这份表单不是从本站打开的。"))
    if limits.count(limits.SENDING, request) > WRONG_TRIES:
        return answers.busy(request)
    if not _read(request):
        return answers.stopped(request, 413, _("没有收下"), _("提交的内容太大：附件合计不能超过 40 MB。"))
    return _held(request) or _over(request)


def _read(request: HttpRequest) -> bool:
    try:
        uploads.read(request)
    except Refused:
        return False
    return True


def _held(request: HttpRequest) -> ComplaintReceipt | None:
    opened = tokens.open_pass(request.POST.get("pass", "")[:2000])
    return ComplaintReceipt.objects.select_related("complaint").filter(pk=UUID(opened)).first() if opened else None


def _over(request: HttpRequest) -> HttpResponse:
    form = AskForm()
    return answers.page(request, "ask", {"form": form, "is_over": True}, status=422)


def _thread(
    request: HttpRequest,
    held: ComplaintReceipt,
    *,
    say: forms.Form | None = None,
    rate: forms.Form | None = None,
    withdraw: forms.Form | None = None,
    done: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    fresh = ComplaintReceipt.objects.select_related("complaint__merged_into", "complaint__department").get(pk=held.pk)
    context: dict[str, Any] = {
        "standing": standing.of(fresh),
        "say": say or SayForm(),
        "rate": rate or RateForm(),
        "withdraw": withdraw or WithdrawForm(),
        "done": done,
        "problem": problem,
        "pass": tokens.seal_pass(str(fresh.pk)),
        "token": tokens.seal_form(tokens.new_form()),
    }
    return answers.page(request, "thread", context, status=status)
