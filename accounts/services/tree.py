"""One change of the tree at a time: two moves side by side could each be right and make a ring together."""

from django.db import connection

LOCK = 0x0ACC_0001
"""Key of the advisory lock; held until the transaction ends."""


def lock() -> None:
    """Wait for any other change of the tree to end; this will hold the tree until commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
