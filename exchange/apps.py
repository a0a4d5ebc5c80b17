"""Application configuration of the exchange room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The exchange room."""

    name = "exchange"
