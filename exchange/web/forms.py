"""Forms of the staff pages of the exchange."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.models import DeliveryState, Operation
from exchange.resending import LONGEST_REASON


class Conditions(forms.Form):
    """Further conditions of the list; all of them optional."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("不限")), *DeliveryState.choices])
    operation = forms.ChoiceField(label=_("操作"), required=False, choices=[("", _("不限")), *Operation.choices])
    department = forms.CharField(label=_("部门名称"), required=False, max_length=60)


class ResendForm(forms.Form):
    """Why a stopped delivery goes again."""

    reason = forms.CharField(
        label=_("重送的理由"),
        max_length=LONGEST_REASON,
        help_text=_("写明查到的原因和已做的处理，会记入日志。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明重送的理由")},
    )
