"""Turning what was typed into what is kept: strings, integers, lists and little maps, with a sentence for every fault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from accounts.models import Department
from ledger.refusals import Invalid
from rules import codes
from rules.details import checks, lookups, shapes
from rules.details.shapes import Field, Form

YES, NO = "yes", "no"
MOST_YUAN = Decimal("1e13")
DAY = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?")
HIDDEN = frozenset({"Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


class Faulty(Invalid):
    """Some fields are not acceptable; ``errors`` gives each its sentence, rows as ``key.number.column`` from 0."""

    code: ClassVar[str] = "faulty_details"

    def __init__(self, errors: Mapping[str, str]) -> None:
        field, sentence = next(iter(errors.items()))
        super().__init__(sentence, field=field)
        self.errors = dict(errors)


@dataclass
class Reading:
    """One attempt: the day whose lists and names count, the department whose people may be named, the faults found."""

    on: date
    department: Department | None
    errors: dict[str, str]


def clean(form: Form, typed: Mapping[str, Any], *, on: date, department: Department | None) -> dict[str, Any]:
    """
    This will give the values as they are kept, the empty ones left out; a kept value read again gives itself.

    :raises Faulty: naming every field that is missing, of another type, too long, or against a check of the description
    """
    at = Reading(on, department, {})
    values = _fields(form.fields, typed, at, prefix="")
    if unknown := [key for key in typed if key not in form.by_key]:
        at.errors[str(unknown[0])[:40]] = _("“%(key)s”不是这张表的栏目") % {"key": str(unknown[0])[:40]}
    # A check reads only what could be read: a field at fault is told once, by its own fault.
    for path, sentence in checks.faults(form, values, on=on):
        at.errors.setdefault(path, sentence)
    if at.errors:
        raise Faulty(at.errors)
    return values


def _fields(fields: tuple[Field, ...], typed: Mapping[str, Any], at: Reading, *, prefix: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for each in fields:
        path = f"{prefix}{each.key}"
        try:
            value = _value(each, typed.get(each.key), at, path)
        except Invalid as wrong:
            at.errors[path] = wrong.message
            continue
        if value not in ("", None, []):
            values[each.key] = value
        elif each.required and not any(key.startswith(f"{path}.") for key in at.errors):
            at.errors[path] = _missing(each)
    return values


def _missing(each: Field) -> str:
    if each.type == shapes.ROWS:
        return _("“%(label)s”至少填一行") % {"label": each.label}
    if each.type in (shapes.CODE, shapes.OFFICIAL, shapes.YES_NO):
        return _("请选择“%(label)s”") % {"label": each.label}
    return _("请填写“%(label)s”") % {"label": each.label}


def _value(each: Field, typed: Any, at: Reading, path: str) -> Any:
    if each.type == shapes.ROWS:
        return _rows(each, typed, at, path)
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return ""
    if each.type in (shapes.UNIT, shapes.OFFICIAL):
        return _reference(each, typed, at)
    if isinstance(typed, bool) or not isinstance(typed, str | int | Decimal | date):
        raise Invalid(_("“%(label)s”不能这样填") % {"label": each.label})
    return READERS[each.type](each, str(typed), at)


def _rows(each: Field, typed: Any, at: Reading, path: str) -> list[dict[str, Any]]:
    if typed is None or typed == "":
        return []
    if not isinstance(typed, list) or not all(isinstance(row, Mapping) for row in typed):
        raise Invalid(_("“%(label)s”应一行一行填写") % {"label": each.label})
    filled = [
        (number, row) for number, row in enumerate(typed) if any(value not in ("", None) for value in row.values())
    ]
    if len(filled) > each.limit:
        words = {"label": each.label, "limit": each.limit, "length": len(filled)}
        raise Invalid(_("“%(label)s”最多 %(limit)d 行，现有 %(length)d 行") % words)
    return [_fields(each.fields, row, at, prefix=f"{path}.{number}.") for number, row in filled]


def _reference(each: Field, typed: Any, at: Reading) -> dict[str, str]:
    """A unit or an official: typed as text or key, or handed back as it was kept; either way looked up, never believed."""
    known_by = "code" if each.type == shapes.UNIT else "post_id"
    told = str(typed.get(known_by, "") if isinstance(typed, Mapping) else typed)[:200]
    if each.type == shapes.UNIT:
        return lookups.unit(told, on=at.on)
    return lookups.post(told, department=at.department)


def _text(each: Field, typed: str, at: Reading) -> str:
    plain = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    lines = each.type == shapes.LONG
    for place, character in enumerate(plain, start=1):
        kind = unicodedata.category(character)
        if kind in HIDDEN or (kind == "Cc" and not (lines and character in "\n\t")):
            words = {"label": each.label, "place": place, "code": ord(character)}
            raise Invalid(_("“%(label)s”第 %(place)d 个字符看不见（U+%(code)04X），请删去") % words)
    if len(plain) > each.limit:
        words = {"label": each.label, "limit": each.limit, "length": len(plain)}
        raise Invalid(_("“%(label)s”最多 %(limit)d 字，现有 %(length)d 字") % words)
    return plain


def _day(each: Field, typed: str, at: Reading) -> str:
    found = DAY.fullmatch(unicodedata.normalize("NFKC", typed).replace(" ", ""))
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else _no_day(each)
    except ValueError:
        return _no_day(each)


def _no_day(each: Field) -> str:
    raise Invalid(_("“%(label)s”没有这一天，请写成 2026年5月11日 这样") % {"label": each.label})


def _money(each: Field, typed: str, at: Reading) -> str:
    plain = unicodedata.normalize("NFKC", typed).replace(",", "").replace(" ", "").removesuffix("元")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount > MOST_YUAN or amount != round(amount, 2):
        raise Invalid(_("“%(label)s”请填不带负号、最多两位小数的金额（元）") % {"label": each.label})
    return f"{amount:.2f}"


def _number(each: Field, typed: str, at: Reading) -> int:
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain.isascii() or not plain.isdigit() or len(plain) > 9 or int(plain) > each.limit:
        raise Invalid(_("“%(label)s”请填 0 至 %(limit)d 的整数") % {"label": each.label, "limit": each.limit})
    return int(plain)


def _code(each: Field, typed: str, at: Reading) -> str:
    if codes.find(each.list_name, typed, at.on) is None:
        raise Invalid(_("“%(label)s”请从列出的选项中选择") % {"label": each.label})
    return typed


def _yes_no(each: Field, typed: str, at: Reading) -> str:
    if typed not in (YES, NO):
        raise Invalid(_("“%(label)s”请选择是或否") % {"label": each.label})
    return typed


READERS: dict[str, Callable[[Field, str, Reading], Any]] = {
    shapes.TEXT: _text, shapes.LONG: _text, shapes.DAY: _day, shapes.MONEY: _money, shapes.NUMBER: _number,
    shapes.CODE: _code, shapes.YES_NO: _yes_no,
}  # fmt: skip
