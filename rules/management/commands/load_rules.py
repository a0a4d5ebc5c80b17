"""Load the shipped law: parameters, policies, code lists."""

from typing import Any

from django.core.management.base import BaseCommand

from rules import clock, loading


class Command(BaseCommand):
    """Bring the tables of dated law up to the data files; a second run writes nothing."""

    help = "Load parameters, disclosure policies, discipline periods and code lists from rules/data."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many rows were written."""
        written = loading.load_rules(now=clock.now())
        self.stdout.write(f"规则：写入 {written} 行" if written else "规则：没有变化")
