"""Who reads, told to the database for as long as a page is made: the second wall before complaints (migration 0021)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DatabaseError, connection

SETTING = "records.reader"


@contextmanager
def reading(person_id: UUID | None) -> Iterator[None]:
    """
    Name the reader to the database while the block runs; rows about the departments he serves do not exist for it then.

    The name stands on the connection, not in a transaction: pages read outside one. It is taken back in any case, since the
    connection serves the next request too; a connection that was lost meanwhile takes it with it.
    """
    before = _tell(str(person_id) if person_id else "")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            _take_back(before)


@contextmanager
def lifted() -> Iterator[None]:
    """Let the house itself read in the name of nobody, to know what is to be hidden from the reader."""
    with reading(None):
        yield


def lift_for_act() -> None:
    """
    Let what follows in the open act be the house's own until its transaction ends: the log reads the changed rows again there.

    :raises RuntimeError: no transaction is open, so nothing would put the wall back
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the wall is lifted inside an act alone")
    _tell("", local=True)


def _take_back(before: str) -> None:
    try:
        _tell(before)
    except DatabaseError:
        connection.close()  # a connection that broke serves nobody any more, and the name goes with it


def _tell(reader: str, *, local: bool = False) -> str:
    """Name the reader and return who was named before; one statement, whose columns are worked out in order."""
    with connection.cursor() as cursor:
        asked = "SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, %s)"
        cursor.execute(asked, [SETTING, SETTING, reader, local])
        return str(cursor.fetchone()[0])
