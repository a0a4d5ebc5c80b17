"""Application configuration of the exchange room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts import told
from ledger import coverage

BOOKKEEPING = "made from reports and from the platform's own signed words; every human act on it is an entry of its own"


class ExchangeConfig(AppConfig):
    """The exchange room."""

    name = "exchange"
    verbose_name = "报送"

    def ready(self) -> None:
        """Say which tables the log does not answer for: reports are covered, what the sender notes is not."""
        for model in ("delivery", "attempt", "channel", "position", "alarm", "reconciliation"):
            coverage.exempt(f"exchange.{model}", BOOKKEEPING)
        told.register("exchange.delivery", told.Kind(_("报送"), "exchange:delivery", "pk"))
        for model in ("receipt", "incomingmessage"):
            coverage.exempt(f"exchange.{model}", "kept as the platform signed it; its signature is its proof")
