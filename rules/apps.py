"""Application configuration of the rules room."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """The rules room."""

    name = "rules"
