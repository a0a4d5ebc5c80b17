"""Settling: the order, the confirmed default, the answer, the withdrawal, the mark, and a message to the reporter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import Refused
from records.services.complaints import ending, settling, writing_back
from records.web.complaints import forms
from records.web.complaints.base import ComplaintAct, ComplaintView, role_of
from records.web.forms.acts import ReasonForm
from records.web.pages import FormPage, show


class Order(ComplaintAct):
    """The superior orders what must be put right."""

    form_class = forms.OrderForm
    question = gettext_lazy("责令限期整改")
    keeps = gettext_lazy("向被投诉单位下达。它只看到整改要求，看不到投诉，也看不到举报人。")
    verb = gettext_lazy("责令整改")
    done = gettext_lazy("已下达整改要求。按期改正的，不产生失信记录。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will order it."""
        settling.order(
            actor=self.user, complaint=self.case, requirements=kept["requirements"].splitlines(),
            limit_days=kept["limit_days"], version=kept["version"], now=self.now,
        )  # fmt: skip


class ConfirmDefault(ComplaintAct):
    """The superior confirms a default that was not put right."""

    form_class = forms.DefaultForm
    question = gettext_lazy("确认违约失信")
    keeps = gettext_lazy("生成一份失信记录草稿，还要初审、告知和认定，不会直接生效。草稿里不写投诉和举报人。")
    verb = gettext_lazy("确认违约失信")
    done = gettext_lazy("已确认，失信记录草稿已生成，举报人已得到答复。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the draft and answer the reporter."""
        settling.confirm_default(
            actor=self.user, complaint=self.case, facts=kept["facts"], version=kept["version"], now=self.now
        )


class Answer(ComplaintAct):
    """The handler explains to the reporter why it is not so."""

    form_class = forms.AnswerForm
    question = gettext_lazy("答复举报人")
    keeps = gettext_lazy("不属实的，也要把情况解释清楚；不产生任何记录。")
    verb = gettext_lazy("答复")
    done = gettext_lazy("已答复。举报人可以评价，满期由系统结案。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will answer him."""
        settling.answer(actor=self.user, complaint=self.case, text=kept["text"], version=kept["version"], now=self.now)


class Withdraw(ComplaintAct):
    """The reporter took it back by telephone or in person."""

    form_class = ReasonForm
    question = gettext_lazy("登记举报人撤回")
    keeps = gettext_lazy("须是举报人本人的意思，写清他怎样表示的。任何人不得劝说或逼迫撤回。")
    verb = gettext_lazy("登记撤回")
    done = gettext_lazy("已登记撤回，到此为止。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will end the case."""
        ending.withdraw(
            actor=self.user, complaint=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class MarkMalicious(ComplaintAct):
    """A report found false was made in bad faith."""

    form_class = ReasonForm
    question = gettext_lazy("标记为恶意举报")
    keeps = gettext_lazy("只作内部标记，从不公开，也不追查举报人是谁。不属实不等于恶意。")
    verb = gettext_lazy("标记")
    done = gettext_lazy("已标记。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will mark it."""
        ending.mark_malicious(
            actor=self.user, complaint=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class Write(ComplaintView, FormPage):
    """A message to the reporter, which he reads with his receipt."""

    template_name = "staff/cases/act.html"
    form_class = forms.WriteForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will add the words of the page."""
        told = {
            "question": _("写信给举报人"),
            "verb": _("发出"),
            "keeps": _("举报人凭查询码看到，也可以在那里回复；不问他是谁，也不要叫他说出来。"),
        }
        return super().get_context_data(**self.frame(), **told, **more)

    def form_valid(self, form: Form) -> HttpResponse:
        """This will send it, or say why not."""
        try:
            writing_back.write(
                actor=self.user, role=role_of(self.user, self.now), complaint=self.case,
                text=form.cleaned_data["text"], now=self.now,
            )  # fmt: skip
        except Refused as refusal:
            show(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        messages.success(self.request, _("已发出，举报人凭查询码可以看到。"))
        return redirect(self.kind.address(self.case))

    def form_invalid(self, form: Form) -> HttpResponse:
        """This will show the form again with its errors, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)
