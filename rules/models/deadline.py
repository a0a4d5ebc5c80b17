"""Deadlines with their derivation, the suspensions that pause them, and the moves a calendar change made."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ledger.covered import Covered


class Deadline(Covered):
    """
    The last day for something on one object.

    ``due_on`` is always recomputed from ``started_on``, the rule's number and the suspensions, never counted up;
    it is empty while an open suspension holds the clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    rule = models.CharField("规则", max_length=64)
    label = models.CharField("名称", max_length=80)
    profile = models.CharField("地区", max_length=4)
    started_on = models.DateField("起算日")
    amount = models.PositiveSmallIntegerField("本件天数", null=True)  # where the act itself set another number
    owner_role = models.CharField("由谁办", max_length=16, blank=True)
    owner_department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="由哪个部门办"
    )
    due_on = models.DateField("到期日", null=True, blank=True)
    provisional = models.BooleanField("暂定", default=False)
    derivation = models.JSONField("算法", default=dict)
    closed_on = models.DateField("办结日", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deadline_one_open_per_rule",
                fields=["object_type", "object_id", "rule"],
                condition=Q(closed_on=None),
            )
        ]
        indexes = [
            models.Index(name="deadline_open_by_day", fields=["due_on"], condition=Q(closed_on=None)),
            models.Index(name="deadline_of_object", fields=["object_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.due_on or '—'}"

    @property
    def is_paused(self) -> bool:
        """Whether an open suspension holds the clock."""
        return self.due_on is None and self.closed_on is None


class Suspension(Covered):
    """Days that do not count: from ``from_on`` to ``to_on``, both included; no end = the clock still stands."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="suspensions")
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True, blank=True)
    reason = models.CharField("事由", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="suspension_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))
            ),
            models.UniqueConstraint(name="suspension_one_open", fields=["deadline"], condition=Q(to_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.from_on}–{self.to_on or ''} {self.reason}"


class DeadlineMove(Covered):
    """A deadline a new calendar moved: the old day, the new day and the one kept; both stay on record (domain 3.6)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="moves")
    old_due_on = models.DateField("原到期日", null=True, blank=True)
    new_due_on = models.DateField("新算到期日", null=True, blank=True)
    kept_due_on = models.DateField("采用", null=True, blank=True)
    because = models.CharField("原因", max_length=200)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.kept_due_on}"
