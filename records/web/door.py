"""One way from a record to a case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Door:
    """A way as the component of arrows prints it: its words, what follows or why it is closed, its address."""

    action: str
    label: str
    text: str
    url: str
    is_open: bool
    target: str = ""
    is_main: bool = False
    is_grave: bool = False
