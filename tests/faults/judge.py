"""The judge knows two things only: what the load was told is committed, and what lies in the stand-in's own store."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path

STATES = {"W": "withdrawn", "R": "repaired", "E": "expired"}


def verdict(store: Path, committed: dict[str, list[str]]) -> list[str]:
    """
    Compare; this will list every loss, doubling and disorder in words, and be empty where there is none.

    :param committed: per subject the operations of versions 1, 2, 3 … in the order of their commits
    """
    stored = _stored(store)
    found = [f"{subject}: never reported, yet held" for subject in stored.keys() - committed.keys()]
    for subject, operations in committed.items():
        versions = [version for version, _operation in stored.get(subject, [])]
        expected = list(range(1, len(operations) + 1))
        if sorted(set(versions)) != expected:
            found.append(f"{subject}: lost {sorted(set(expected) - set(versions))} of {len(expected)}")
        if len(set(versions)) != len(versions):
            found.append(f"{subject}: doubled {versions}")
        if versions != sorted(versions):
            found.append(f"{subject}: out of order {versions}")
    return found + _states(store, committed)


def count(store: Path) -> int:
    """This will count the messages the platform has committed."""
    return sum(len(messages) for messages in _stored(store).values())


def _stored(store: Path) -> dict[str, list[tuple[int, str]]]:
    """What was committed per subject, in the order of the commits; E030 answers count as the doubling they are."""
    rows = _rows(store, "SELECT subject, version, operation FROM messages WHERE verdict <> 'rejected' ORDER BY seq")
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for subject, version, operation in rows:
        found[subject].append((version, operation))
    return found


def _states(store: Path, committed: dict[str, list[str]]) -> list[str]:
    held = {row[0]: (row[1], row[2]) for row in _rows(store, "SELECT subject, version, state FROM records")}
    expected = {key: (len(operations), STATES.get(operations[-1], "live")) for key, operations in committed.items()}
    return [f"{key}: holds {held.get(key)}, should {want}" for key, want in expected.items() if held.get(key) != want]


def _rows(store: Path, query: str) -> list[tuple]:
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
