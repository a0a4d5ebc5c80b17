"""
The one statement of a look-up, prepared once on the connection that is kept for the public login.

It asks the same view as everything public, so the database decides by its own day what is shown; only planning and the wrapper around
the connection are spared.
"""

import time
from typing import Any

from django.db import connections

PREPARE = "PREPARE disclosure_look (uuid) AS SELECT version, body FROM disclosure_shown WHERE id = $1"
LOOK = "EXECUTE disclosure_look (%s)"


def look(document_id: str) -> tuple[int, str] | None:
    """
    This will give version and bytes of a document that is public today by the database's clock, or None.

    :param document_id: a UUID as text
    :raises Exception: whatever the database or the connection says; the connection is given up then
    """
    kept: Any = connections["public"]
    if kept.close_at is not None and time.monotonic() >= kept.close_at:
        kept.close()
    try:
        if kept.connection is None:
            kept.ensure_connection()
        with kept.connection.cursor() as cursor:
            if getattr(kept, "looks_on", None) is not kept.connection:
                cursor.execute(PREPARE)
                kept.looks_on = kept.connection
            cursor.execute(LOOK, (document_id,))
            row: tuple[int, str] | None = cursor.fetchone()
    except Exception:
        kept.close()
        raise
    return row
