"""The Merkle tree over all entries: its finished inner nodes and the heads that were signed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Node(models.Model):
    """An inner node whose subtree is full: ``2**level`` leaves from ``index * 2**level`` on. Leaves are in the entries."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField(_("层"))
    index = models.BigIntegerField(_("序号"))
    hash = models.BinaryField(_("散列"))

    class Meta:
        verbose_name = _("树节点")
        verbose_name_plural = _("树节点")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(level__gte=1), name="node_above_leaves"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Head(models.Model):
    """A signed head: the root over the first ``size`` entries, in C2SP checkpoint form."""

    size = models.BigIntegerField(_("条目数"), primary_key=True)
    root = models.BinaryField(_("树根"))
    text = models.TextField(_("签名文本"))
    signed_at = models.DateTimeField(_("签名时间"))

    class Meta:
        verbose_name = _("签名树头")
        verbose_name_plural = _("签名树头")

    def __str__(self) -> str:
        return str(self.size)
