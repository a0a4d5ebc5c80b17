"""Public documents as their rooms serve them against the public entries that stand for them, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from ledger import coverage
from ledger.coverage import CoveredDocument
from ledger.verification import records
from ledger.verification.findings import Report
from ledger.verification.walk import Walk

CHUNK = 500


def check_documents(walk: Walk, report: Report) -> None:
    """Compare the bytes each room serves with the log's; an ended document must have none."""
    rooms = coverage.document_rooms()
    seen: set[str] = set()
    for name, rows in rooms.items():
        for chunk in _chunks(rows()):
            _check_chunk(name, chunk, walk, report)
            seen.update(str(one.document) for one in chunk)
    for document, last in walk.documents.items() if rooms else ():
        if document not in seen:
            report.add("document.missing", "", document, "", f"第 {last.position} 条公示了这份文书，库里却没有")


def _chunks(rows: Iterable[CoveredDocument]) -> Iterator[list[CoveredDocument]]:
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _check_chunk(name: str, chunk: list[CoveredDocument], walk: Walk, report: Report) -> None:
    report.count("documents", len(chunk))
    standing = {one.document: walk.documents.get(str(one.document)) for one in chunk}
    bodies = records.bodies_at(last.position for last in standing.values() if last is not None)
    for one in chunk:
        last = standing[one.document]
        if last is None:
            report.add("document.without_entry", name, str(one.document), "", "没有任何条目公示过这份文书")
        elif last.is_end and one.body is not None:
            report.add("document.not_erased", name, str(one.document), "body", "已结束公示的文书仍有正文")
        elif not last.is_end and one.body != bodies.get(last.position):
            report.add("document.body", name, str(one.document), "body", "正文与公开日志里的不同")
        elif one.version != last.version:
            report.add("document.version", name, str(one.document), "version", f"公开日志里的版次是 {last.version}")
