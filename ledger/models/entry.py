"""An entry says who did what to which object and when; what it says in detail lies beside it and can be erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One leaf of the log. It never changes; the database refuses update, delete and truncate."""

    position = models.BigIntegerField(_("位置"), primary_key=True)
    id = models.UUIDField(_("编号"), unique=True, editable=False)
    kind = models.CharField(_("行为"), max_length=100)
    object_type = models.CharField(_("对象类别"), max_length=100, blank=True)
    object_id = models.CharField(_("对象编号"), max_length=64, blank=True)
    person = models.UUIDField(_("行为人"), null=True)
    role = models.CharField(_("角色"), max_length=40)
    at = models.DateTimeField(_("行为时间"))
    recorded_at = models.DateTimeField(_("记入时间"))
    request_id = models.CharField(_("请求编号"), max_length=64, blank=True)
    reason_digest = models.BinaryField(_("理由摘要"), null=True)
    refs = models.JSONField(_("引用"), default=list)
    is_public = models.BooleanField(_("公开"), default=False)
    document = models.UUIDField(_("公示文书"), null=True)
    version = models.PositiveIntegerField(_("版次"), null=True)
    commitment = models.BinaryField(_("承诺值"))
    leaf = models.BinaryField(_("叶"))

    class Meta:
        verbose_name = _("日志条目")
        verbose_name_plural = _("日志条目")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["object_type", "object_id", "position"], name="entry_of_object"),
            models.Index(fields=["person", "position"], name="entry_of_person"),
            models.Index(fields=["recorded_at"], name="entry_recorded_at"),
            models.Index(fields=["at"], name="entry_refused", condition=models.Q(kind="refused")),
            models.Index(fields=["position"], name="entry_with_refs", condition=~models.Q(refs=[])),
            models.Index(fields=["position"], name="entry_public", condition=models.Q(is_public=True)),
            models.Index(
                fields=["document", "position"], name="entry_of_document", condition=models.Q(document__isnull=False)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(position__gte=0), name="entry_position_from_zero"),
            models.CheckConstraint(
                condition=models.Q(is_public=False, document__isnull=True, version__isnull=True)
                | models.Q(is_public=True, document__isnull=False, version__isnull=False),
                name="entry_public_names_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.kind}"


class EntryBody(models.Model):
    """Salt and exact bytes of an entry. A public body goes when a newer public entry of its document comes."""

    position = models.BigIntegerField(_("位置"), primary_key=True)
    salt = models.BinaryField(_("盐"))
    body = models.BinaryField(_("正文"))
    transaction = models.BigIntegerField(_("写入事务"))  # which transaction wrote it: the erasure demands its own

    class Meta:
        verbose_name = _("条目正文")
        verbose_name_plural = _("条目正文")

    def __str__(self) -> str:
        return str(self.position)


class Tombstone(models.Model):
    """That a document ended, in which way and on which day; it holds no content and stays for ever."""

    position = models.BigIntegerField(_("位置"), primary_key=True)
    document = models.UUIDField(_("公示文书"), db_index=True)
    version = models.PositiveIntegerField(_("版次"))
    kind = models.CharField(_("结束方式"), max_length=20)
    day = models.DateField(_("结束日期"))

    class Meta:
        verbose_name = _("结束标记")
        verbose_name_plural = _("结束标记")

    def __str__(self) -> str:
        return f"{self.document} {self.kind} {self.day}"
