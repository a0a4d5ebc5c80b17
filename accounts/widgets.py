"""Form controls that look the same in every room."""

from collections.abc import Mapping
from typing import Any

from django import forms


class ChoiceCards(forms.RadioSelect):
    """Radio buttons with the consequence of each choice under it."""

    template_name = "components/choice_cards.html"

    def __init__(self, *, notes: Mapping[str, str] | None = None, as_severity: bool = False, **rest: Any) -> None:
        """This will keep the note of each choice; ``as_severity`` draws the bars before the word."""
        super().__init__(**rest)
        self.notes, self.as_severity = notes or {}, as_severity

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """This will hand notes and drawing to the template."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"notes": self.notes, "as_severity": self.as_severity}
        return context


class DayInput(forms.DateInput):
    """A day picked from the browser's calendar; the server also takes 2026年5月11日, 2026.5.11 and 2026/5/11."""

    input_type = "date"

    def __init__(self, **rest: Any) -> None:
        """This will write the value in the one form browsers understand."""
        super().__init__(format="%Y-%m-%d", **rest)


DAY_FORMATS = ("%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d")
