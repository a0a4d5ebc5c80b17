"""Write docs/workflows.md from the tables of arrows."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import get_resolver

from rules.workflow import describing


class Command(BaseCommand):
    """Write the workflows down, or check that what is written is what the portal obeys."""

    help = "Write docs/workflows.md from the tables of arrows; --check only compares."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check and another place for the document."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where the document is out of date"
        )
        parser.add_argument("--to", default="", help="where the document lies (default: docs/workflows.md)")

    def handle(self, *args: Any, **options: Any) -> None:
        """
        Write or compare.

        :raises CommandError: --check found the document missing or out of date
        """
        _ = get_resolver().url_patterns  # a machine that only pages and tasks use is told of when they are read
        place = Path(options["to"]) if options["to"] else Path(settings.BASE_DIR) / "docs" / "workflows.md"
        text = describing.document()
        held = place.read_text(encoding="utf-8") if place.exists() else ""
        if options["check"]:
            if held != text:
                raise CommandError(f"{place} is out of date; run manage.py describe_workflows")
            self.stdout.write(f"{place} is up to date")
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        self.stdout.write(f"{place} written")
