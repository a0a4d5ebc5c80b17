"""Application configuration of the records room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts import places, told
from exchange import subjects


class RecordsConfig(AppConfig):
    """The records room."""

    name = "records"

    def ready(self) -> None:
        """Let the pages of deliveries and the audit page link to the record they are about."""
        subjects.register(resource="SX", page="records:record")
        places.register("records:*", places.Thing("records.dishonestyrecord", is_limited=True))
        # No page: auditors see that something was done to a record, not what it says (security reference, access matrix).
        told.register("records.dishonestyrecord", told.Kind(_("失信记录"), title="number"))
