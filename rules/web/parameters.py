"""Parameters: what holds today and where it is written, its history, and a change by the credit lead office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts import wording
from accounts.web.acts import ActPage
from accounts.web.fields import DayField
from accounts.web.forms import RefusableForm
from rules import changing, clock, codes, profiles
from rules.models import Parameter, Unit
from rules.web.calendar import may

AREAS = {
    "push": gettext_lazy("报送"), "record": gettext_lazy("失信记录"), "severity": gettext_lazy("失信等级"),
    "disclosure": gettext_lazy("公示"), "official": gettext_lazy("自然人公示"), "proposal": gettext_lazy("多人签署"),
    "report": gettext_lazy("失信情况报告"), "rectify": gettext_lazy("整改"), "objection": gettext_lazy("异议"),
    "repair": gettext_lazy("信用修复"), "complaint": gettext_lazy("投诉举报"), "payment": gettext_lazy("账款支付"),
    "suggestion": gettext_lazy("建议提案"), "judicial": gettext_lazy("司法监督"), "publicity": gettext_lazy("主动公开"),
    "ogi": gettext_lazy("依申请公开"), "inspection": gettext_lazy("督导检查"), "archive": gettext_lazy("诚信档案"),
    "commitment": gettext_lazy("承诺"), "assessment": gettext_lazy("考核评价"), "retention": gettext_lazy("保存期限"),
    "deadline": gettext_lazy("期限"), "calendar": gettext_lazy("日历"), "profile": gettext_lazy("地区口径"),
}  # fmt: skip


class ParametersPage(View):
    """Every parameter as it holds today, by area, each with its ground."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Draw the list."""
        today = clock.local_day(clock.now())
        place = profiles.current()
        rows = Parameter.objects.on(today).filter(profile__in=("", place)).order_by("key", "profile")
        held = {row.key: row for row in rows}  # the profile's own row comes after the general one
        context = {
            "areas": _areas(list(held.values())),
            "total": len(held),
            "profile": profiles.NAMES.get(place, place),
            "unfounded": sum(not row.is_law for row in held.values()),
        }
        return render(request, "staff/rules/parameters.html", context)


class ParameterPage(View):
    """One parameter: its rows in all profiles, from the newest to the oldest."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Draw the history."""
        rows = list(Parameter.objects.filter(key=key).order_by("profile", "-valid_from"))
        if not rows:
            raise Http404
        today = clock.local_day(clock.now())
        current = _current(rows, today)
        context = {
            "key": key,
            "label": rows[0].label,
            "now": current,
            "now_words": words(current) if current else "",
            "rows": [{"row": row, "words": words(row), "is_now": _holds(row, today)} for row in rows],
            "profiles": profiles.NAMES,
            "may_change": current is not None and changing.is_editable(current) and may(request, changing.PERMISSION),
        }
        return render(request, "staff/rules/parameter.html", context)


class ChangeForm(RefusableForm):
    """Another value from a day on."""

    value = forms.IntegerField(
        label=gettext_lazy("新的值"),
        min_value=0,
        max_value=changing.MOST,
        widget=forms.NumberInput(attrs={"class": "narrow"}),
    )
    valid_from = DayField(
        label=gettext_lazy("从哪天起"), help_text=gettext_lazy("不早于今天。在此之前开始的期限不变。")
    )
    source = forms.CharField(
        label=gettext_lazy("出处"), max_length=200, required=False,
        help_text=gettext_lazy("文件名称、文号和条款。不填时，页面会写明这是平台约定。"),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class SwitchForm(ChangeForm):
    """A switch turned from a day on."""

    value = forms.TypedChoiceField(  # type: ignore[assignment]
        label=gettext_lazy("新的值"), choices=(("1", gettext_lazy("开")), ("0", gettext_lazy("关"))),
        coerce=lambda text: text == "1",
    )  # fmt: skip


def _form(row: Parameter) -> type[ChangeForm]:
    """The form that asks for a value of the parameter's unit."""
    if row.unit == Unit.CHOICE:
        asked = forms.ChoiceField(label=gettext_lazy("新的值"), choices=codes.choices(row.list_name))
        return type("ChoiceForm", (ChangeForm,), {"value": asked})
    return SwitchForm if row.unit == Unit.SWITCH else ChangeForm


class ChangeParameter(ActPage):
    """Give a parameter another value from a day on."""

    heading = gettext_lazy("修改参数")
    verb = gettext_lazy("修改")

    def load(self) -> None:
        """Find the row of this deployment's profile that holds today."""
        rows = list(Parameter.objects.filter(key=self.kwargs["key"]))
        found = _current(rows, clock.local_day(self.now()))
        if found is None or not changing.is_editable(found):
            raise Http404
        self.row = found
        self.form_class = _form(found)
        self.lead = _("%(label)s，现在是 %(words)s。原来的值留在历史里，过去的期限不变。") % {
            "label": found.label, "words": words(found),
        }  # fmt: skip

    def cancel_url(self) -> str:
        """Back to the parameter."""
        return reverse("rules:parameter", args=[self.row.key])

    def perform(self, facts: dict[str, Any]) -> str:
        """Write the new row."""
        changing.change(actor=self.me(), key=self.row.key, profile=self.row.profile, now=self.now(), **facts)
        day = wording.day(facts["valid_from"])
        messages.success(self.request, _("已修改：从%(day)s起按新的值计算") % {"day": day})
        return self.cancel_url()


def words(row: Parameter) -> str:
    """This will say a value with its unit: 7 个工作日, 开, 60、21600."""
    if row.unit == Unit.SWITCH:
        return _("开") if row.value else _("关")
    if row.unit == Unit.CHOICE:
        return codes.label(row.list_name, row.value)
    if isinstance(row.value, list):
        return "、".join(str(each) for each in row.value)
    if row.unit == Unit.RATIO:
        return f"{row.value:.0%}"
    return str(row.value) if row.unit == Unit.TEXT else f"{row.value} {row.get_unit_display()}"


def _holds(row: Parameter, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def _current(rows: list[Parameter], on: date) -> Parameter | None:
    """The row that holds here: the profile's own before the general one."""
    held = [row for row in rows if _holds(row, on) and row.profile in ("", profiles.current())]
    return max(held, key=lambda row: row.profile, default=None)


def _areas(rows: list[Parameter]) -> list[dict[str, Any]]:
    areas: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        areas.setdefault(row.key.split(".")[0], []).append({"row": row, "words": words(row)})
    known = [name for name in AREAS if name in areas]
    return [{"name": AREAS.get(name, name), "rows": areas[name]} for name in [*known, *(areas.keys() - AREAS.keys())]]
