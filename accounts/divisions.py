"""行政区划代码 (GB/T 2260): the places this portal serves, with retired codes and what succeeded them.

The table is a file shipped with the code, dated row by row; a code that is not in it is unknown, not wrong.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "divisions.csv"


@dataclass(frozen=True)
class Division:
    """One code; `valid_to` is the first day on which it no longer held, `successor` the code that replaced it."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    successor: str

    def holds_on(self, day: date) -> bool:
        """Say whether the code was in force on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


def find(code: str) -> Division | None:
    """Return the row of a code of two, four, six or nine digits, retired or not; None where it is not in the table."""
    return _table().get(_short(code))


def name(code: str) -> str:
    """Return the full name, province first; this will give an empty text for an unknown code."""
    short = _short(code)
    parts = [
        _table()[short[:length]].name for length in (2, 4, 6, 9) if length <= len(short) and short[:length] in _table()
    ]
    return "".join(parts)


def successor(code: str) -> str:
    """Return the code in force today for a code, following each replacement."""
    row = find(code)
    while row is not None and row.successor:
        code = row.successor
        row = find(code)
    return code


def _short(code: str) -> str:
    """Drop the empty lower levels: 440000 is the province 44, 441400 the city 4414."""
    if len(code) == 6 and code.endswith("0000"):
        return code[:2]
    return code[:4] if len(code) == 6 and code.endswith("00") else code


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _table() -> dict[str, Division]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {
            row["code"]: Division(
                row["code"], row["name"], _day(row["valid_from"]), _day(row["valid_to"]), row["successor"]
            )
            for row in rows
        }
