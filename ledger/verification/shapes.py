"""Whether a body has the shape an act gives it; one that has not is a finding, never a crash of the verification."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

HEADER = {
    "id": str,
    "kind": str,
    "role": str,
    "at": str,
    "request": str,
    "fold": str,
    "refs": list,
    "rows": list,
    "public": list,
}
ROW = {"table": str, "key": str, "columns": dict}
PUBLIC = {"id": str, "kind": str, "document": str, "version": int, "at": str, "commitment": str, "salt": str}
_HASH = re.compile(r"[0-9a-f]{64}")


def is_act(said: dict[str, Any]) -> bool:
    """Tell whether a body is that of a private entry in every part the verification relies on."""
    return (
        _has(said, HEADER)
        and said.keys() >= {"person", "reason", "object"}
        and _is_pair(said["object"])
        and len(rows_of(said)) == len(said["rows"])
        and all(_has(public, PUBLIC) and _HASH.fullmatch(public["commitment"]) for public in said["public"])
    )


def rows_of(said: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Give those of a body's rows that can be read; of an untouched body these are all."""
    rows = (said or {}).get("rows")
    return [row for row in rows if _has(row, ROW)] if isinstance(rows, list) else []


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _has(value: Any, shape: Mapping[str, type]) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), kind) for name, kind in shape.items())
