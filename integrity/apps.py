"""Application configuration of the wiring: it brings the start-up commands."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    """The wiring."""

    name = "integrity"
