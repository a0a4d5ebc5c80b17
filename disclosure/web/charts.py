"""The columns of the home page as numbers: percentages on x, pixels on y, so that text never scales."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _

FLOOR, TOP, LEFT, SLOT = 176.0, 14.0, 5.0, 8.0


def turns(*, today: date, alias: str) -> dict[str, Any]:
    """This will lay out what began and what ended in each of the last twelve months."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT month, shown, ended FROM disclosure_month")
        counted = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
    months = [_month_before(today, back) for back in range(11, -1, -1)]
    rows = [(month, *counted.get(month, (0, 0))) for month in months]
    most = _ceiling(max(max(shown, ended) for _month, shown, ended in rows))
    return {
        "columns": [_column(place, row, most) for place, row in enumerate(rows)],
        "grid": [{"y": _y(most * part // 2, most), "label": most * part // 2} for part in (1, 2)],
        "floor": FLOOR,
        "say": _say(rows),
    }


def by_kind(parts: Mapping[str, int], words: Mapping[str, str]) -> list[tuple[str, list[int]]]:
    """This will list the kinds of matter now shown, most first, for the bar chart."""
    ordered = sorted(parts.items(), key=lambda part: (-part[1], part[0]))[:6]
    return [(words.get(code, code), [count]) for code, count in ordered if code]


def _say(rows: list[tuple[date, int, int]]) -> str:
    shown, ended = sum(row[1] for row in rows), sum(row[2] for row in rows)
    words = _("12 个月里新公示 %(shown)d 条，结束 %(ended)d 条；") % {"shown": shown, "ended": ended}
    if shown == ended:
        return words + _("一进一出，数目持平。")
    more = _("公示中的比一年前多 %(n)d 条。") if shown > ended else _("公示中的比一年前少 %(n)d 条。")
    return words + more % {"n": abs(shown - ended)}


def _column(place: int, row: tuple[date, int, int], most: int) -> dict[str, Any]:
    month, shown, ended = row
    x = LEFT + SLOT * place
    return {
        "month": month,
        "name": _("%(m)d月") % {"m": month.month},
        "full": _("%(y)d年%(m)d月") % {"y": month.year, "m": month.month},
        "shown": shown,
        "ended": ended,
        "shown_x": f"{x + 0.28:.2f}",
        "shown_y": _y(shown, most),
        "shown_height": f"{FLOOR - float(_y(shown, most)):.1f}",
        "ended_x": f"{x + 3.16:.2f}",
        "ended_y": _y(ended, most),
        "ended_height": f"{FLOOR - float(_y(ended, most)):.1f}",
        "text_x": f"{x + 3:.2f}",
        "is_alternate": bool(place % 2),
    }


def _y(value: int, most: int) -> str:
    return f"{FLOOR - (FLOOR - TOP) * value / most:.1f}"


def _ceiling(most: int) -> int:
    """An even number at or above the tallest column, so that the middle line is whole."""
    for step in (2, 4, 6, 10, 20, 40, 60, 100, 200, 400, 600, 1000, 2000, 4000, 6000, 10000):
        if most <= step:
            return step
    return most + most % 2


def _month_before(today: date, back: int) -> date:
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
