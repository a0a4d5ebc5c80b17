"""The form of an honour: for whom, which title, by which document, until when, with which incentives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from records.models import Honour
from records.services.archives.honouring import Award
from records.web.forms.fields import Day, OneOf, SomeOf, Text
from records.workflow.archives.restricting import Subject
from rules import codes


class HonourForm(forms.Form):
    """All fields of an honour; ``key`` makes a form sent twice one honour, ``version`` guards an edit."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    subject = OneOf(label=gettext_lazy("授予谁"), required=True)
    title = Text(label=gettext_lazy("荣誉名称"), required=True)
    level = OneOf(label=gettext_lazy("级别"), required=True)
    granted_by = Text(label=gettext_lazy("授予机关"), required=True)
    document_number = Text(label=gettext_lazy("表彰文号"), required=True)
    granted_on = Day(label=gettext_lazy("表彰日期"), required=True)
    valid_to = Day(label=gettext_lazy("有效期至"), help_text=gettext_lazy("没有期限的不填。"))
    incentives = SomeOf(label=gettext_lazy("激励措施"), help_text=gettext_lazy("只能从现行清单中选，不选即没有。"))

    def __init__(self, *args: Any, subjects: Sequence[Subject], today: date, **rest: Any) -> None:
        """This will offer whom the reader may honour and the lists in force."""
        super().__init__(*args, **{"label_suffix": "", **rest})
        self.known = {":".join(each.key): each for each in subjects}
        offered: dict[str, list[tuple[str, str]]] = {
            "subject": [(key, _called(each)) for key, each in self.known.items()],
            "level": codes.choices("honour_level", on=today),
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        self.fields["incentives"].choices = codes.choices("incentive", on=today)  # type: ignore[attr-defined]
        self.fields["incentives"].unmarked = True  # type: ignore[attr-defined]

    def award(self) -> Award:
        """This will give what the form says."""
        kept = self.cleaned_data
        plain = {
            name: kept[name] for name in ("title", "level", "granted_by", "document_number", "granted_on", "valid_to")
        }
        return Award(subject=self.known[kept["subject"]], incentives=tuple(kept["incentives"]), **plain)


def initial_of(honour: Honour | None) -> dict[str, Any]:
    """This will fill the form with an honour, or with a fresh key."""
    if honour is None:
        return {"key": uuid4()}
    names = ("version", "title", "level", "granted_by", "document_number", "granted_on", "valid_to", "incentives")
    kind, key = ("official", honour.official_id) if honour.official_id else ("unit", honour.subject_department_id)
    return {"key": honour.pk, "subject": f"{kind}:{key}", **{name: getattr(honour, name) for name in names}}


def _called(subject: Subject) -> str:
    if subject.official is None:
        return str(subject.department.name)
    return f"{subject.official.person.name}（{subject.department.name}）"
