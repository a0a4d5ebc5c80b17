"""Paging by the last row seen, never by counting: no page is too deep, and rows added meanwhile shift nothing."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from ledger.cursors import BadCursor, open_cursor, seal_cursor
from ledger.refusals import Invalid


class BadParameter(Invalid):
    """A query parameter with a value it cannot have."""

    status = 400
    code = "bad_parameter"


def page(
    rows: QuerySet[Any], *, order: tuple[str, ...], limit: int, cursor: str, kind: str
) -> tuple[list[Any], str | None]:
    """Return one page of `rows` in `order` after `cursor`, and the cursor of the next page or None; for pages, too.

    :raises BadParameter: where the cursor was not given out for this list.
    """
    if cursor:
        rows = rows.filter(_after(rows.model, order, _opened(kind, cursor, len(order))))
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    values = [_plain(last, name.lstrip("-")) for name in order]
    return found[:limit], seal_cursor(kind, {"after": values})


def _opened(kind: str, cursor: str, length: int) -> list[Any]:
    try:
        values = open_cursor(kind, cursor)["after"]
    except (BadCursor, KeyError) as fault:
        raise BadParameter(_("cursor 不是这个列表给出的"), field="cursor") from fault
    if len(values) != length:
        raise BadParameter(_("cursor 不是这个列表给出的"), field="cursor")
    return list(values)


def _plain(row: Model, name: str) -> Any:
    value = reduce(getattr, name.split("__"), row)
    return value if isinstance(value, int | str) or value is None else str(value)


def _after(model: type[Model], order: tuple[str, ...], values: list[Any]) -> Q:
    """(a, b) after (x, y): a past x, or a = x and b past y."""
    parts = []
    for place, name in enumerate(order):
        same = {order[k].lstrip("-"): values[k] for k in range(place)}
        side = "lt" if name.startswith("-") else "gt"
        parts.append(Q(**same, **{f"{name.lstrip('-')}__{side}": values[place]}))
    return reduce(or_, parts)
