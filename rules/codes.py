"""Code lists as of a day: labels, choices for forms, and whether a code was on the list when an act was done."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from ledger.memory import remember
from ledger.refusals import Invalid
from rules import clock
from rules.models import Code


def rows(list_name: str) -> list[Code]:
    """This will give every row of a list, past and present, in the list's order (one query a request)."""
    return remember(
        ("codes", list_name),
        lambda: list(Code.objects.filter(list_name=list_name).order_by("place", "code", "-valid_from")),
    )


def current(list_name: str, on: date) -> list[Code]:
    """This will give the rows of a list that hold on a day, in the list's order."""
    return [each for each in rows(list_name) if _holds(each, on)]


def find(list_name: str, code: str, on: date) -> Code | None:
    """This will give the row of a code that holds on a day, or None."""
    return next((each for each in current(list_name, on) if each.code == code), None)


def entry(list_name: str, code: str, on: date) -> Code:
    """
    This will give the row of a code that holds on a day.

    :raises Invalid: the code is not on the list on that day (国办发〔2020〕49号: what is not on the catalogue is not used)
    """
    found = find(list_name, code, on)
    if found is None:
        raise Invalid(_("“%(code)s”不在%(day)s有效的目录里") % {"code": code, "day": _day(on)}, field=list_name)
    return found


def label(list_name: str, code: str, on: date | None = None) -> str:
    """This will give the words of a code as of a day (today where none is given); an unknown code shows itself."""
    found = find(list_name, code, on or clock.local_day(clock.now()))
    if found is None:
        found = next((each for each in rows(list_name) if each.code == code), None)
    return found.label if found else code


def choices(list_name: str, on: date | None = None) -> list[tuple[str, str]]:
    """This will give (code, words) of all entries of a list that hold on a day (today where none is given)."""
    return [(each.code, each.label) for each in current(list_name, on or clock.local_day(clock.now()))]


def _holds(each: Code, on: date) -> bool:
    return each.valid_from <= on and (each.valid_to is None or on <= each.valid_to)


def _day(on: date) -> str:
    return _("%(year)d年%(month)d月%(day)d日") % {"year": on.year, "month": on.month, "day": on.day}
