"""One value, one sequence of bytes: JSON with sorted keys, without spaces, in UTF-8, of strings and whole numbers only.

For such values this equals RFC 8785, so a browser can rebuild the same bytes.
"""

from __future__ import annotations

import json
from typing import Any


class NotCanonical(ValueError):
    """The value holds something that has no single spelling, such as a fraction."""


def encode(value: Any) -> bytes:
    """Give the canonical bytes of a value made of dicts, lists, strings, whole numbers, booleans and None.

    :raises NotCanonical: a float, a key that is not text, a lone surrogate or any other type is inside
    """
    _check(value, "$")
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError as broken:
        raise NotCanonical(f"text that UTF-8 cannot hold: {broken}") from broken


def _check(value: Any, place: str) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{place}: the key {key!r} is not text")
            _check(inner, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            _check(inner, f"{place}[{index}]")
    elif not (value is None or isinstance(value, str | bool | int)):
        raise NotCanonical(f"{place}: {type(value).__name__} has no single spelling; give it as text")
