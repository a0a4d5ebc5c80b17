"""A list of candidates: each line a credit code, an official's id or his citizen number; never a name (scenario 73)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.identifiers import id_number, uscc
from accounts.models import Department, Official
from ledger.refusals import Invalid
from ledger.suites import seal
from records.imports.columns import Row
from records.workflow import writing
from records.workflow.archives.restricting import Subject

MOST = 500
CODE = re.compile(r"[0-9A-Za-z-]{15,36}")
HEADING = re.compile(r"代码|编号|号码|名称|姓名|^单位|code|uscc", re.IGNORECASE)
"""What the first line of a spreadsheet says where it holds no code; any other first line without one is a wrong line."""


@dataclass(frozen=True)
class BadLine:
    """One line that cannot be used, and why; of a number only its ends are repeated."""

    place: int
    shown: str
    why: str


class BadLines(Invalid):
    """Lines of the list cannot be used; nothing was checked."""

    def __init__(self, lines: list[BadLine]) -> None:
        told = _("有 %(count)d 行不能用，没有核查：第 %(place)d 行%(why)s") % {
            "count": len(lines), "place": lines[0].place, "why": lines[0].why,
        }  # fmt: skip
        super().__init__(told, field="codes")
        self.lines = lines


def subjects(rows: Sequence[Row], *, officials: QuerySet[Official], on: date) -> list[Subject]:
    """
    Find whom each line names, among all units and the officials given, in four queries whatever the length.

    :raises BadLines: naming every line that cannot be used
    :raises Invalid: no line, or more than 500
    """
    told = [(place, _code(cells)) for place, cells in rows]
    if told and not told[0][1] and HEADING.search(" ".join(rows[0][1])):
        told = told[1:]
    if not told:
        raise Invalid(_("名单是空的，每行填一个统一社会信用代码或人员编号"), field="codes")
    if len(told) > MOST:
        raise Invalid(_("名单最多 %(most)d 行，现有 %(count)d 行") % {"most": MOST, "count": len(told)}, field="codes")
    known = _known([code for _place, code in told], officials, on)
    wrong = [BadLine(place, _ends(code), _fault(code, on)) for place, code in told if code.upper() not in known]
    if wrong:
        raise BadLines(wrong)
    return [known[code.upper()] for _place, code in told]


def _code(cells: list[str]) -> str:
    """The first cell that looks like a code, so that a column of names beside it does no harm."""
    plain = (writing.half_width(cell).replace(" ", "") for cell in cells)
    return next((cell for cell in plain if CODE.fullmatch(cell)), "")


def _known(codes: Iterable[str], officials: QuerySet[Official], on: date) -> dict[str, Subject]:
    asked = {code.upper() for code in codes if code}
    found: dict[str, Subject] = {}
    for code, unit in Department.objects.existing_on(on).by_code(asked).items():
        found[code] = Subject(unit)
    rows = officials.select_related("person", "department")
    keys = [key for key in map(_uuid, asked) if key is not None]
    for official in rows.filter(pk__in=keys):
        found[str(official.pk).upper()] = Subject(official.department, official)
    digests = {seal.lookup(code, purpose="person.id_number"): code for code in asked if len(code) == 18}
    for official in rows.filter(person__id_number_lookup__in=list(digests)):
        lookup = official.person.id_number_lookup
        if lookup is not None:
            found[digests[bytes(lookup)]] = Subject(official.department, official)
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def _ends(code: str) -> str:
    return f"{code[:6]}…{code[-4:]}" if len(code) > 12 else code


def _fault(code: str, on: date) -> str:
    if not code:
        return _("没有代码；名单不能只写名称")
    if len(code) == 36:
        return _("没有这个人员，或不在您的管辖范围内")
    faults = []
    for check in (lambda: uscc.clean(code), lambda: id_number.clean(code, today=on, official=False)):
        try:
            check()
        except Invalid as wrong:
            faults.append(wrong.message)
    if len(faults) == 2:
        return faults[1] if code[:17].isdigit() and code[0] not in "159" else faults[0]
    return _("代码没有错，但名录里没有这个单位，或人员不在您的管辖范围内")
