"""The restricted parts: a reason opens one for a single answer; nothing of it can be linked to or kept by the browser."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import NotAllowed, Refused
from records.models import RestrictedKind
from records.services.archives import restricted
from records.web.archives.pages import ArchiveView
from records.web.forms.archives import ReadForm, WriteForm
from records.web.pages import show
from rules import clock


class RestrictedView(ArchiveView):
    """What reading and writing share: only an official's archive has such parts."""

    template_name = "staff/archives/act.html"
    heading: Any = ""
    lead: Any = ""
    verb: Any = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will answer 404 for a unit's archive, and for a part there is not."""
        super().setup(request, *args, **kwargs)
        if hasattr(self, "archive") and (
            self.archive.official is None or kwargs.get("kind", "appraisal") not in RestrictedKind.values
        ):
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show the form."""
        return self.page(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will act, or say at the field why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            return self.act(form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            show(form, refusal)
            return self.page(form, status=refusal.status)

    def page(self, form: Form, *, status: int = 200, **more: Any) -> HttpResponse:
        """This will draw the form in the staff frame."""
        words = {"heading": self.heading, "lead": self.lead, "verb": self.verb, "archive": self.archive}
        return self.render_to_response(self.get_context_data(form=form, **words, **more), status=status)

    @abstractmethod
    def form(self, data: Any = None) -> Form:
        """This will make the form."""

    @abstractmethod
    def act(self, kept: dict[str, Any]) -> HttpResponse:
        """This will call the service."""


class ReadRestricted(RestrictedView):
    """Read one part once."""

    lead = gettext_lazy("打开后只显示这一次。谁看、为什么看，记入日志，不能删改。")
    verb = gettext_lazy("打开")

    def form(self, data: Any = None) -> ReadForm:
        """This will ask for purpose and reason."""
        self.heading = _("查看%(part)s") % {"part": RestrictedKind(self.kwargs["kind"]).label}
        return ReadForm(data, today=clock.local_day(self.now))

    def act(self, kept: dict[str, Any]) -> HttpResponse:
        """This will show the entries in this one answer."""
        entries = restricted.read(
            actor=self.user,
            archive=self.archive,
            kind=self.kwargs["kind"],
            purpose=kept["purpose"],
            reason=kept["reason"],
            now=self.now,
        )
        self.template_name = "staff/archives/restricted.html"
        answer = self.page(ReadForm(today=clock.local_day(self.now)), entries=entries)
        answer.headers["Cache-Control"] = "no-store"
        return answer


class WriteRestricted(RestrictedView):
    """Add an entry to a part."""

    heading = gettext_lazy("登记限制内容")
    lead = gettext_lazy("只有本部门人事能登记和查看。")
    verb = gettext_lazy("登记")

    def form(self, data: Any = None) -> WriteForm:
        """This will ask for part, year and text."""
        return WriteForm(data, today=clock.local_day(self.now))

    def act(self, kept: dict[str, Any]) -> HttpResponse:
        """This will seal the entry."""
        restricted.write(actor=self.user, archive=self.archive, now=self.now, **kept)
        messages.success(self.request, _("已加密登记。"))
        return redirect("archives:archive", self.archive.pk)
