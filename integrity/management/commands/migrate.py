"""``migrate``, by the login that owns the tables."""

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    """Migrate as the owner unless told otherwise: the application login may not create tables."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Keep Django's options and change one default."""
        super().add_arguments(parser)
        if "owner" in settings.DATABASES:
            parser.set_defaults(database="owner")
