"""Paging by the last row seen, never by counting: no page is too deep, and rows added meanwhile shift nothing."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.parameters import BadParameter, limit_of, refuse_unknown
from ledger.cursors import BadCursor, open_cursor, seal_cursor

PAGE_PARAMETERS = ("limit", "cursor")


class KeysetPaging(BasePagination):
    """`?limit=&cursor=` → `{"items", "next_cursor", "has_more"}`.

    The view names its order in `keyset` (fields, `-` for falling, the last one unique) and its filters in `parameters`.
    """

    usual = 50
    most = 500

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return one page; this will refuse unknown parameters and cursors that are not ours for this list."""
        order: tuple[str, ...] = getattr(view, "keyset", ("pk",))
        kind = f"{type(view).__module__}.{type(view).__name__}"
        given = request.query_params
        refuse_unknown(given, (*PAGE_PARAMETERS, *getattr(view, "parameters", ())))
        limit = limit_of(given, usual=self.usual, most=self.most)
        rows, self.next_cursor = page(queryset, order=order, limit=limit, cursor=given.get("cursor", ""), kind=kind)
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the items."""
        return Response({"items": data, "next_cursor": self.next_cursor, "has_more": self.next_cursor is not None})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the wrapping."""
        return {
            "type": "object",
            "required": ["items", "next_cursor", "has_more"],
            "properties": {
                "items": schema,
                "next_cursor": {"type": "string", "nullable": True},
                "has_more": {"type": "boolean"},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the two parameters."""
        number = {"type": "integer", "minimum": 1, "maximum": self.most, "default": self.usual}
        return [
            {"name": "limit", "in": "query", "required": False, "schema": number},
            {"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"}},
        ]


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
