"""Numbers shown to people: department, year and a count without gaps, taken inside the act that uses it."""

from __future__ import annotations

from datetime import date

from django.db import connection

from accounts.models import Department
from ledger import acts
from rules import codes

LIST = "serial_kind"
TAKE = """
    INSERT INTO rules_serialcounter (department_id, kind, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (department_id, kind, year) DO UPDATE SET last = rules_serialcounter.last + 1
    RETURNING last
"""


def take(*, department: Department, kind: str, year: int) -> str:
    """
    This will take the next number of a department, kind and year, such as ``JT-2026-0042``.

    The counter's row stays locked until the act commits, and an act that is undone gives its number back: so no gaps.

    :raises NoActOpen: outside an act
    :raises Invalid: the kind is not in the code list ``serial_kind``
    """
    acts.current()
    infix = codes.entry(LIST, kind, date(year, 12, 31)).facts.get("infix", "")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [department.pk, kind, year])
        row = cursor.fetchone()
    return f"{department.serial_prefix}-{infix}{year}-{row[0]:04d}"
