"""The support site in place of Django's own admin site."""

from importlib import import_module

from django.contrib.admin import apps

ROOMS = ("rules", "exchange")


class SupportConfig(apps.SimpleAdminConfig):
    """Django's admin, read-only, behind the access policy, with tables of these rooms and of no library."""

    default_site = "accounts.support.SupportSite"

    def ready(self) -> None:
        """Register the tables of the rooms that have some."""
        super().ready()
        for room in ROOMS:
            import_module(f"{room}.admin")
