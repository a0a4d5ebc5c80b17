"""Forms of the archives: reading and writing a restricted part."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from records.models import RestrictedKind
from records.web.forms.fields import LongText, OneOf, Text
from rules import codes


class ReadForm(forms.Form):
    """What a restricted part is read for, and why."""

    purpose = OneOf(label=gettext_lazy("用途"), required=True)
    reason = Text(
        label=gettext_lazy("理由"),
        required=True,
        help_text=gettext_lazy("写明因哪项工作查看，至少 4 个字。本人能看到查看的单位和用途。"),
    )

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will offer the purposes in force."""
        super().__init__(*args, **{"label_suffix": "", **rest})
        self.fields["purpose"].choices = [("", "—"), *codes.choices("archive_reading_purpose", on=today)]  # type: ignore[attr-defined]


class WriteForm(forms.Form):
    """A new entry of a restricted part."""

    kind = OneOf(label=gettext_lazy("种类"), required=True)
    year = forms.IntegerField(label=gettext_lazy("年度"))
    text = LongText(
        label=gettext_lazy("内容"),
        rows=8,
        required=True,
        help_text=gettext_lazy("保存后加密，不能修改；写错了另写一条说明。不公开、不报送。"),
    )

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will offer the four parts and this year."""
        super().__init__(*args, **{"label_suffix": "", **rest})
        self.fields["kind"].choices = RestrictedKind.choices  # type: ignore[attr-defined]
        year: Any = self.fields["year"]
        year.initial = today.year
        year.error_messages |= {"required": gettext_lazy("请填写年度"), "invalid": gettext_lazy("请填四位年份")}
