"""Values in words: what a version of details says, and what changed from one version to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts import wording
from rules import codes
from rules.details import shapes
from rules.details.shapes import Field, Form


@dataclass(frozen=True)
class Line:
    """One field in words; ``rows`` holds the cells of repeated rows under ``columns``."""

    key: str
    label: str
    text: str
    is_prose: bool = False
    code: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def told(self) -> list[dict[str, str]]:
        """The rows as a list prints them: the first cell leads, the others follow with their labels."""
        return [
            {
                "lead": row[0],
                "rest": "；".join(
                    f"{name}：{text}" for name, text in zip(self.columns[1:], row[1:], strict=True) if text
                ),
            }
            for row in self.rows
        ]


@dataclass(frozen=True)
class Turn:
    """One field that reads differently in two versions."""

    label: str
    old: str
    new: str


def lines(form: Form, values: Mapping[str, Any], *, on: date) -> list[Line]:
    """This will say every filled field in the order of the form."""
    return [_line(each, values[each.key], on) for each in form.fields if values.get(each.key) not in (None, "", [])]


def _line(each: Field, value: Any, on: date) -> Line:
    if each.type != shapes.ROWS:
        code = value["code"] if each.type == shapes.UNIT else ""
        return Line(each.key, each.label, word(each, value, on), is_prose=each.type == shapes.LONG, code=code)
    rows = tuple(tuple(word(column, row.get(column.key), on) for column in each.fields) for row in value)
    count = _("%(n)d 行") % {"n": len(rows)}
    return Line(each.key, each.label, count, columns=tuple(column.label for column in each.fields), rows=rows)


def word(each: Field, value: Any, on: date) -> str:
    """This will say one value the way pages write it; nothing for an empty one."""
    if value in (None, "", []):
        return ""
    if each.type == shapes.DAY:
        return wording.day(date.fromisoformat(value))
    if each.type == shapes.MONEY:
        return wording.money(value)
    if each.type == shapes.CODE:
        return codes.label(each.list_name, value, on)
    if each.type == shapes.YES_NO:
        return _("是") if value == "yes" else _("否")
    return _plain(each, value)


def _plain(each: Field, value: Any) -> str:
    if each.type == shapes.NUMBER:
        return f"{value} {each.unit}".strip()
    if each.type == shapes.UNIT:
        return str(value["name"])
    if each.type == shapes.OFFICIAL:
        return _("%(name)s（%(unit)s %(post)s）") % value
    return str(value)


def turns(form: Form, old: Mapping[str, Any], new: Mapping[str, Any], *, on: date) -> list[Turn]:
    """This will name every field that reads differently, rows one by one."""
    found: list[Turn] = []
    for each in form.fields:
        before, after = old.get(each.key), new.get(each.key)
        if before == after:
            continue
        if each.type == shapes.ROWS:
            found += _row_turns(each, before or [], after or [], on)
        else:
            found.append(Turn(each.label, word(each, before, on), word(each, after, on)))
    return found


def _row_turns(each: Field, old: list[Any], new: list[Any], on: date) -> list[Turn]:
    longest = max(len(old), len(new))
    pairs = zip(old + [{}] * (longest - len(old)), new + [{}] * (longest - len(new)), strict=True)
    return [
        Turn(
            _("%(label)s 第 %(n)d 行") % {"label": each.label, "n": number},
            _row(each, before, on),
            _row(each, after, on),
        )
        for number, (before, after) in enumerate(pairs, start=1)
        if before != after
    ]


def _row(each: Field, row: Mapping[str, Any], on: date) -> str:
    told = ((column.label, word(column, row.get(column.key), on)) for column in each.fields)
    return "；".join(f"{label}：{text}" for label, text in told if text)
