"""Telling people: notices on the site, the steps a deadline has climbed, and the mails that were sent; each once."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet


class NoticeKind(models.TextChoices):
    """Why somebody is told; what a person may switch off are mails, never notices."""

    REMINDER = "reminder", _("到期提醒")
    OVERDUE = "overdue", _("逾期")
    ESCALATION = "escalation", _("逾期上报")
    CASE = "case", _("事项进展")
    ALARM = "alarm", _("告警")
    DELEGATION = "delegation", _("委托代办")


class Notification(Covered):
    """
    One notice to one person, linked to the object it is about.

    The text names titles the person may see, never another person's data. ``once`` makes a notice that is derived from
    dates safe to repeat.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    object_type = models.CharField(max_length=64, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=300)
    once = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = CoveredQuerySet.as_manager()
    ledger_exempt: ClassVar[dict[str, str]] = {"read_at": "a reading mark of one person; it proves nothing"}

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notice_once", fields=["person", "once"], condition=~Q(once="")),
            models.CheckConstraint(name="notice_kind_known", condition=Q(kind__in=NoticeKind.values)),
            models.CheckConstraint(name="notice_has_words", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(name="notice_unread", fields=["person"], condition=Q(read_at=None)),
            models.Index(name="notice_of_person", fields=["person", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.text}"


class Level(models.TextChoices):
    """How high a deadline has climbed (feature S11)."""

    HOLDER = "holder", _("经办")
    HEAD = "head", _("本单位主要负责人")
    SUPERIOR = "superior", _("上级单位")


class Escalation(Covered):
    """A deadline reached a level on a day: written once for each due date, whether anybody was there to be told or not."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    deadline = models.ForeignKey("rules.Deadline", models.PROTECT, related_name="escalations")
    level = models.CharField(max_length=10, choices=Level)
    due_on = models.DateField()
    reached_on = models.DateField()
    told = models.PositiveIntegerField(default=0)  # persons told

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="escalation_once", fields=["deadline", "level", "due_on"]),
            models.CheckConstraint(name="escalation_level_known", condition=Q(level__in=Level.values)),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.level}"


class MailPreference(Covered):
    """Where a person wants the morning mail, if at all; the address is sealed like any other contact."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField("accounts.Person", models.PROTECT, related_name="mail_preference")
    address_sealed = models.BinaryField(null=True, editable=False)
    wants_digest = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    objects = CoveredQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.person_id)


class DigestMail(Covered):
    """That a person was sent the digest of a day: how many items, and the digest of its exact text."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    day = models.DateField()
    items = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True)  # empty: written down, and the mail server did not take it
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="digest_once_a_day", fields=["person", "day"]),
            models.CheckConstraint(name="digest_has_items", condition=Q(items__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
