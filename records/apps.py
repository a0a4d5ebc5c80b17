"""Application configuration of the records room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The records room."""

    name = "records"
