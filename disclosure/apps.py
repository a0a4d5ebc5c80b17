"""Application configuration of the disclosure room."""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet

from ledger import coverage


class DisclosureConfig(AppConfig):
    """The disclosure room: what it shows is compared with the log, byte by byte."""

    name = "disclosure"

    def ready(self) -> None:
        """Tell the log what it answers for in this room."""
        coverage.exempt(
            "disclosure.frequency",
            "counted from the documents by a task; a wrong row makes a search slower, never wrong",
        )
        coverage.cover_documents("disclosure", self.documents)

    def documents(self) -> Iterator[coverage.CoveredDocument]:
        """This will give each document with the bytes that the public is served, none for an ended one."""
        rows: QuerySet[Any] = self.get_model("Document")._default_manager.only("id", "version", "body", "ended_on")
        for row in rows.iterator(chunk_size=2000):
            yield coverage.CoveredDocument(row.id, row.version, None if row.ended_on else row.body.encode())
