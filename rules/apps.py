"""Application configuration of the rules room."""

from django.apps import AppConfig

from ledger import coverage


class RulesConfig(AppConfig):
    """The rules room."""

    name = "rules"
    verbose_name = "规则"

    def ready(self) -> None:
        """Tell the ledger which table it does not answer for, and why."""
        coverage.exempt("rules.serialcounter", "a counter; the numbers it gave stand in covered rows")
