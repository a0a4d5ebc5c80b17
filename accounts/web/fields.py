"""Form fields this room's pages share."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from accounts.widgets import DAY_FORMATS, DayInput


class DepartmentField(forms.ModelChoiceField):
    """A department of today, drawn with the one above it."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("queryset", Department.objects.none())
        rest.setdefault("empty_label", _("请选择"))
        super().__init__(**rest)

    def label_from_instance(self, obj: Any) -> str:
        """Name and superior, so that two offices of one name can be told apart."""
        return f"{obj.name}（{obj.parent.name}）" if obj.parent_id else str(obj.name)


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(input_formats=DAY_FORMATS, widget=DayInput(), **rest)


def departments_of_today(rows: QuerySet[Department] | None = None) -> QuerySet[Department]:
    """Return the departments to choose from, in the order of the tree."""
    found: Any = Department.objects.all() if rows is None else rows
    chosen: QuerySet[Department] = found.existing_on(timezone.localdate()).select_related("parent").order_by("path")
    return chosen
