"""How lists of the API are paged."""

from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.parameters import limit_of, refuse_unknown
from accounts.paging import page

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
