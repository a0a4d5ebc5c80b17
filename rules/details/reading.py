"""Finding the form: by code and day, by key area and kind, or the one a kept version was written with."""

from __future__ import annotations

from datetime import date

from ledger.memory import remember
from rules.details import shapes
from rules.details.shapes import Form
from rules.models import DetailForm


def forms(*, on: date) -> list[Form]:
    """This will give every form that holds on a day, in their order."""
    return [
        shapes.read(row) for row in _rows() if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
    ]


def suiting(*, areas: list[str], kind: str, on: date) -> list[Form]:
    """This will give the forms in which a commitment of these key areas and this kind is told."""
    return [each for each in forms(on=on) if each.suits(areas=areas, kind=kind)]


def find(code: str, *, on: date) -> Form | None:
    """This will give the form of a code that holds on a day, or None."""
    return next((each for each in forms(on=on) if each.code == code), None)


def kept(code: str, *, valid_from: date) -> Form:
    """
    This will give the description a version was written with, whether it still holds or not.

    :raises LookupError: no such description was ever loaded
    """
    found = next((row for row in _rows() if row.code == code and row.valid_from == valid_from), None)
    if found is None:
        raise LookupError(f"No form {code!r} from {valid_from}; has load_rules run?")
    return shapes.read(found)


def _rows() -> list[DetailForm]:
    return remember("detail_forms", lambda: list(DetailForm.objects.order_by("place", "code", "-valid_from")))
