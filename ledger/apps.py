"""Application configuration of the ledger room."""

from django.apps import AppConfig

from ledger import coverage


class LedgerConfig(AppConfig):
    """The ledger room."""

    name = "ledger"
    verbose_name = "日志"

    def ready(self) -> None:
        """Say why the log's own tables are not folded into the log."""
        coverage.exempt("ledger", "the log itself: verified by its own leaves, tree and heads")
