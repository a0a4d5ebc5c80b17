"""The stand-in's switches: how it misbehaves, for how many messages, and how long it takes to clean."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass, fields

from exchange.standin.store import Store

MODES = ("normal", "timeout", "error", "busy", "reject", "lose_answer", "slow_answer")


@dataclass(frozen=True)
class Switches:
    """
    ``mode`` for the next ``times`` messages (0: until switched back): ``timeout`` stalls for ``seconds`` and commits
    nothing, ``error`` answers 500, ``busy`` answers 503 with E090, ``reject`` refuses with ``code`` and ``field``,
    ``lose_answer`` commits and cuts the line, ``slow_answer`` commits and holds the answer for ``seconds``.
    ``cleaning`` is how many seconds pass until a message is cleaned; 0 cleans at once. ``is_strict`` refuses units that
    are not registered here (E021). ``reject_in_cleaning`` is a code with which cleaning refuses what it finds.
    """

    mode: str = "normal"
    times: int = 0
    seconds: int = 30
    code: str = "E020"
    field: str = "SX_ZT_DM"
    cleaning: int = 0
    reject_in_cleaning: str = ""
    is_strict: int = 0


def read(store: Store) -> Switches:
    """Give the switches as they stand."""
    row = store.row("SELECT value FROM switches WHERE name = 'switches'")
    return Switches(**json.loads(row["value"])) if row else Switches()


def change(store: Store, given: dict[str, str]) -> Switches:
    """Set the given switches and give all of them.

    :raises ValueError: a name or value is not known
    """
    known = {field.name: field.type for field in fields(Switches)}
    if unknown := set(given) - set(known):
        raise ValueError(f"unknown switch: {', '.join(sorted(unknown))}")
    typed = {name: int(value) if known[name] == "int" else str(value) for name, value in given.items()}
    changed = Switches(**{**asdict(read(store)), **typed})
    if changed.mode not in MODES or min(changed.times, changed.seconds, changed.cleaning) < 0:
        raise ValueError("unknown mode or a negative number")
    with store.writing() as connection:
        _write(connection, changed)
    return changed


def take(store: Store) -> Switches:
    """Give the switches for one message, and count it: after the last of ``times`` the mode falls back to normal."""
    now = read(store)
    if now.mode != "normal" and now.times:
        left = now.times - 1
        after = Switches(**{**asdict(now), "times": left, "mode": now.mode if left else "normal"})
        with store.writing() as connection:
            _write(connection, after)
    return now


def _write(connection: sqlite3.Connection, switches: Switches) -> None:
    value = json.dumps(asdict(switches))
    connection.execute("INSERT OR REPLACE INTO switches (name, value) VALUES ('switches', ?)", (value,))
