"""Application configuration of the records room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    """The records room."""

    name = "records"

    def ready(self) -> None:
        """Let every workflow tell the rooms below what it is: `casework` holds one line for each."""
        autodiscover_modules("casework")
