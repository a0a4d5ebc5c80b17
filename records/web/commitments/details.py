"""Writing the details of a commitment: a page per form, built from its description."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from ledger.refusals import NotAllowed, Refused, Stale
from records.models import Commitment
from records.selectors.commitments import details as reads
from records.services.commitments import details
from records.web.forms.details import MORE, DetailForm
from records.web.pages import StaffRequest
from records.workflow.commitments import details as writing
from rules import clock
from rules.details.cleaning import Faulty
from rules.details.shapes import Form


class WriteDetails(View):
    """One form of one commitment; rows are added by a button that sends the page, so no script is needed."""

    request: StaffRequest
    template_name = "staff/commitments/write_details.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will find commitment and form, or answer 404."""
        super().setup(request, *args, **kwargs)
        self.now = clock.now()
        rows = Commitment.objects.visible_to(self.request.user, self.now).select_related("department")
        found = rows.filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.commitment: Commitment = found
        form = reads.writable(self.commitment, kwargs["form"], clock.local_day(self.now))
        if form is None:
            raise Http404
        self.described: Form = form
        self.held = reads.current(self.commitment, form.code)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """
        This will show the form with what is kept, but not to whom it is closed by recusal.

        :raises NotAllowed: he must stay away from the department that promised
        """
        if tie := writing.stands(self.commitment, actor=self.request.user, now=self.now).tie:
            raise NotAllowed(tie)
        return self.page(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """This will keep what was typed, add rows, or say at each field what is wrong."""
        wanted = request.POST.get("act", "")
        if wanted.startswith("more:"):
            return self.page(self.form(data=request.POST, extra={wanted.removeprefix("more:"): MORE}))
        form = self.form(data=request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        return self.keep(form)

    def keep(self, form: DetailForm) -> HttpResponse:
        """This will call the service."""
        try:
            kept = details.write(
                actor=self.request.user,
                commitment=self.commitment,
                form=self.described.code,
                values=form.typed(),
                version=form.cleaned_data["version"],
                why=form.cleaned_data.get("why") or "",
                now=self.now,
            )
        except Faulty as refusal:
            form.tell(refusal.errors)
            return self.page(form, status=refusal.status)
        except Stale as refusal:
            return self.stale(refusal)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.page(form, status=refusal.status)
        words = {"form": self.described.label, "version": kept.version}
        messages.success(self.request, _("已保存：%(form)s，第 %(version)d 版") % words)
        return redirect(self.back())

    def stale(self, refusal: Refused) -> HttpResponse:
        """This will say that somebody wrote in between."""
        context = {**self.frame(), "refusal": str(refusal), "again": self.request.get_full_path()}
        return render(self.request, "staff/commitments/stale_details.html", context, status=409)

    def form(self, *, data: Any = None, extra: dict[str, int] | None = None) -> DetailForm:
        """This will build the form from the description."""
        return DetailForm(
            data,
            form=self.described,
            department=self.commitment.department,
            given=self.held.values if self.held else {},
            extra=extra or {},
            initial={"version": self.held.version if self.held else 0},
        )

    def page(self, form: DetailForm, status: int = 200) -> HttpResponse:
        """This will draw the page."""
        sheet = next(
            (
                each
                for each in reads.sheets(commitment=self.commitment, actor=self.request.user, now=self.now)
                if each.form.code == self.described.code
            ),
            None,
        )
        context = {**self.frame(), "form": form, "sheet": sheet, "may_write": sheet is not None and not sheet.closed}
        return render(self.request, self.template_name, context, status=status)

    def frame(self) -> dict[str, Any]:
        """This will give what the head prints."""
        return {"commitment": self.commitment, "described": self.described, "back": self.back()}

    def back(self) -> str:
        """This will give the commitment's page."""
        return reverse("commitments:commitment", args=[self.commitment.pk])
