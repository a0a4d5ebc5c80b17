"""The shape of a described form, read once from its row; a description that cannot be obeyed is refused on loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.models import DetailForm

TEXT, LONG, DAY, MONEY, NUMBER, CODE, UNIT, OFFICIAL, YES_NO, ROWS = (
    "text", "long", "day", "money", "number", "code", "unit", "official", "yesno", "rows",
)  # fmt: skip
TYPES = (TEXT, LONG, DAY, MONEY, NUMBER, CODE, UNIT, OFFICIAL, YES_NO, ROWS)
LIMITS = {TEXT: 200, LONG: 2000, NUMBER: 10_000, ROWS: 40}
"""The most characters of a text, the largest number, the most rows, where a description says nothing else."""

CHECKS: dict[str, tuple[str, ...]] = {
    "order": ("first", "then"),
    "not_future": ("field",),
    "at_most": ("small", "large"),
    "needs": ("field", "when"),
    "once": ("field",),
    "uscc": ("field",),
    "not_refused": ("field",),
    "in_post": ("owner", "first", "then"),
    "sme_payment": ("delivered_on", "agreed_days", "by_law"),
}
"""Every check a description may name, with the fields it needs; what they do stands in ``rules.details.checks``."""

DERIVED = ("sme_payment", "unpaid", "progress", "stages", "review")


@dataclass(frozen=True)
class Field:
    """One field; ``list_name`` is the code list of a code, ``fields`` are the columns of rows, ``unit`` the word behind a number."""

    key: str
    label: str
    type: str
    help: str = ""
    required: bool = False
    limit: int = 0
    unit: str = ""
    list_name: str = ""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Check:
    """One named check: on the whole form, or on each row of ``within``."""

    name: str
    facts: Mapping[str, Any]
    within: str = ""


@dataclass(frozen=True)
class Derived:
    """One named group of facts that follow from what was filled in."""

    name: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Form:
    """A description as code reads it, with the law it rests on."""

    code: str
    label: str
    valid_from: date
    intro: str
    areas: frozenset[str]
    kinds: frozenset[str]
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    derived: tuple[Derived, ...]
    source: str
    is_law: bool
    note: str = ""
    by_key: Mapping[str, Field] = field(default_factory=dict)

    def suits(self, *, areas: list[str], kind: str) -> bool:
        """Whether a commitment with these key areas and of this kind is told in this form."""
        return bool(self.areas & set(areas)) or kind in self.kinds


def read(row: DetailForm) -> Form:
    """
    This will read a row into the shape the forms are built from.

    :raises ValueError: the description names an unknown type, check, derivation, field or fact
    """
    fields = tuple(_field(each, row.code) for each in row.fields)
    form = Form(
        code=row.code,
        label=row.label,
        valid_from=row.valid_from,
        intro=row.intro,
        areas=frozenset(row.areas),
        kinds=frozenset(row.kinds),
        fields=fields,
        checks=tuple(_check(each, fields, row.code) for each in row.checks),
        derived=tuple(_derived(each, row.code) for each in row.derived),
        source=row.source,
        is_law=row.is_law,
        note=row.note,
        by_key={each.key: each for each in fields},
    )
    if len(form.by_key) != len(fields) or not fields:
        raise ValueError(f"{row.code}: a key is used twice, or there are no fields")
    return form


def _field(told: Mapping[str, Any], code: str, *, inner: bool = False) -> Field:
    known = {"key", "label", "type", "help", "required", "limit", "unit", "list", "fields"}
    where = f"{code}.{told.get('key', '?')}"
    if unknown := told.keys() - known:
        raise ValueError(f"{where}: unknown facts {sorted(unknown)}")
    kind = told.get("type", "")
    if kind not in TYPES or (inner and kind == ROWS):
        raise ValueError(f"{where}: no such type {kind!r}")
    columns = tuple(_field(each, where, inner=True) for each in told.get("fields", []))
    if (kind == ROWS) != bool(columns) or (kind == CODE) != bool(told.get("list")):
        raise ValueError(f"{where}: rows need columns, a code needs its list")
    if len({each.key for each in columns}) != len(columns):
        raise ValueError(f"{where}: a column is used twice")
    return Field(
        key=str(told["key"]),
        label=str(told["label"]),
        type=kind,
        help=str(told.get("help", "")),
        required=bool(told.get("required", False)),
        limit=int(told.get("limit", LIMITS.get(kind, 0))),
        unit=str(told.get("unit", "")),
        list_name=str(told.get("list", "")),
        fields=columns,
    )


def _check(told: Mapping[str, Any], fields: tuple[Field, ...], code: str) -> Check:
    name, within = str(told.get("name", "")), str(told.get("within", ""))
    if name not in CHECKS:
        raise ValueError(f"{code}: no such check {name!r}")
    rows = next((each for each in fields if each.key == within and each.type == ROWS), None)
    if within and rows is None:
        raise ValueError(f"{code}: {name} looks into {within!r}, which are no rows")
    known = {each.key for each in (rows.fields if rows else fields)}
    named = [str(told.get(each, "")) for each in CHECKS[name]]
    if unknown := [each for each in named if each not in known]:
        raise ValueError(f"{code}: {name} names unknown fields {unknown}")
    return Check(name, {key: value for key, value in told.items() if key not in ("name", "within")}, within)


def _derived(told: Mapping[str, Any], code: str) -> Derived:
    name = str(told.get("name", ""))
    if name not in DERIVED:
        raise ValueError(f"{code}: no such derivation {name!r}")
    return Derived(name, {key: value for key, value in told.items() if key != "name"})
