"""A Django form built from a description; repeated rows are plain fields, so that they work without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department
from accounts.widgets import DayInput
from records.web.forms.acts import ActForm
from records.web.forms.fields import LongText, OneOf, Text, Tick
from rules import codes
from rules.details import lookups, shapes
from rules.details.shapes import Field, Form

SPARE = 1
MORE = 2
DROP = "drop"


class TypedDay(Text):
    """A day as typed; the description's own reader says what is wrong with it."""

    def __init__(self, **rest: Any) -> None:
        """This will draw the browser's calendar."""
        super().__init__(**rest)
        self.widget = DayInput()


class DetailForm(ActForm):
    """
    The fields of one description, all texts: judging them is the service's, whose sentences name the field.

    A column of a row is called ``rows-number-column``. ``given`` are the kept values; ``count`` how many rows each
    repeated part shows.
    """

    why = Text(label=gettext_lazy("这次改了什么"), help_text=gettext_lazy("可不填；写一句，别人看历史时就明白。"))

    def __init__(
        self,
        *args: Any,
        form: Form,
        department: Department,
        given: Mapping[str, Any],
        extra: Mapping[str, int],
        **rest: Any,
    ) -> None:
        """This will lay out the fields and the rows; ``extra`` says how many rows were asked for besides."""
        super().__init__(*args, **rest)
        self.form, self.given = form, given
        self.posts = [(str(post.pk), lookups.post_words(post)) for post in lookups.posts(department)]
        self.layout: list[tuple[Field, list[list[str]]]] = []
        for each in form.fields:
            numbers = range(self._count(each, extra)) if each.type == shapes.ROWS else ()
            self.layout.append((each, [self._row(each, number) for number in numbers]))
            if each.type != shapes.ROWS:
                self._add(each, each.key, given.get(each.key))
        self.order_fields([*(name for name in self.fields if name != "why"), "why"])

    def _count(self, each: Field, extra: Mapping[str, int]) -> int:
        """As many rows as were sent, or as are kept and one to go on with."""
        if self.is_bound:
            sent = [int(name.split("-")[1]) for name in self.data if _is_cell(name, each.key)]
            return min(max(sent, default=-1) + 1 + extra.get(each.key, 0), each.limit + MORE)
        return min(len(self.given.get(each.key, [])) + SPARE, each.limit)

    def _row(self, each: Field, number: int) -> list[str]:
        held = self.given.get(each.key, [])
        kept = held[number] if not self.is_bound and number < len(held) else {}
        names = [f"{each.key}-{number}-{column.key}" for column in each.fields]
        for column, name in zip(each.fields, names, strict=True):
            self._add(column, name, kept.get(column.key))
        self.fields[f"{each.key}-{number}-{DROP}"] = Tick(label=_("删去这一行"))
        return [*names, f"{each.key}-{number}-{DROP}"]

    def _add(self, each: Field, name: str, value: Any) -> None:
        made = self._field(each)
        made.required, made.unmarked = False, each.required  # type: ignore[attr-defined]
        made.initial = _shown(each, value)
        self.fields[name] = made

    def _field(self, each: Field) -> forms.Field:
        told: dict[str, Any] = {"label": each.label, "help_text": each.help}
        if each.type == shapes.LONG:
            return LongText(rows=4, **told)
        if each.type == shapes.DAY:
            return TypedDay(**told)
        if each.type in (shapes.CODE, shapes.OFFICIAL, shapes.YES_NO):
            return self._choice(each, told)
        if each.unit or each.type == shapes.MONEY:
            told["label"] = _("%(label)s（%(unit)s）") % {"label": each.label, "unit": each.unit or _("元")}
        return Text(**told)

    def _choice(self, each: Field, told: dict[str, Any]) -> forms.Field:
        chosen = OneOf(**told)
        offered = {
            shapes.OFFICIAL: lambda: self.posts,
            shapes.CODE: lambda: codes.choices(each.list_name),
            shapes.YES_NO: lambda: [("yes", _("是")), ("no", _("否"))],
        }[each.type]()
        chosen.choices = [("", _("请选择")), *offered]
        # The service names a wrong choice at the same place as every other fault.
        chosen.validate = lambda value: None  # type: ignore[method-assign]
        return chosen

    def typed(self) -> dict[str, Any]:
        """This will give what was typed in the shape the service reads; rows ticked away fall out."""
        kept = self.cleaned_data
        values: dict[str, Any] = {}
        for each, rows in self.layout:
            if each.type != shapes.ROWS:
                values[each.key] = kept.get(each.key, "")
                continue
            values[each.key] = [
                {} if kept.get(names[-1]) else {
                    column.key: kept.get(name, "") for column, name in zip(each.fields, names, strict=False)
                }
                for names in rows
            ]  # fmt: skip
        return values

    def tell(self, errors: Mapping[str, str]) -> None:
        """This will put each fault at its field: ``rows.number.column`` is the field ``rows-number-column``."""
        for path, sentence in errors.items():
            name = path.replace(".", "-")
            self.add_error(name if name in self.fields else None, sentence)

    def _drawn(self, names: list[str]) -> dict[str, Any]:
        """One row: its columns two by two, and the box that strikes it."""
        *columns, drop = (self[name] for name in names)
        return {"pairs": _pairs(columns), "drop": drop}

    def parts(self) -> list[dict[str, Any]]:
        """This will give the fields in their order for the page, the rows of each repeated part together."""
        return [
            {
                "field": self[each.key] if each.type != shapes.ROWS else None,
                "label": each.label,
                "help": each.help,
                "key": each.key,
                "rows": [self._drawn(names) for names in rows],
            }
            for each, rows in self.layout
        ]


def _pairs(fields: list[Any]) -> list[list[Any]]:
    return [fields[place : place + 2] for place in range(0, len(fields), 2)]


def _is_cell(name: str, key: str) -> bool:
    parts = name.split("-")
    return len(parts) == 3 and parts[0] == key and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 4


def _shown(each: Field, value: Any) -> Any:
    """A kept value as it stands in its control."""
    if isinstance(value, Mapping):
        return value.get("code") if each.type == shapes.UNIT else value.get("post_id")
    return value
