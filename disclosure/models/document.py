"""A public document: the copy of a decision that anyone may read from its first to its last day, and not a second longer."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered

SHOWN = Q(ended_on=None)


class PublicText(models.Model):
    """The columns a document has both in its table and in the view that the public login may read."""

    id = models.UUIDField(primary_key=True, editable=False)
    version = models.PositiveIntegerField(_("版本"))
    kind = models.CharField(_("种类"), max_length=40)
    number = models.CharField(_("文号"), max_length=100, blank=True)
    title = models.CharField(_("标题"), max_length=300, blank=True)
    department_uscc = models.CharField(_("单位代码"), max_length=18, blank=True)
    department_name = models.CharField(_("单位名称"), max_length=200, blank=True)
    division_code = models.CharField(_("行政区划"), max_length=12, blank=True)
    ancestors = ArrayField(models.CharField(max_length=18), verbose_name=_("所属各级单位"), default=list, blank=True)
    areas = ArrayField(models.CharField(max_length=60), verbose_name=_("重点领域"), default=list, blank=True)
    source_type = models.CharField(_("失信类型"), max_length=60, blank=True)
    severity = models.CharField(_("严重程度"), max_length=20, blank=True)
    is_person = models.BooleanField(_("涉及个人"), default=False)
    decided_on = models.DateField(_("认定日期"), null=True)
    visible_from = models.DateField(_("公示起"))
    visible_until = models.DateField(_("公示至"), help_text=_("最后一天仍可看到"))
    marked_on = models.DateField(_("异议标注日"), null=True)
    corrected_on = models.DateField(_("更正日"), null=True)
    body = models.TextField(_("公开内容"), blank=True)
    haystack = models.TextField(_("检索文字"), blank=True)
    grams = ArrayField(models.TextField(), verbose_name=_("检索双字"), default=list, blank=True)

    class Meta:
        abstract = True


class Document(PublicText, Covered):
    """
    One public document in its present version; ``body`` holds the exact public bytes as UTF-8 text.

    When it ends, all content goes in the same act: what stays is its id, kind, version and the two dates a
    reader with an old link is owed (why and when it ended). Nothing of the content can be put back.
    """

    ended_on = models.DateField(_("结束日"), null=True)
    ended_kind = models.CharField(_("结束原因"), max_length=20, blank=True)

    ledger_exempt: ClassVar[dict[str, str]] = {
        "haystack": "derived from the body and the names of the department; rebuilt by reindex_documents",
        "grams": "derived from haystack",
    }

    class Meta:
        verbose_name = _("公示文书")
        verbose_name_plural = _("公示文书")
        constraints = [
            models.CheckConstraint(name="document_window", condition=Q(visible_until__gte=F("visible_from"))),
            models.CheckConstraint(
                name="document_ended_is_empty",
                condition=(SHOWN & Q(ended_kind="") & ~Q(body=""))
                | (
                    Q(
                        ended_on__isnull=False,
                        ended_kind__in=["withdrawn", "expired", "repaired", "stopped", "delisted", "suspended"],
                    )
                    & Q(body="", haystack="", number="", title="", department_uscc="", department_name="")
                    & Q(grams__len=0, ancestors__len=0, areas__len=0, source_type="", severity="", division_code="")
                    & Q(decided_on=None)
                ),
            ),
        ]
        indexes = [
            models.Index(F("visible_from").desc(), F("id").desc(), name="document_newest", condition=SHOWN),
            models.Index(F("visible_until"), F("id"), name="document_soonest", condition=SHOWN),
            models.Index(F("department_uscc"), F("visible_from").desc(), F("id").desc(), name="document_unit"),
            models.Index(F("ended_on"), name="document_ended", condition=Q(ended_on__isnull=False)),
            models.Index(F("marked_on"), name="document_marked", condition=Q(marked_on__isnull=False)),
            models.Index(F("number"), name="document_number", condition=SHOWN),
            GinIndex(F("grams"), name="document_grams", fastupdate=False),
            GinIndex(F("ancestors"), name="document_ancestors", fastupdate=False),
            GinIndex(F("areas"), name="document_areas", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} v{self.version}"
