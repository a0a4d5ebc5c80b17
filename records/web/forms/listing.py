"""The conditions of the record list, as they stand in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department
from records.models import RecordState
from records.selectors.listing import Filters
from records.web import subjects
from records.web.forms.fields import NOT_LISTED, Day, OneOf, Text
from rules import codes


class FilterForm(forms.Form):
    """All optional; what cannot be read is named and not used."""

    q = Text(label=gettext_lazy("编号、文号或单位"))
    state = OneOf(label=gettext_lazy("状态"))
    source_type = OneOf(label=gettext_lazy("来源类型"))
    severity = OneOf(label=gettext_lazy("程度"))
    area = OneOf(label=gettext_lazy("重点领域"))
    unit = Text(label=gettext_lazy("单位（名称或代码）"), help_text=gettext_lazy("填报的或被记录的"))
    since = Day(label=gettext_lazy("文书日期从"))
    until = Day(label=gettext_lazy("文书日期到"))

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will offer the lists in force on ``today``."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        offered: dict[str, list[tuple[str, Any]]] = {
            "state": list(RecordState.choices),
            "source_type": codes.choices("source_type", on=today),
            "severity": codes.choices("severity", on=today),
            "area": codes.choices("key_area", on=today),
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", _("不限")), *choices]  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = NOT_LISTED
        for field in self.fields.values():
            field.unmarked = True  # type: ignore[attr-defined]
        self.today = today

    def clean(self) -> dict[str, Any]:
        """This will find the unit and put the days in order."""
        kept = super().clean() or {}
        if kept.get("unit"):
            match = subjects.unit(kept["unit"], on=self.today)
            kept["department"] = match.unit
            if match.unit is None:
                self.add_error("unit", match.problem)
        if kept.get("since") and kept.get("until") and kept["since"] > kept["until"]:
            self.add_error("until", _("结束日期早于开始日期"))
        return kept

    def filters(self) -> Filters:
        """This will give the conditions that could be read."""
        kept = self.cleaned_data
        unit: Department | None = kept.get("department")
        return Filters(
            text="".join(char for char in kept.get("q", "") if char.isprintable()),
            states=_one(kept.get("state")), source_types=_one(kept.get("source_type")),
            severities=_one(kept.get("severity")), areas=_one(kept.get("area")),
            department_id=unit.pk if unit else None, decided_from=kept.get("since"), decided_to=kept.get("until"),
        )  # fmt: skip

    def spoken(self) -> list[tuple[str, str]]:
        """This will say each condition in use, with its key in the address."""
        told = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value in (None, ""):
                continue
            chosen = dict(getattr(field, "choices", [])).get(value, value)
            told.append((name, f"{field.label}：{chosen}"))
        return told


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
