"""Refusals: what was not allowed, in a sentence fit to show to the one who asked."""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):
    """The act did not happen; ``str()`` says why, in Chinese, to the one who asked."""

    status: ClassVar[int] = 403
    code: ClassVar[str] = "refused"

    def __init__(self, message: str, *, field: str | None = None, link: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.link = link


class NotAllowed(Refused):
    """The actor's roles, place in the tree or relation to the object forbid it."""

    status = 403
    code = "not_allowed"


class Missing(Refused):
    """The object does not exist, or must look as if it did not."""

    status = 404
    code = "missing"


class Conflict(Refused):
    """The object is in a state in which this cannot be done."""

    status = 409
    code = "conflict"


class Stale(Conflict):
    """The object has changed since the actor looked at it."""

    status = 409
    code = "stale"


class Invalid(Refused):
    """A value is not acceptable; ``field`` names which."""

    status = 422
    code = "invalid"
