"""Rebuild the search by hand: after a release that changed the form of matching."""

from typing import Any

from django.core.management.base import BaseCommand

from disclosure.search import frequencies, reindexing


class Command(BaseCommand):
    """Rebuild the words of all shown documents and the table of common pairs."""

    help = "重建公示文书的检索文字和双字频次表"

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how much."""
        rebuilt, kept = reindexing.refresh(), frequencies.recount()
        self.stdout.write(f"重建 {rebuilt} 份文书的检索文字，常见双字 {kept} 个")
