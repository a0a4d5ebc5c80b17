"""API clients: systems that read or report under an agreement, with scopes of their own."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from ledger.covered import Covered


class ApiClient(Covered, AbstractApplication):
    """A client of the client-credentials grant; it gets no scope that is not in its own list."""

    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="api_clients"
    )
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    is_enabled = models.BooleanField(_("启用"), default=True)

    ledger_exempt: ClassVar[dict[str, str]] = {"updated": "set by the library on each save; says nothing"}

    class Meta(AbstractApplication.Meta):
        abstract = False
        swappable = "OAUTH2_PROVIDER_APPLICATION_MODEL"
        verbose_name = _("接口客户端")

    def __str__(self) -> str:
        return str(self.name)

    def is_usable(self, request: object) -> bool:
        """Answer the token endpoint: a disabled client gets no token, and its tokens open nothing."""
        return self.is_enabled
