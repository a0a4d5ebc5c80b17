"""Finding whom a record is about: a unit by code or by any name it ever had, an official only inside his unit."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.identifiers import uscc
from accounts.models import Department, Post
from ledger.refusals import Invalid
from records.workflow import writing

MOST = 12


@dataclass(frozen=True)
class Match:
    """What the typed words lead to: one unit, or several to choose from, or a sentence why neither."""

    unit: Department | None = None
    several: list[Department] = field(default_factory=list)
    problem: str = ""


def unit(text: str, *, on: date) -> Match:
    """
    This will find the unit for a code or a name, today's or a former one.

    Anything that looks like a code is checked digit by digit and never guessed at.
    """
    typed = "".join(char for char in writing.half_width(text).strip() if char.isprintable())[:120]
    if not typed:
        return Match(problem=_("请填写单位名称或统一社会信用代码"))
    if _looks_like_code(typed):
        return _by_code(typed, on)
    return _by_name(typed, on)


def suggest(text: str, *, on: date) -> list[Department]:
    """This will give up to twelve units for the first characters of a code or any part of a name."""
    typed = "".join(char for char in writing.half_width(text).strip() if char.isprintable())[:60]
    if not typed:
        return []
    code = typed.upper()
    hits = Q(names__name__icontains=typed) | Q(uscc__startswith=code) | Q(former_codes__code__startswith=code)
    found = Department.objects.existing_on(on).filter(hits).order_by("path", "id").distinct()
    return list(found[:MOST])


def officials(department: Department, *, on: date) -> list[Post]:
    """This will give the posts held in a unit on a day, with the persons, for choosing one by name and post."""
    held = Q(held_to__isnull=True) | Q(held_to__gt=on)
    return list(
        Post.objects.filter(held, department=department, held_from__lte=on)
        .select_related("official__person")
        .order_by("leadership_code", "held_from", "id")
    )


def _looks_like_code(typed: str) -> bool:
    plain = typed.replace(" ", "").replace("-", "")
    return len(plain) >= 9 and plain.isascii() and plain.isalnum()


def _by_code(typed: str, on: date) -> Match:
    try:
        code = uscc.clean(typed)
    except Invalid as wrong:
        return Match(problem=wrong.message)
    found = Department.objects.existing_on(on).coded(code).first()
    return (
        Match(unit=found) if found else Match(problem=_("部门名录里没有代码 %(code)s，请先核对证书") % {"code": code})
    )


def _by_name(typed: str, on: date) -> Match:
    named = Department.objects.existing_on(on).filter(names__name=typed).order_by("path", "id").distinct()
    exact = list(named[: MOST + 1])
    if len(exact) == 1:
        return Match(unit=exact[0])
    several = exact or suggest(typed, on=on)
    if not several:
        return Match(problem=_("部门名录里没有“%(name)s”，请换一个写法或填统一社会信用代码") % {"name": typed})
    return Match(several=several[:MOST], problem=_("有不止一个单位可能是“%(name)s”，请在下面选一个") % {"name": typed})
