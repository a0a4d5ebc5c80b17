"""惩戒到人: which officials answer for a record of their unit, in what part and with which share (row 26)."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered
from records.models.record import DishonestyRecord
from records.models.scopes import DutyQuerySet


class ResponsibilityState(models.TextChoices):
    """Named; an own record drafted from it; or struck out again."""

    NAMED = "named", _("已列明")
    DRAFTED = "drafted", _("已起草个人记录")
    REMOVED = "removed", _("已去掉")


class RecordResponsibility(Covered):
    """One official named on a record of a unit; a record of his own is a separate reviewed act."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(DishonestyRecord, models.PROTECT, related_name="responsibilities")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # keeps the record
    official = models.ForeignKey("accounts.Official", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)  # code list responsibility
    share = models.PositiveSmallIntegerField()  # percent
    post_title = models.CharField(max_length=200, blank=True)  # held on the day of the document
    evidence = models.TextField()
    state = models.CharField(max_length=10, choices=ResponsibilityState, default=ResponsibilityState.NAMED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    namer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    named_on = models.DateField()
    draft = models.ForeignKey(DishonestyRecord, models.PROTECT, null=True, related_name="+")
    removed_because = models.TextField(blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任人员")
        constraints = [
            models.UniqueConstraint(
                name="responsibility_once", fields=["record", "official"], condition=~Q(state="removed")
            ),
            models.CheckConstraint(
                name="responsibility_state_known", condition=Q(state__in=ResponsibilityState.values)
            ),
            models.CheckConstraint(name="responsibility_share", condition=Q(share__gte=1, share__lte=100)),
            models.CheckConstraint(name="responsibility_proved", condition=~Q(evidence="")),
            models.CheckConstraint(
                name="responsibility_draft_told",
                condition=Q(state="drafted", draft__isnull=False) | ~Q(state="drafted") & Q(draft=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.official_id}"
