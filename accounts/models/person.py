"""Natural persons, apart from their accounts: whoever acts or is recorded is one person, under however many accounts."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered


class Person(Covered):
    """A natural person. Number and telephone are sealed; equality is looked up by keyed digest, never by the value."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("姓名"), max_length=60)
    id_number_sealed = models.BinaryField(null=True, editable=False)
    id_number_lookup = models.BinaryField(null=True, unique=True, editable=False)
    phone_sealed = models.BinaryField(null=True, editable=False)
    phone_lookup = models.BinaryField(null=True, db_index=True, editable=False)

    class Meta:
        verbose_name = _("自然人")

    def __str__(self) -> str:
        return self.name
