"""Application configuration of the records room."""

from django.apps import AppConfig

from exchange import subjects


class RecordsConfig(AppConfig):
    """The records room."""

    name = "records"

    def ready(self) -> None:
        """Let the pages of deliveries link to the record they are about."""
        subjects.register(resource="SX", page="records:record")
