"""
What was looked up during one request, or during one act outside a request, so that a page of a hundred rows asks the
database once, and an act stands on one law.

Nothing is remembered beyond, and a change of the rules forgets at once what had been looked up; the next request or act
starts empty, so a change made by another process is seen with the next page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from ledger import acts
from ledger.request_id import request_id_of

T = TypeVar("T")

_memory: ContextVar[tuple[str, dict[Hashable, Any]] | None] = ContextVar("memory", default=None)


def remember(key: Hashable, look_up: Callable[[], T]) -> T:
    """This will give the answer found earlier in this request or act, else look it up (outside both: always look it up)."""
    scope = request_id_of() or acts.transaction_key()
    if not scope:
        return look_up()
    held = _memory.get()
    if held is None or held[0] != scope:
        held = (scope, {})
        _memory.set(held)
    if key not in held[1]:
        held[1][key] = look_up()
    return cast(T, held[1][key])


def for_page(key: Hashable, look_up: Callable[[], T]) -> T:
    """
    This will remember for the rest of a request what only decides what is shown.

    Inside an act it is always looked up: what an act stands on is read under its lock.
    """
    return look_up() if acts.is_open() else remember(key, look_up)


def forget() -> None:
    """This will drop everything remembered; whoever writes a rule calls it."""
    _memory.set(None)
