"""Finding the department somebody complains about, by the name people use."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Department
from disclosure.search import abbreviations
from records.web import subjects
from records.web.subjects import MOST, Match


def named(typed: str, *, on: date) -> Match:
    """This will find a department by code, by full or former name, by part of it, or by its short name (市交通局)."""
    match = subjects.unit(typed, on=on)
    if match.unit is not None or match.several:
        return match
    short = "".join(typed.split())[:40]
    found = [
        each for each in Department.objects.existing_on(on).order_by("path", "id") if _is_short_for(short, each.name)
    ]
    if len(found) == 1:
        return Match(unit=found[0])
    if found:
        return Match(several=found[:MOST], problem=_("有不止一个部门可能是您说的，请选一个"))
    return match


def _is_short_for(short: str, name: str) -> bool:
    return len(short) >= 3 and any(form.endswith(short) for form in abbreviations.of(name))
