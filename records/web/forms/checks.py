"""Forms of credit checks: what is asked, what came of it, a report laid beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.imports import columns
from records.imports.columns import Row
from records.web.forms.fields import Day, LongText, OneOf, Text, Upload
from rules import codes


class CheckForm(forms.Form):
    """Whom, for what, on what basis; one code or a list, typed, pasted or as a file."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    purpose = OneOf(label=gettext_lazy("用途"), required=True)
    legal_basis = Text(
        label=gettext_lazy("法律依据"),
        required=True,
        help_text=gettext_lazy("写明文件和条款，如“粤府〔2017〕140号 二（五）”。"),
    )
    business_ref = Text(label=gettext_lazy("业务编号"), help_text=gettext_lazy("许可、采购、评选等业务自己的编号。"))
    codes = LongText(
        label=gettext_lazy("核查谁"),
        rows=5,
        help_text=gettext_lazy(
            "每行一个统一社会信用代码，个人填人员编号或公民身份号码；可以从表格粘贴，最多 500 行。不能按姓名核查。"
        ),
    )
    file = Upload(
        label=gettext_lazy("或者上传名单"), help_text=gettext_lazy("csv 或 xlsx，2 MB 以内；每行找到代码的那一格。")
    )

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], **rest: Any) -> None:
        """This will offer the purposes the reader may ask for."""
        super().__init__(*args, **{"label_suffix": "", **rest})
        self.fields["purpose"].choices = [("", "—"), *purposes]  # type: ignore[attr-defined]
        for name in ("codes", "file"):  # one of the two is needed
            self.fields[name].unmarked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """This will ask for codes or a file."""
        kept = super().clean() or {}
        if not kept.get("codes") and not kept.get("file") and "file" not in self.errors:
            self.add_error("codes", _("请填写代码，或者上传名单"))
        return kept

    def rows(self) -> list[Row]:
        """
        This will give the lines of the text, then those of the file.

        :raises Invalid: the file cannot be read
        """
        upload = self.cleaned_data.get("file")
        typed = list(columns.of_text(self.cleaned_data.get("codes") or ""))
        return typed + (columns.of_file(upload) if upload else [])


class DecisionForm(forms.Form):
    """What was done after the check."""

    decision = OneOf(label=gettext_lazy("办理结果"), required=True, widget=forms.RadioSelect)
    note = LongText(label=gettext_lazy("说明"), rows=3)

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will offer the list in force."""
        super().__init__(*args, **{"label_suffix": "", **rest})
        self.fields["decision"].choices = codes.choices("credit_check_decision", on=today)  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """A report of a credit agency, with its file."""

    agency = Text(label=gettext_lazy("出具机构"), required=True)
    number = Text(label=gettext_lazy("报告编号"), required=True)
    issued_on = Day(label=gettext_lazy("出具日期"), required=True)
    valid_to = Day(label=gettext_lazy("有效期至"), required=True)
    file = Upload(label=gettext_lazy("报告文件"), required=True, help_text=gettext_lazy("pdf 等，20 MB 以内。"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        super().__init__(*args, **{"label_suffix": "", **rest})
