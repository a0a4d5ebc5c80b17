"""Credit checks: ask about one or a list, read the answer, say what came of it, lay a report beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts import paging
from accounts.models import Department, RoleGrant, User
from accounts.selectors import officials
from ledger.refusals import Missing, Refused
from records.imports import candidates
from records.imports.candidates import BadLines
from records.models import CADRE, CheckRun, CreditCheck, CreditReport
from records.models.check import CADRE_CHECKERS, CHECKERS
from records.services import attachments
from records.services.archives import checks, reports
from records.services.archives.checks import Question
from records.web.archives import answers
from records.web.forms.checks import CheckForm, DecisionForm, ReportForm
from records.web.pages import StaffRequest, show
from rules import clock, codes

PAGE = 50


class CheckList(TemplateView):
    """The checks of the departments one works for, newest first."""

    request: StaffRequest
    template_name = "staff/archives/checks.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show one page; a cursor that was tampered with leads to the first one."""
        try:
            return super().get(request, *args, **kwargs)
        except paging.BadParameter:
            return redirect(reverse("archives:checks"))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will find the rows."""
        rows = CheckRun.objects.visible_to(self.request.user, clock.now()).select_related("person", "client")
        cursor = self.request.GET.get("cursor", "")
        found, following = paging.page(
            rows, order=("-checked_at", "-id"), limit=PAGE, cursor=cursor, kind="archives.checks"
        )
        context = {
            "rows": [{"run": run, "purpose": codes.label("credit_check_purpose", run.purpose)} for run in found],
            "next_cursor": following,
            "first_url": reverse("archives:checks") if cursor else "",
        }
        return super().get_context_data(**context, **more)


class NewCheck(TemplateView):
    """Ask."""

    request: StaffRequest
    template_name = "staff/archives/check_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show the form, filled with a code or a purpose the address names."""
        given = {"key": uuid4(), "codes": request.GET.get("code", "")[:40], "purpose": request.GET.get("purpose", "")}
        return self.page(self.form(initial=given))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will check, or say which line or field stands against it."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            run = self.run(form)
        except BadLines as refusal:
            show(form, refusal)
            return self.page(form, status=422, bad=refusal.lines)
        except Refused as refusal:
            show(form, refusal)
            return self.page(form, status=refusal.status)
        return redirect("archives:check", run.pk)

    def run(self, form: CheckForm) -> CheckRun:
        """This will find the subjects and ask."""
        user, now, kept = self.request.user, clock.now(), form.cleaned_data
        subjects = candidates.subjects(
            form.rows(), officials=officials.visible_to(user, now=now), on=clock.local_day(now)
        )
        question = Question(
            subjects=subjects,
            purpose=kept["purpose"],
            legal_basis=kept["legal_basis"],
            business_ref=kept["business_ref"],
        )
        home = home_of(user.grants(now), kept["purpose"])
        return checks.run(actor=user, key=kept["key"] or uuid4(), department=home, question=question, now=now)

    def form(self, *args: Any, **rest: Any) -> CheckForm:
        """This will offer the purposes of the reader's roles."""
        now = clock.now()
        held = {grant.role for grant in self.request.user.grants(now)}
        offered = codes.choices("credit_check_purpose", on=clock.local_day(now))
        mine = [(code, label) for code, label in offered if code != CADRE or held & CADRE_CHECKERS]
        return CheckForm(*args, purposes=mine, **rest)

    def page(self, form: CheckForm, status: int = 200, **more: Any) -> HttpResponse:
        """This will draw it."""
        return self.render_to_response(self.get_context_data(form=form, most=checks.MOST, **more), status=status)


def home_of(grants: list[RoleGrant], purpose: str) -> Department:
    """This will give the department for which somebody asks: that of the first role that may."""
    wanted = CADRE_CHECKERS if purpose == CADRE else CHECKERS
    held: Department = next(grant.department for grant in grants if grant.role in wanted)
    return held


class RunView(TemplateView):
    """Any page of one request; what the reader may not see answers 404."""

    request: StaffRequest
    user: User
    now: datetime
    run: CheckRun

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the request."""
        super().setup(request, *args, **kwargs)
        self.now = clock.now()
        if isinstance(request.user, User):
            self.user = request.user
            rows = CheckRun.objects.visible_to(self.user, self.now).select_related("department", "person", "client")
            found = rows.filter(pk=kwargs["pk"]).first()
            if found is None:
                raise Http404
            self.run = found


class CheckPage(RunView):
    """The answer, line by line, with what causes it."""

    template_name = "staff/archives/check.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will print the kept answer; nothing is looked up anew."""
        lines = list(self.run.checks.order_by("place"))
        counts = {
            "restricted": self.run.restricted,
            "noticed": self.run.noticed,
            "clear": self.run.total - self.run.restricted - self.run.noticed,
        }
        wanted = self.request.GET.get("verdict", "")
        shown = [each for each in lines if not wanted or each.verdict == wanted]
        context = {
            "run": self.run,
            "purpose": codes.label("credit_check_purpose", self.run.purpose),
            "standing": answers.standing(self.run),
            "lines": answers.lines(shown, self.run, user=self.user, now=self.now),
            "chips": answers.chips(self.run, counts, wanted),
            "reports": self._reports(),
        }
        return super().get_context_data(**context, **more)

    def _reports(self) -> list[dict[str, Any]]:
        rows = CreditReport.objects.filter(credit_check__run=self.run).select_related("credit_check")
        return [
            {"report": each, "url": reverse("archives:report_file", args=[self.run.pk, each.pk])}
            for each in rows.order_by("-added_at", "id")
        ]


class CheckAct(RunView):
    """An act on one line of an answer."""

    template_name = "staff/archives/check_act.html"
    heading: Any = ""
    lead: Any = ""
    verb: Any = ""
    done: Any = ""
    check: CreditCheck

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the line."""
        super().setup(request, *args, **kwargs)
        if hasattr(self, "run"):
            found = self.run.checks.filter(pk=kwargs["line"]).first()
            if found is None:
                raise Http404
            self.check = found
            self.check.run = self.run

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show the form."""
        return self.page(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will act, or say at the field why not."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            self.act(form.cleaned_data)
        except Refused as refusal:
            show(form, refusal)
            return self.page(form, status=refusal.status)
        messages.success(request, str(self.done))
        return redirect("archives:check", self.run.pk)

    def page(self, form: Form, status: int = 200) -> HttpResponse:
        """This will draw it."""
        words = {"heading": self.heading, "lead": self.lead, "verb": self.verb, "run": self.run, "line": self.check}
        line = answers.lines([self.check], self.run, user=self.user, now=self.now)[0]
        return self.render_to_response(self.get_context_data(form=form, told=line, **words), status=status)

    def form(self, *args: Any) -> Form:
        """This will make the form."""
        return Form(*args)

    def act(self, kept: dict[str, Any]) -> None:
        """This will call the service."""


class Decide(CheckAct):
    """Say what came of it, once."""

    heading = gettext_lazy("登记办理结果")
    lead = gettext_lazy("只能登记一次，登记后不能改。")
    verb = gettext_lazy("登记")
    done = gettext_lazy("已登记办理结果。")

    def form(self, *args: Any) -> Form:
        """This will offer the list."""
        return DecisionForm(*args[:1], today=clock.local_day(self.now))

    def act(self, kept: dict[str, Any]) -> None:
        """This will record it."""
        checks.decide(actor=self.user, check=self.check, decision=kept["decision"], note=kept["note"], now=self.now)


class AddReport(CheckAct):
    """Lay a report beside it."""

    heading = gettext_lazy("附第三方信用报告")
    lead = gettext_lazy("报告作为这次核查的附件留存，文件计算摘要，不能替换。")
    verb = gettext_lazy("附上")
    done = gettext_lazy("已附上信用报告。")

    def form(self, *args: Any) -> Form:
        """This will ask for the report."""
        return ReportForm(*args)

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep it."""
        upload = kept.pop("file")
        reports.add(actor=self.user, check=self.check, upload=upload, now=self.now, **kept)


class ReportFile(View):
    """The file of a report, as an attachment, for whoever may see the check."""

    def get(self, request: StaffRequest, pk: UUID, report: UUID) -> FileResponse:
        """This will send it, or answer 404."""
        runs = CheckRun.objects.visible_to(request.user, clock.now()).filter(pk=pk)
        found = CreditReport.objects.filter(pk=report, credit_check__run__in=runs).first()
        item = attachments.held(found).first() if found else None
        if item is None:
            raise Http404
        try:
            opened = attachments.open_file(item)
        except Missing:
            raise Http404 from None
        return FileResponse(opened, as_attachment=True, filename=item.name, content_type=item.media_type)
