"""The request an act belongs to, so that an entry can be found from an answer's header and back."""

from __future__ import annotations

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def set_request_id(value: str) -> None:
    """Remember the id of the request (or task) this thread of work serves; at most 64 characters are kept."""
    _request_id.set(value[:64])


def request_id_of() -> str:
    """Give the id set last in this context, or an empty text outside any request."""
    return _request_id.get()
