"""Looks at a sealed number: who, of whom, what and why. The person concerned has a right to know."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered


class Reveal(Covered):
    """One look at the full number of an official, with the reason the viewer gave."""

    class Field(models.TextChoices):
        """Which number was shown."""

        ID_NUMBER = "id_number", _("公民身份号码")
        PHONE = "phone", _("手机号码")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    official = models.ForeignKey("accounts.Official", on_delete=models.PROTECT, related_name="reveals")
    viewer = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="reveals_made")
    field = models.CharField(_("项目"), max_length=12, choices=Field.choices)
    reason = models.CharField(_("理由"), max_length=200)
    revealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("查看记录")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="reveal_has_a_reason")]
        indexes = [models.Index(fields=["viewer", "revealed_at"], name="reveal_by_viewer")]

    def __str__(self) -> str:
        return f"{self.field}:{self.official_id}"
