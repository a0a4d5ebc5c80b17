"""What goes to and fro on a complaint: messages, files, the receipt its sender holds, and the rating."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger import coverage
from ledger.covered import Covered
from records.models.complaint import Complaint


class MessageKind(models.TextChoices):
    """What a message is."""

    SUPPLEMENT = "supplement", _("补充")  # from the reporter
    QUESTION = "question", _("提问")  # from here on: from the office
    NOTICE = "notice", _("告知")
    ANSWER = "answer", _("答复")


class ComplaintReceipt(Covered):
    """What opens the thread: a number found by keyed digest and a code kept as a slow hash; neither is stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="receipts")
    number_lookup = models.BinaryField(unique=True)
    code_hash = models.CharField(max_length=200)
    issued_on = models.DateField()

    ledger_day: ClassVar[str] = "issued_on"

    def __str__(self) -> str:
        return str(self.id)


class ComplaintMessage(Covered):
    """One message, sealed under the case's data key; ordered within its case by number, dated by day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="messages")
    sequence = models.PositiveIntegerField()  # within the case, so that a day's messages keep their order
    kind = models.CharField(max_length=12, choices=MessageKind)
    body_sealed = models.BinaryField()
    # The sender's receipt, or the one it is meant for; empty = for every receipt of the case. No reporter reads another's.
    receipt = models.ForeignKey(ComplaintReceipt, models.PROTECT, null=True, related_name="messages")
    sent_on = models.DateField()
    author = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")  # null = the reporter
    form_lookup = models.BinaryField(null=True, unique=True)  # keyed digest of the form it came by: sent once

    ledger_day: ClassVar[str] = "sent_on"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="complaint_message_in_order", fields=["complaint", "sequence"]),
            models.CheckConstraint(
                name="complaint_message_from_one_side",
                condition=Q(kind=MessageKind.SUPPLEMENT, author=None)
                | ~Q(kind=MessageKind.SUPPLEMENT) & Q(author__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.sequence}"


class ComplaintFile(Covered):
    """A file of a complaint: the cleaned copy sealed under the case's data key, the original sealed to the custodian."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="files")
    message = models.ForeignKey(ComplaintMessage, models.PROTECT, null=True, related_name="files")
    name_sealed = models.BinaryField()  # a name can tell who sent it
    extension = models.CharField(max_length=8)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes of the cleaned copy
    stored_as = models.CharField(max_length=80, unique=True)  # random, relative to the folder of complaint files
    sha256 = models.CharField(max_length=64)  # of the sealed bytes as they lie there
    original_as = models.CharField(max_length=80, unique=True, null=True)  # where cleaning changed the file
    original_sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    added_on = models.DateField()

    ledger_day: ClassVar[str] = "added_on"

    class Meta:
        constraints = [models.CheckConstraint(name="complaint_file_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return str(self.id)


class ComplaintRating(Covered):
    """Whether a receipt's holder is satisfied with the answer; said once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    receipt = models.OneToOneField(ComplaintReceipt, models.PROTECT, related_name="rating")
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="ratings")  # the case that was answered
    is_satisfied = models.BooleanField()
    rated_on = models.DateField()

    ledger_day: ClassVar[str] = "rated_on"

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.is_satisfied}"


class ComplaintWithdrawal(Covered):
    """That the holder of a receipt takes his complaint back; the night carries it out, so that no entry tells the hour."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    receipt = models.OneToOneField(ComplaintReceipt, models.PROTECT, related_name="withdrawal")
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="withdrawals")
    asked_on = models.DateField()

    ledger_day: ClassVar[str] = "asked_on"

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.asked_on}"


def folder() -> Path:
    """Give the folder of complaint files, outside everything a web server serves."""
    return Path(settings.COMPLAINT_ROOT)


def _stored() -> Iterator[coverage.CoveredFile]:
    rows = ComplaintFile.objects.select_related("complaint").order_by("id")
    for row in rows.iterator(chunk_size=500):
        if row.complaint.content_erased_on is None:
            yield coverage.CoveredFile(str(row.id), row.sha256, folder() / row.stored_as)
        if row.original_as and row.complaint.identity_erased_on is None:
            yield coverage.CoveredFile(f"{row.id}/original", row.original_sha256, folder() / row.original_as)


coverage.cover_files("complaint files", _stored, folder=folder)
