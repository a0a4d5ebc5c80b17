"""The thinnest WSGI application over stored JSON: one statement, one answer, nothing else. It is what the portal is measured by."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg2

LIST = "SELECT '[' || coalesce(string_agg(doc, ','), '') || ']' FROM (SELECT doc FROM thin ORDER BY shown DESC, id DESC LIMIT 20) q"
ONE = "SELECT doc FROM thin WHERE id = %s"
_kept = threading.local()


def _ask(sql: str, values: tuple[str, ...] = ()) -> bytes:
    if not hasattr(_kept, "connection"):
        _kept.connection = psycopg2.connect(os.environ["DATABASE_PUBLIC_URL"])
        _kept.connection.autocommit = True
    with _kept.connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
        return row[0].encode() if row else b""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer ``/list`` and ``/one/<id>``."""
    path = environ["PATH_INFO"]
    body = _ask(LIST) if path == "/list" else _ask(ONE, (path.rpartition("/")[2],))
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
