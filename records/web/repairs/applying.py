"""What the applicant does with an application: write, hand in materials, sign and submit, complete, take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import Refused
from records.services import attachments
from records.services.repairs import applying, checklist
from records.services.repairs.applying import Application
from records.web.cases.pages import CaseAct
from records.web.forms.acts import NoteForm, PlainForm
from records.web.repairs import forms, words
from records.web.repairs.pages import RepairView
from records.workflow.repairs import pledge
from rules import explaining
from rules.clock import local_day


class RepairAct(RepairView, CaseAct):
    """One act on a repair, with its checklist in view."""

    template_name = "staff/repairs/act.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the checklist beside the question."""
        return super().get_context_data(**{"checklist": words.checklist(self.case), **more})


class Edit(RepairAct):
    """The words of an application are changed."""

    form_class = forms.EditForm
    question = gettext_lazy("修改申请")
    verb = gettext_lazy("保存")
    done = gettext_lazy("已保存。")

    def get_initial(self) -> dict[str, Any]:
        """This will show what was written."""
        held = self.case
        return {
            **super().get_initial(),
            "grounds": held.grounds,
            "measures": held.measures,
            "agent_name": held.agent_name,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the measures of today."""
        return {**super().get_form_kwargs(), "today": local_day(self.now)}

    def act(self, kept: dict[str, Any]) -> None:
        """This will save the words."""
        typed = Application(kept["grounds"], tuple(kept["measures"]), kept["agent_name"])
        applying.edit(actor=self.user, repair=self.case, typed=typed, version=kept["version"], now=self.now)


class Give(RepairAct):
    """One material is handed in."""

    template_name = "staff/repairs/give.html"
    form_class = forms.GiveForm
    question = gettext_lazy("交材料")
    verb = gettext_lazy("交上")
    done = gettext_lazy("已交上。")

    def get_initial(self) -> dict[str, Any]:
        """This will choose the material the reader came from."""
        return {"code": self.request.GET.get("code", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the lines of the checklist."""
        return {**super().get_form_kwargs(), "repair": self.case}

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the file, or note the paper."""
        checklist.give(
            actor=self.user, repair=self.case, code=kept["code"], upload=kept.get("file") or None, now=self.now
        )


class TakeOut(RepairView):
    """A file is taken out again before it is checked."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """This will take it out, or say why not."""
        item = attachments.held(self.case).filter(pk=kwargs["item"]).first()
        if item is None:
            raise Http404
        try:
            checklist.take_out(actor=self.user, repair=self.case, item=item, now=self.now)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已去掉“%s”。") % item.name)
        return redirect("repairs:repair", pk=self.case.pk)


class Submit(RepairAct):
    """The pledge is signed and the application handed in."""

    template_name = "staff/repairs/submit.html"
    form_class = forms.PledgeForm
    question = gettext_lazy("签署承诺书并提交？")
    verb = gettext_lazy("签署并提交")
    done = explaining.filling(
        gettext_lazy("已提交。信用牵头部门核对材料，{repair.feedback_total_days}内答复，不收费。")
    )

    def get_form_class(self) -> type[Any]:
        """This will ask for the signer and the day where it came on paper."""
        return forms.PaperPledgeForm if self.case.is_paper else forms.PledgeForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the words of the pledge."""
        return super().get_context_data(**{"pledge": pledge.text(self.case.record, now=self.now), **more})

    def act(self, kept: dict[str, Any]) -> None:
        """This will hand in."""
        signer = kept["pledge"] if self.case.is_paper else self.user.person.name if kept["pledge"] else ""
        applying.submit(
            actor=self.user, repair=self.case, pledge_by=signer, version=kept["version"], now=self.now,
            received_on=kept.get("received_on"),
        )  # fmt: skip


class Supply(RepairAct):
    """What was missing is handed in."""

    form_class = PlainForm
    question = gettext_lazy("材料补齐了？")
    keeps = explaining.filling(gettext_lazy("提交后由原窗口核对，从今天起计算{repair.feedback_total_days}的答复期限。"))
    verb = gettext_lazy("提交补正")
    done = gettext_lazy("已提交补正材料。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will hand in the rest."""
        applying.supply(actor=self.user, repair=self.case, version=kept["version"], now=self.now)


class Withdraw(RepairAct):
    """The application is taken back."""

    form_class = NoteForm
    question = gettext_lazy("撤回申请？")
    keeps = gettext_lazy("记录不变；以后可以再申请。")
    verb = gettext_lazy("撤回")
    done = gettext_lazy("已撤回。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will end the application."""
        applying.withdraw(actor=self.user, repair=self.case, reason=kept["note"], version=kept["version"], now=self.now)
