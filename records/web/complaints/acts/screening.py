"""Screening: begin, take up, hand over, refuse, join, give back."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.models import Complaint
from records.services.complaints import screening
from records.web.complaints import forms
from records.web.complaints.base import ComplaintAct, promise_of
from records.web.forms.acts import PlainForm, ReasonForm
from records.workflow.complaints import competence
from records.workflow.complaints.guards import ENDED_UNHEARD
from rules import codes
from rules.clock import local_day


class Screen(ComplaintAct):
    """The lead office begins to screen."""

    form_class = PlainForm
    question = gettext_lazy("开始审查这件投诉")
    keeps = gettext_lazy("审查的是：属不属于受理范围、该由谁办、是不是重复。受理期限照常计算。")
    verb = gettext_lazy("开始审查")
    done = gettext_lazy("已开始审查。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will begin the screening."""
        screening.screen(actor=self.user, complaint=self.case, version=kept["version"], now=self.now)


class Accept(ComplaintAct):
    """The lead office takes a complaint up itself."""

    form_class = forms.AcceptForm
    question = gettext_lazy("受理，由本单位核查")
    keeps = gettext_lazy("举报人会看到“已受理”。要转给别的单位办的，请用“转交有权单位”。")
    verb = gettext_lazy("受理")
    done = gettext_lazy("已受理。请指定办理人。")

    def get_initial(self) -> dict[str, Any]:
        """This will put in the kind the reporter chose."""
        return {**super().get_initial(), "kind": self.case.kind}

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will tell the form by which way the complaint came."""
        return {**super().get_form_kwargs(), "channel": self.case.channel}

    def act(self, kept: dict[str, Any]) -> None:
        """This will take the complaint up."""
        screening.accept(
            actor=self.user, complaint=self.case, kind=kept["kind"], is_simple=kept.get("is_simple", False),
            note=kept["note"], version=kept["version"], now=self.now,
        )  # fmt: skip


class Relate(ComplaintAct):
    """The lead office names the promise and the key areas."""

    form_class = forms.RelateForm
    question = gettext_lazy("标明涉及的承诺和重点领域")
    keeps = gettext_lazy("只在内部使用：核查时对照承诺原文，统计按领域归类。举报人填错的在这里改正。")
    verb = gettext_lazy("保存")
    done = gettext_lazy("已保存。")

    def get_initial(self) -> dict[str, Any]:
        """This will show what is kept now."""
        held = promise_of(self.case)
        told = {"commitment": held.number if held else "", "key_areas": self.case.key_areas}
        return {**super().get_initial(), **told}

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the areas of the day, and those the case has already."""
        offered = dict(codes.choices("key_area", local_day(self.now)))
        kept = {each: codes.label("key_area", each, self.case.received_on) for each in self.case.key_areas}
        return {**super().get_form_kwargs(), "offered": list((kept | offered).items())}

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep both."""
        screening.relate(
            actor=self.user, complaint=self.case, commitment=kept["commitment"], key_areas=kept["key_areas"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class Transfer(ComplaintAct):
    """The lead office hands a complaint to the superior or the competent department."""

    form_class = forms.TransferForm
    question = gettext_lazy("转交有权单位核查")
    keeps = gettext_lazy("被投诉单位不会知道有这件投诉。举报人凭查询码可以看到转给了谁。")
    verb = gettext_lazy("转交")
    done = gettext_lazy("已转交。收到的单位会看到这件投诉。")

    def get_initial(self) -> dict[str, Any]:
        """This will put in the kind the reporter chose."""
        return {**super().get_initial(), "kind": self.case.kind}

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the offices that have somebody to investigate."""
        offered = competence.offices(self.case, now=self.now)
        return {**super().get_form_kwargs(), "offered": offered, "today": local_day(self.now)}

    def act(self, kept: dict[str, Any]) -> None:
        """This will hand it over."""
        screening.transfer(
            actor=self.user, complaint=self.case, department=kept["department"], kind=kept["kind"], note=kept["note"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class HandBack(ComplaintAct):
    """The department it was given to is not competent."""

    form_class = ReasonForm
    question = gettext_lazy("退回牵头部门")
    keeps = gettext_lazy("退回后本单位不再看得到这件投诉。")
    verb = gettext_lazy("退回")
    done = gettext_lazy("已退回牵头部门。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will give it back."""
        screening.hand_back(
            actor=self.user, complaint=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )

    def after(self) -> str:
        """This will lead to the list: the case itself is closed to the reader now."""
        return reverse(self.kind.list_page)


class NotAccept(ComplaintAct):
    """A complaint is not taken up."""

    form_class = forms.NotAcceptForm
    question = gettext_lazy("不予受理")
    keeps = gettext_lazy("理由和去处写给举报人，他凭查询码看到全文。")
    verb = gettext_lazy("不予受理")
    done = gettext_lazy("已告知不予受理。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will refuse it."""
        screening.not_accept(
            actor=self.user, complaint=self.case, reason=kept["reason"], where_to=kept["where_to"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class Merge(ComplaintAct):
    """Two complaints about the same matter become one."""

    form_class = forms.MergeForm
    question = gettext_lazy("并入另一件投诉")
    keeps = gettext_lazy("两个查询码都有效，得到同样的结果；各自补充的内容仍分开。")
    verb = gettext_lazy("并入")
    done = gettext_lazy("已并入。")

    def candidates(self) -> list[Complaint]:
        """This will give the other complaints about the same department the reader may see."""
        rows = Complaint.objects.visible_to(self.user, self.now).exclude(state__in=ENDED_UNHEARD)
        rows = rows.filter(object_department=self.case.object_department_id).exclude(pk=self.case.pk)
        return list(rows.order_by("-received_on", "id")[:50])

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer them."""
        return {**super().get_form_kwargs(), "offered": forms.joinable(self.candidates())}

    def act(self, kept: dict[str, Any]) -> None:
        """This will join them."""
        into = next((each for each in self.candidates() if str(each.pk) == kept["into"]), None)
        if into is None:
            raise Http404(_("没有这件投诉"))
        screening.merge(
            actor=self.user, complaint=self.case, into=into, note=kept["note"], version=kept["version"], now=self.now
        )
