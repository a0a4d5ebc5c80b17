"""
What was looked up during one request, so that a page of a hundred rows asks the database once.

Nothing is remembered outside a request, and a change of the rules forgets at once what this request had looked up; the
next request starts empty, so a change made by another process is seen with the next page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from ledger.request_id import request_id_of

T = TypeVar("T")

_memory: ContextVar[tuple[str, dict[Hashable, Any]] | None] = ContextVar("rules_memory", default=None)


def remember(key: Hashable, look_up: Callable[[], T]) -> T:
    """This will give the answer found earlier in this request, else look it up (outside a request: always look it up)."""
    request = request_id_of()
    if not request:
        return look_up()
    held = _memory.get()
    if held is None or held[0] != request:
        held = (request, {})
        _memory.set(held)
    if key not in held[1]:
        held[1][key] = look_up()
    return cast(T, held[1][key])


def forget() -> None:
    """This will drop everything remembered; whoever writes a rule calls it."""
    _memory.set(None)
