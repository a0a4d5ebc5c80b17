"""How often a pair of characters occurs, so that a search can pick its plan before it runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.Model):
    """
    One common pair of characters and how many shown documents in a million hold it.

    Counted by a task, never in an act: a row here that every writer had to bump would make writers wait for each
    other. A pair that is missing is rare. A stale row makes a search slower, never wrong.
    """

    gram = models.TextField(_("双字"), primary_key=True)
    per_million = models.PositiveIntegerField(_("每百万份中的份数"))

    class Meta:
        verbose_name = _("双字频次")
        verbose_name_plural = _("双字频次")

    def __str__(self) -> str:
        return f"{self.gram} {self.per_million}"
