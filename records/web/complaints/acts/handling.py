"""Handling: who investigates, the findings, more time, the proposal of a conclusion and its second signature."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import Refused
from records.models import ComplaintOutcome
from records.services.complaints import handling, verifying
from records.web.cases.proposals import SigningPage
from records.web.complaints import forms
from records.web.complaints.base import ComplaintAct, ComplaintView
from records.web.forms.acts import PlainForm, ReasonForm
from records.web.pages import FormPage, show
from records.workflow.complaints import competence
from records.workflow.intake import vault
from rules.models import Proposal


class Assign(ComplaintAct):
    """Somebody is named to investigate."""

    form_class = forms.AssignForm
    question = gettext_lazy("指定办理人")
    keeps = gettext_lazy("被投诉单位的人和申报过回避的人不能办理；之后只有办理人看得到内容。")
    verb = gettext_lazy("指定")
    done = gettext_lazy("已指定办理人。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the handlers of the office."""
        offered = competence.handlers(handling=self.case.department, accused=self.case.object_department, now=self.now)
        return {**super().get_form_kwargs(), "offered": offered}

    def act(self, kept: dict[str, Any]) -> None:
        """This will name him."""
        handling.assign(
            actor=self.user, complaint=self.case, handler_id=UUID(kept["handler"]), version=kept["version"],
            now=self.now,
        )  # fmt: skip


class Investigate(ComplaintAct):
    """The handler begins."""

    form_class = PlainForm
    question = gettext_lazy("开始核查")
    keeps = gettext_lazy("您成为这件投诉的办理人；核查结论须由另一人复核，您不能复核自己办的。")
    verb = gettext_lazy("开始核查")
    done = gettext_lazy("已开始核查。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will begin the investigation."""
        handling.investigate(actor=self.user, complaint=self.case, version=kept["version"], now=self.now)


class Findings(ComplaintAct):
    """The handler writes down what he found."""

    form_class = forms.FindingsForm
    question = gettext_lazy("记录核查情况")
    keeps = gettext_lazy("加密保存，只有能看这件投诉的人看得到；已经提出的结论会失效，须重新提出。")
    verb = gettext_lazy("保存")
    done = gettext_lazy("已保存核查情况。")

    def get_initial(self) -> dict[str, Any]:
        """This will show what was written before."""
        return {**super().get_initial(), "text": vault.open_text(self.case, self.case.findings_sealed, "findings")}

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep it."""
        handling.note_findings(
            actor=self.user, complaint=self.case, text=kept["text"], version=kept["version"], now=self.now
        )


class Attach(ComplaintView, FormPage):
    """The handler adds a file that proves what he found."""

    template_name = "staff/cases/act.html"
    form_class = forms.EvidenceForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will add the words of the page."""
        told = {"question": _("上传核查证据"), "verb": _("上传"), "keeps": _("提出结论之前至少要有一份。")}
        return super().get_context_data(**self.frame(), **told, **more)

    def form_valid(self, form: Form) -> HttpResponse:
        """This will keep the file, or say why not."""
        try:
            handling.add_evidence(actor=self.user, complaint=self.case, upload=form.cleaned_data["file"], now=self.now)
        except Refused as refusal:
            show(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        messages.success(self.request, _("已上传。"))
        return redirect(self.kind.address(self.case))

    def form_invalid(self, form: Form) -> HttpResponse:
        """This will show the form again with its errors, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Extend(ComplaintAct):
    """The head gives more time."""

    form_class = ReasonForm
    question = gettext_lazy("延长办理期限")
    keeps = gettext_lazy("只能延一次，须在到期之前；理由会告诉举报人。")
    verb = gettext_lazy("延长")
    done = gettext_lazy("已延长办理期限。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will lengthen the clock."""
        handling.extend(
            actor=self.user, complaint=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class MakeOrdinary(ComplaintAct):
    """What was accepted as simple is not."""

    form_class = ReasonForm
    question = gettext_lazy("转为普通程序")
    keeps = gettext_lazy("只能转一次，须在简易事项到期之前；办结期限仍从受理之日起算，理由会告诉举报人。")
    verb = gettext_lazy("转为普通程序")
    done = gettext_lazy("已转为普通程序，办结期限从受理之日起算。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will give it the ordinary term."""
        handling.make_ordinary(
            actor=self.user, complaint=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class Verify(ComplaintAct):
    """The handler proposes a conclusion; a subclass names it."""

    form_class = ReasonForm
    outcome: ClassVar[str] = ""
    keeps = gettext_lazy("须由另一位复核人签署才算数；核查情况或证据有改动，提议自动失效。")
    verb = gettext_lazy("提出结论")
    done = gettext_lazy("已提出结论，等复核人签署。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the proposal."""
        verifying.propose(
            actor=self.user, complaint=self.case, outcome=self.outcome, reason=kept["reason"],
            version=kept["version"], now=self.now,
        )  # fmt: skip

    def refused(self, form: Any, refusal: Refused) -> HttpResponse:
        """This will show what belongs to the conclusion on top of the form."""
        refusal.field = None if refusal.field == "outcome" else refusal.field
        return super().refused(form, refusal)


class VerifyTrue(Verify):
    """It is true."""

    outcome = ComplaintOutcome.TRUE
    question = gettext_lazy("提出结论：属实")


class VerifyPartial(Verify):
    """A part of it is true."""

    outcome = ComplaintOutcome.PARTIAL
    question = gettext_lazy("提出结论：部分属实")


class VerifyFalse(Verify):
    """It is not true."""

    outcome = ComplaintOutcome.FALSE
    question = gettext_lazy("提出结论：不属实")


class Sign(SigningPage, ComplaintView):
    """The reviewer signs the conclusion, or does not."""

    keeps = gettext_lazy("签署后结论不能再改。属实的，交上级责令整改；不属实的，由办理人向举报人解释清楚。")
    verb = gettext_lazy("签署核查结论")
    done = gettext_lazy("已签署，结论生效。")

    def sign(self, proposal: Proposal) -> None:
        """This will fix the conclusion."""
        verifying.sign(actor=self.user, proposal=proposal, now=self.now)

    def decline(self, proposal: Proposal, reason: str) -> None:
        """This will leave the case with its handler."""
        verifying.decline(actor=self.user, proposal=proposal, reason=reason, now=self.now)

    def told(self, proposal: Proposal) -> list[dict[str, str]]:
        """This will show the findings the conclusion rests on."""
        found = vault.open_text(self.case, self.case.findings_sealed, "findings")
        return [{"label": _("核查情况"), "text": found}]
