"""Taking down what others said, and what a social supervisor files himself; the receipt is shown once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from ledger.refusals import NotAllowed
from records.services.complaints import corps, registering
from records.services.intake.register import Received
from records.web.complaints.plain import RegisterAct
from records.web.complaints.register_forms import ClueForm, RegisterForm
from records.web.pages import StaffRequest
from records.workflow.intake import receipts
from rules import clock
from rules.clock import local_day


class ReceiptAct(RegisterAct):
    """An act that ends with a receipt."""

    whose: Any = ""

    def get_initial(self) -> dict[str, Any]:
        """This will mark the form, so that its second sending is known."""
        return {**super().get_initial(), "nonce": receipts.new_nonce().hex(), "received_on": local_day(self.now)}

    def receipt(self, received: Received) -> HttpResponse:
        """This will show the receipt, which nobody can find out again."""
        context = {"received": received, "whose": self.whose, "back": self.back(), "heading": self.heading}
        return render(self.request, "staff/complaints/receipt.html", context)


class Register(ReceiptAct):
    """Staff take a complaint down."""

    form_class = RegisterForm
    heading = gettext_lazy("登记投诉举报")
    lead = gettext_lazy(
        "电话、举报箱、窗口、信访和媒体来的，都在这里登记；登记后自动送给被投诉单位上级的信用牵头部门。"
    )
    verb = gettext_lazy("登记，生成查询码")
    whose = gettext_lazy("请把这两个号码交给举报人。他凭这两个号码查进度、补充情况、评价。")

    def back(self) -> str:
        """This will lead to the list."""
        return reverse("complaints:list")

    def act(self, kept: dict[str, Any]) -> HttpResponse:
        """This will take it in."""
        form: Any = self.get_form()
        form.is_valid()
        received = registering.register(
            actor=self.user, facts=form.intake(), commitment=kept["commitment"], nonce=bytes.fromhex(kept["nonce"]),
            now=self.now,
        )  # fmt: skip
        return self.receipt(received)


class FileClue(ReceiptAct):
    """A social supervisor files a clue in that name."""

    form_class = ClueForm
    heading = gettext_lazy("提交监督线索")
    lead = gettext_lazy("以社会监督员的身份提交；办理人知道线索来自社会监督员。想匿名的，请用公开页面。")
    verb = gettext_lazy("提交线索")
    whose = gettext_lazy("请保存这两个号码，查进度、补充情况都用它。")

    def back(self) -> str:
        """This will lead to his own clues."""
        return reverse("complaints:clues")

    def act(self, kept: dict[str, Any]) -> HttpResponse:
        """This will take it in."""
        form: Any = self.get_form()
        form.is_valid()
        received = registering.file_clue(
            actor=self.user, facts=form.intake(), nonce=bytes.fromhex(kept["nonce"]), now=self.now
        )
        return self.receipt(received)


class Clues(TemplateView):
    """What a social supervisor filed, and whether his term runs."""

    request: StaffRequest
    template_name = "staff/complaints/clues.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will give the term and the clues, with their states and nothing of their handling."""
        now = clock.now()
        try:
            term, refusal = corps.serving(person_id=self.request.user.person_id, now=now), ""
        except NotAllowed as closed:
            term, refusal = None, str(closed)
        context = {
            "heading": _("我的监督线索"),
            "term": term,
            "refusal": refusal,
            "rows": registering.filed_by(self.request.user),
        }
        return super().get_context_data(**context, **more)
