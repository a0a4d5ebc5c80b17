"""Application configuration of the accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "accounts"
