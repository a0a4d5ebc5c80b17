"""The whole verification, on one snapshot of the database; it reads everything, writes nothing and never stops at a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from ledger.verification.documents import check_documents
from ledger.verification.files import check_files
from ledger.verification.findings import Report
from ledger.verification.heads import expected_heads
from ledger.verification.rows import check_rows
from ledger.verification.walk import Walk
from ledger.verification.walls import check_walls


def verify(*, outside_heads: Iterable[Path] = (), key: bytes | None = None) -> Report:
    """
    Check log, tree, heads, rows, files, documents and walls; this will give every finding there is.

    :param outside_heads: files with heads that somebody kept outside the database
    :param key: the public key of the heads, where this machine does not sign them itself
    """
    report = Report()
    with _snapshot():
        walk = Walk(report, expected_heads(outside_heads, key, report))
        walk.run()
        check_rows(walk, report)
        check_documents(walk, report)
        check_files(report)
        check_walls(report)
    return report


@contextmanager
def _snapshot() -> Iterator[None]:
    """See one moment of the database throughout, so that acts going on meanwhile raise no false alarm."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
