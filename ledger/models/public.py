"""What the public login may read of the log: leaf hashes, public entries, heads, nodes and tombstones."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicLeaf(models.Model):
    """The leaf hash at a position; by itself it tells nothing."""

    position = models.BigIntegerField(_("位置"), primary_key=True)
    leaf = models.BinaryField(_("叶"))

    class Meta:
        managed = False
        db_table = "ledger_public_leaf"
        verbose_name = _("公开的叶")
        verbose_name_plural = _("公开的叶")

    def __str__(self) -> str:
        return str(self.position)


class PublicEntry(models.Model):
    """A public entry with its exact bytes while they stand, and without them once they were erased."""

    position = models.BigIntegerField(_("位置"), primary_key=True)
    kind = models.CharField(_("行为"), max_length=100)
    document = models.UUIDField(_("公示文书"))
    version = models.PositiveIntegerField(_("版次"))
    at = models.DateTimeField(_("行为时间"))
    recorded_at = models.DateTimeField(_("记入时间"))
    commitment = models.BinaryField(_("承诺值"))
    leaf = models.BinaryField(_("叶"))
    salt = models.BinaryField(_("盐"), null=True)
    body = models.BinaryField(_("正文"), null=True)
    ended_kind = models.CharField(_("结束方式"), max_length=20, null=True)
    ended_on = models.DateField(_("结束日期"), null=True)

    class Meta:
        managed = False
        db_table = "ledger_public_entry"
        verbose_name = _("公开条目")
        verbose_name_plural = _("公开条目")

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"
