"""Asking to see who complained, deciding on it, and looking while the time runs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from accounts import wording
from ledger.refusals import Refused
from records.models import Complaint, ComplaintFile
from records.services.intake import custody
from records.web.cases.pages import CaseAct
from records.web.complaints.papers import paper_name
from records.web.custody.pages import OfRequest
from records.web.forms.acts import PlainForm, ReasonForm
from records.web.forms.fields import LongText
from records.web.pages import StaffRequest, show
from rules import clock


class AskingForm(forms.Form):
    """Why one must know who complained."""

    reason = LongText(
        label=gettext_lazy("理由"),
        rows=4,
        required=True,
        help_text=gettext_lazy("写清为什么不看就查不下去。保管人和日志都看得到；不要写投诉的内容。至少 10 个字。"),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)


class AskForIdentity(FormView):  # type: ignore[type-arg]
    """A handler asks to see who complained."""

    request: StaffRequest
    template_name = "staff/custody/ask.html"
    form_class = AskingForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the complaint, or answer 404."""
        super().setup(request, *args, **kwargs)
        self.now = clock.now()

    def complaint(self) -> Complaint:
        """
        This will give the complaint.

        :raises Http404: it is not for this person
        """
        rows = Complaint.objects.visible_to(self.request.user, self.now).select_related("department")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will name the complaint."""
        return super().get_context_data(complaint=self.complaint(), **more)

    def wanted(self) -> ComplaintFile | None:
        """This will give the file whose original is asked for; none = the identity."""
        return None

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """This will hand the request to the custodian."""
        try:
            asked = custody.ask(
                actor=self.request.user,
                complaint=self.complaint(),
                file=self.wanted(),
                reason=form.cleaned_data["reason"],
                now=self.now,
            )
        except Refused as refusal:
            show(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        messages.success(self.request, _("已交给身份保管人决定；决定以后在这里看得到。"))
        return redirect("custody:request", pk=asked.pk)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """This will show the form again, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AskForOriginal(AskForIdentity):
    """A handler asks to see a file as it was sent."""

    def wanted(self) -> ComplaintFile:
        """
        This will give the file.

        :raises Http404: the case has no such file
        """
        found = ComplaintFile.objects.filter(complaint=self.complaint(), pk=self.kwargs["item"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will name the file."""
        return super().get_context_data(paper=paper_name(self.wanted()), **more)


class ReleaseForm(ReasonForm):
    """The reason, and the passphrase that opens what is asked for."""

    passphrase = forms.CharField(
        label=gettext_lazy("保管口令"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("请填写")},
        max_length=200,
    )


class Release(OfRequest, CaseAct):
    """The custodian lets the asker see the identity or the original for some days."""

    form_class = ReleaseForm
    question = gettext_lazy("同意申请人查看？")
    keeps = gettext_lazy("只给申请人本人看，几天后自动收回；您自己看不到投诉说了什么。")
    verb = gettext_lazy("同意查看")
    done = gettext_lazy("已同意，申请人限时可看，每次查看都记入日志。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will open it for the asker."""
        custody.release(
            actor=self.user,
            request=self.case,
            passphrase=kept["passphrase"],
            reason=kept["reason"],
            version=kept["version"],
            now=self.now,
        )


class RefuseRelease(OfRequest, CaseAct):
    """The custodian refuses."""

    form_class = ReasonForm
    question = gettext_lazy("不同意查看？")
    keeps = gettext_lazy("不打开；申请人看得到理由，可以补充理由再申请。")
    verb = gettext_lazy("不同意")
    done = gettext_lazy("已答复申请人：不同意查看。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will close the request."""
        custody.refuse(actor=self.user, request=self.case, reason=kept["reason"], version=kept["version"], now=self.now)


class ViewIdentity(OfRequest, CaseAct):
    """The asker looks; each look is an entry, so it is an act and no link."""

    form_class = PlainForm
    question = gettext_lazy("查看投诉人身份？")
    keeps = gettext_lazy("这次查看会记入日志。请勿抄录、转告，更不能告诉被投诉的部门。")
    verb = gettext_lazy("查看")

    def act(self, kept: dict[str, Any]) -> None:
        """This will never be called: the page answers by itself."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """This will show the identity once."""
        try:
            shown = custody.view(actor=self.user, request=self.case, now=self.now)
        except Refused as refusal:
            return self.refused(form, refusal)
        context = {**self.frame(), "identity": shown, "until": wording.moment(self.case.open_until)}
        return render(self.request, "staff/custody/identity.html", context)


class DownloadOriginal(OfRequest, CaseAct):
    """The asker takes the original; each download is an entry, so it is an act and no link."""

    form_class = PlainForm
    question = gettext_lazy("下载附件原件？")
    keeps = gettext_lazy(
        "这次下载会记入日志。原件没有去掉作者、地点等信息，也没有清除可能有害的内容：只在本案核查中用，不要转发，更不能告诉被投诉的部门。"
    )
    verb = gettext_lazy("下载")

    def act(self, kept: dict[str, Any]) -> None:
        """This will never be called: the page answers by itself."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """This will send the file as it was sent, never shown inside the site."""
        try:
            content = custody.read_original(actor=self.user, request=self.case, now=self.now)
        except Refused as refusal:
            return self.refused(form, refusal)
        name = content_disposition_header(as_attachment=True, filename=paper_name(self.case.file))
        return HttpResponse(
            content, content_type="application/octet-stream", headers={"Content-Disposition": name or "attachment"}
        )
