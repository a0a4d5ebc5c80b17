"""Requests to see who complained: the list, one request, and the custodian's key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from accounts import policy, wording
from ledger.refusals import Refused
from records.models import IdentityRequest, IdentityRequestState
from records.services.intake import custody
from records.web.cases import hands
from records.web.cases.lists import CaseList
from records.web.cases.pages import CasePage, CaseView
from records.web.content import Fact
from records.web.pages import StaffRequest, show
from records.workflow.intake.identity import ASKED, CUSTODIAN, KIND, number_of
from rules import clock

hands.register({ASKED: gettext_lazy("申请"), CUSTODIAN: gettext_lazy("决定")})


class OfRequest(CaseView):
    """What every page of one request shares; it tells the number of the case and nothing it says."""

    kind = KIND

    def facts(self) -> list[Fact]:
        """This will say who asks, why, and what was decided."""
        asked = self.case
        told = [
            Fact(_("投诉编号"), number_of(asked)),
            Fact(_("申请看的"), _what(asked)),
            Fact(_("申请人"), asked.asked_by.name, note=asked.department.name),
            Fact(_("申请时间"), wording.moment(asked.asked_at)),
            Fact(_("申请理由"), asked.reason, is_prose=True),
            Fact(_("决定人"), asked.decided_by.name if asked.decided_by else ""),
            Fact(_("决定理由"), asked.decision, is_prose=True),
            Fact(_("可以看到"), wording.moment(asked.open_until) if asked.open_until else ""),
        ]
        return [fact for fact in told if fact.text]


def _what(asked: IdentityRequest) -> str:
    """What is asked for; of a file its type and day, never its name, which can tell of the case."""
    if asked.file is None:
        return _("投诉人的称呼和联系方式")
    return _("附件原件（%(kind)s，%(day)s收到）") % {
        "kind": asked.file.extension.upper(), "day": wording.day(asked.file.added_on)
    }  # fmt: skip


class RequestList(CaseList):
    """The requests a person made, or all of them for a custodian."""

    kind = KIND
    order = ("-asked_at", "-id")
    template_name = "staff/custody/list.html"
    summary = gettext_lazy("保管人决定是否打开身份或附件原件；看不到投诉说了什么。")

    def extra(self) -> dict[str, Any]:
        """This will lead the custodian to his key."""
        keeps = policy.allows(user=self.request.user, name="custody:key", now=clock.now()).allowed
        return {"keeps": keeps, "has_key": custody.key_in_use() is not None}


class RequestPage(OfRequest, CasePage):
    """One request."""

    template_name = "staff/custody/request.html"
    acts = {"release": "custody:release", "refuse": "custody:refuse"}
    main = ("release",)

    def extra(self) -> dict[str, Any]:
        """This will let the asker look while the time runs."""
        asked = self.case
        is_open = asked.state == IdentityRequestState.RELEASED and asked.open_until and self.now < asked.open_until
        return {"may_view": bool(is_open) and asked.asked_by_id == self.user.person_id}


class KeyForm(forms.Form):
    """A passphrase, twice."""

    passphrase = forms.CharField(
        label=gettext_lazy("保管口令"),
        help_text=gettext_lazy(
            "至少 12 个字符，最好是一句只有您知道的话。系统不保存它，忘了就再也打不开已封存的身份。"
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("请填写")},
        max_length=200,
    )
    again = forms.CharField(
        label=gettext_lazy("再填一次"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("请填写")},
        max_length=200,
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)

    def clean(self) -> dict[str, Any]:
        """This will compare the two."""
        kept = super().clean() or {}
        if kept.get("passphrase") and kept.get("again") and kept["passphrase"] != kept["again"]:
            self.add_error("again", _("两次填的不一样"))
        return kept


class KeyPage(FormView):  # type: ignore[type-arg]
    """The key of the custody: whether there is one, and making a new one."""

    request: StaffRequest
    template_name = "staff/custody/key.html"
    form_class = KeyForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say since when the key in use stands."""
        return super().get_context_data(key=custody.key_in_use(), **more)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """This will make the key."""
        try:
            custody.make_key(actor=self.request.user, passphrase=form.cleaned_data["passphrase"], now=clock.now())
        except Refused as refusal:
            show(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        messages.success(self.request, _("保管密钥已设立。从现在起，联系方式封存在这把密钥下。"))
        return redirect("custody:list")

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """This will show the form again, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)
