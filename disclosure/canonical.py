"""The exact public bytes of a document: the log's one spelling, narrowed to what a browser reads exactly alike."""

import json
from typing import Any

from ledger import canonical


def encode(value: dict[str, Any]) -> str:
    """
    This will spell the value as JSON with sorted keys, no blanks and no escapes beyond the needed ones.

    Only strings, integers, lists and mappings are let in: everything on a public page is text or a count, and
    ``null`` or a truth value would have to be explained to every reader of the open data.

    :raises TypeError: the value holds anything else
    """
    _inspect(value)
    return canonical.encode(value).decode()


def decode(text: str) -> dict[str, Any]:
    """This will read public bytes back."""
    return dict(json.loads(text))


def _inspect(value: Any) -> None:
    if isinstance(value, dict):
        for inner in value.values():
            _inspect(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _inspect(inner)
    elif isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"A public document holds strings and integers only, not {value!r}.")
