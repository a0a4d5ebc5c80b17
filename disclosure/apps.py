"""Application configuration of the disclosure room."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The disclosure room."""

    name = "disclosure"
