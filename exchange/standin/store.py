"""The stand-in's own store: SQLite on disk, synced at every commit; what is here is what the platform holds."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    key TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL, code TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS nonces (nonce TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, version INTEGER NOT NULL,
    operation TEXT NOT NULL, digest TEXT NOT NULL, content TEXT NOT NULL, received_at TEXT NOT NULL,
    received REAL NOT NULL, verdict TEXT NOT NULL, number TEXT NOT NULL, code TEXT NOT NULL, field TEXT NOT NULL,
    message TEXT NOT NULL, warning TEXT NOT NULL, platform_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS records (
    subject TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL, content TEXT NOT NULL,
    platform_id TEXT NOT NULL, changed_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS results (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, is_told INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL
    DEFAULT 0, try_after REAL NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS heads (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS units (code TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (code, name));
CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Store:
    """One SQLite file; one writer at a time, readers beside it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._writing = threading.Lock()
        with self._connected() as connection:
            connection.executescript(SCHEMA)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open one transaction; it is on the disk when the block is left, or undone where the block fails."""
        with self._writing, self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Give the rows of a query as dicts."""
        with self._connected() as connection:
            return [dict(row) for row in connection.execute(query, values)]

    def row(self, query: str, *values: object) -> dict[str, Any] | None:
        """Give the first row of a query, or None."""
        return next(iter(self.rows(query, *values)), None)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=30)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        try:
            yield connection
        finally:
            connection.close()
