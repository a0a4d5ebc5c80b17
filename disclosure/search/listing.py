"""
Fetch one page of the list, or count it up to a bound; never all of it.

Every statement runs on the view that the public login may read, goes by an index and stops at a limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from disclosure.search import codes, frequencies, plan, text
from disclosure.search.codes import Former
from disclosure.search.criteria import Criteria
from disclosure.search.plan import Plan

SOON_DAYS = 30
COUNTED_BY_INDEX = 1000
COUNTED_BY_WALK = 100
ORDERS = {
    "newest": ("visible_from", "visible_from DESC, id DESC", "(visible_from, id) < (%s, %s)"),
    "soonest": ("visible_until", "visible_until, id", "(visible_until, id) > (%s, %s)"),
}
Key = tuple[date, UUID]


@dataclass(frozen=True)
class Row:
    """One document of a page: its place in the order and its public bytes as text."""

    key: Key
    body: str


@dataclass(frozen=True)
class Tally:
    """How many documents match, exactly or as "more than", and how they part; parts are only known where the count is exact."""

    count: int
    is_exact: bool
    parts: dict[str, dict[str, int]]


def page(
    criteria: Criteria, *, after: Key | None, limit: int, today: date, alias: str, known: Former | None = None
) -> tuple[list[Row], bool]:
    """
    This will give at most ``limit`` documents after the given place in the order, and whether more follow.

    :param known: the former codes of departments, where the caller has read them
    """
    column, order, beyond = ORDERS[criteria.sort]
    where, values = _conditions(criteria, today, alias, known)
    if after is not None:
        where.append(beyond)
        values += [after[0], str(after[1])]
    way = _plan(criteria, limit, alias).way if criteria.terms else "walk"
    found, found_values = _matching(criteria.terms, way)
    sql = _by_index if way == "index" else _by_walk
    statement = sql(column, order, [*where, *found])
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [*values, *found_values, limit + 1])
        rows = [Row((row[0], row[1]), row[2]) for row in cursor.fetchall()]
    return rows[:limit], len(rows) > limit


def _by_walk(column: str, order: str, where: Sequence[str]) -> str:
    """Along the order's own index, comparing as it goes, until the page is full."""
    return f"SELECT {column}, id, body FROM disclosure_shown WHERE {' AND '.join(where)} ORDER BY {order} LIMIT %s"  # noqa: S608


def _by_index(column: str, order: str, where: Sequence[str]) -> str:
    """All matches from the index of pairs first; only then is the page cut out of them and its text fetched."""
    return (
        f"WITH hit AS MATERIALIZED (SELECT {column}, id FROM disclosure_shown WHERE {' AND '.join(where)}),"  # noqa: S608
        f" cut AS MATERIALIZED (SELECT {column}, id FROM hit ORDER BY {order} LIMIT %s)"
        f" SELECT cut.{column}, cut.id, shown.body FROM cut JOIN disclosure_shown AS shown USING (id)"
        f" ORDER BY {', '.join('cut.' + part for part in order.split(', '))}"
    )


def _plan(criteria: Criteria, limit: int, alias: str) -> Plan:
    per_million, total = frequencies.of_terms(criteria.terms, alias=alias)
    return plan.choose(terms=criteria.terms, per_million=per_million, total=total, limit=limit)


def _matching(terms: Sequence[str], way: str) -> tuple[list[str], list[Any]]:
    """The condition that every word occurs. A single character is looked for in the name of the unit only."""
    where: list[str] = []
    values: list[Any] = []
    grams = sorted({gram for term in terms for gram in text.grams_of_term(term)})
    if terms and way == "index":
        where.append("grams @> %s")
        values.append(grams)
    for term in terms:
        if len(term) > 1:
            where.append("haystack LIKE %s")
            values.append("%" + term.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%")
        elif way == "walk":
            where.append("array_position(grams, %s) IS NOT NULL")
            values.append(term)
    return where, values


def _conditions(criteria: Criteria, today: date, alias: str, known: Former | None) -> tuple[list[str], list[Any]]:
    where = ["visible_from <= %s", "visible_until >= %s"]
    values: list[Any] = [today, today]
    for condition, value in (
        ("kind = %s", criteria.kind),
        ("areas @> ARRAY[%s]::varchar[]", criteria.area),
        ("severity = %s", criteria.severity),
        ("source_type = %s", criteria.source_type),
        ("visible_from >= %s", criteria.first),
        ("visible_from <= %s", criteria.last),
    ):
        if value:
            where.append(condition)
            values.append(value)
    if criteria.department:
        former = codes.former(alias) if known is None else known
        condition, value = _within(codes.borne(criteria.department, former))
        where.append(condition)
        values.append(value)
    if criteria.status == "soon":
        where.append("visible_until <= %s")
        values.append(today + timedelta(days=SOON_DAYS))
    elif criteria.status:
        where.append(f"{criteria.status}_on IS NOT NULL")
    return where, values


def _within(borne: tuple[str, ...]) -> tuple[str, Any]:
    """One code for nearly every unit; the few whose code was corrected are looked for under all they bore."""
    if len(borne) == 1:
        return "ancestors @> ARRAY[%s]::varchar[]", borne[0]
    return "ancestors && %s::varchar[]", list(borne)


def tally(criteria: Criteria, *, today: date, alias: str, known: Former | None = None) -> Tally:
    """
    This will count what matches, up to 1,000 (100 where a common word makes counting dear), and part it by what filters offer.

    Beyond the bound the count is said as "more than"; the parts are left out then, since they would be of a sample.
    """
    where, values = _conditions(criteria, today, alias, known)
    way = _plan(criteria, COUNTED_BY_WALK, alias).way if criteria.terms else "walk"
    bound = COUNTED_BY_WALK if criteria.terms and way == "walk" else COUNTED_BY_INDEX
    found, found_values = _matching(criteria.terms, way)
    statement = (
        "SELECT severity, source_type, areas, ancestors, marked_on IS NOT NULL, corrected_on IS NOT NULL,"  # noqa: S608
        f" visible_until <= %s FROM disclosure_shown WHERE {' AND '.join([*where, *found])} LIMIT %s"
    )
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [today + timedelta(days=SOON_DAYS), *values, *found_values, bound + 1])
        rows = cursor.fetchall()
    if len(rows) > bound:
        return Tally(bound, is_exact=False, parts={})
    return Tally(len(rows), is_exact=True, parts=_parts(rows))


def _parts(rows: Sequence[Sequence[Any]]) -> dict[str, dict[str, int]]:
    parts: dict[str, dict[str, int]] = {
        name: {} for name in ("severity", "source_type", "area", "department", "status")
    }
    for severity, source_type, areas, ancestors, marked, corrected, soon in rows:
        flags = (("marked", marked), ("corrected", corrected), ("soon", soon))
        for name, found in (
            ("severity", [severity]),
            ("source_type", [source_type]),
            ("area", areas),
            ("department", ancestors),
            ("status", [flag for flag, is_set in flags if is_set]),
        ):
            for value in found:
                parts[name][value] = parts[name].get(value, 0) + 1
    return parts
