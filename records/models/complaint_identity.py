"""Who sent a complaint: sealed apart from it to the custodian's key, and opened only on a request somebody else decides."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet
from records.models.complaint import Complaint
from records.models.complaint_querysets import shut_out

if TYPE_CHECKING:
    from accounts.models import User


class CustodianKey(Covered):
    """A key pair of the custody: the public half seals; the private half is locked with a passphrase no machine keeps."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    public_key = models.BinaryField()
    private_locked = models.BinaryField()  # under a key derived from the passphrase (Argon2id)
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()
    retired_on = models.DateField(null=True)  # seals no more, still opens what it sealed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="custodian_key_one_in_use",
                fields=["retired_on"],
                condition=Q(retired_on=None),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class ComplaintIdentity(Covered):
    """Name and contact as the reporter gave them, sealed in the request to the custodian's key; erased after the case."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="identity")
    key = models.ForeignKey(CustodianKey, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    kept_on = models.DateField()
    erased_on = models.DateField(null=True)

    ledger_day: ClassVar[str] = "kept_on"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="identity_erased_is_empty",
                condition=Q(erased_on=None) & ~Q(sealed=b"") | Q(erased_on__isnull=False, sealed=b""),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class IdentityRequestState(models.TextChoices):
    """Where a request to open an identity stands."""

    ASKED = "asked", _("待保管人决定")
    RELEASED = "released", _("已同意，限时可看")
    REFUSED = "refused", _("不同意")
    LAPSED = "lapsed", _("已失效")


class IdentityRequestQuerySet(CoveredQuerySet):
    """Whose requests a person may open."""

    def visible_to(self, user: User, now: datetime) -> Self:
        """Keep a person's own requests, and for a custodian all of them but those about what he serves: he sees reasons, never a case."""
        if any(grant.role == "custodian" for grant in user.grants(now)):
            return self.exclude(complaint__object_department_id__in=shut_out(user, now))
        return self.filter(asked_by_id=user.person_id)


class IdentityRequest(Covered):
    """A handler's reasoned request to see who complained, or a file as it was sent, decided by a custodian who cannot open the case."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="identity_requests")
    # The file whose sealed original is asked for; none = the sender's identity.
    file = models.ForeignKey("records.ComplaintFile", models.PROTECT, null=True, related_name="original_requests")
    state = models.CharField(max_length=12, choices=IdentityRequestState, default=IdentityRequestState.ASKED)
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")  # the office that asks
    reason = models.TextField()
    asked_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    # The identity, or the one-time key of the original, for the asker until ``open_until``; emptied afterwards.
    released_sealed = models.BinaryField(null=True)
    open_until = models.DateTimeField(null=True)

    objects = IdentityRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="identity_decided_by_another", condition=~Q(decided_by=F("asked_by"))),
            models.CheckConstraint(
                name="identity_release_has_end",
                condition=~Q(state=IdentityRequestState.RELEASED)
                | Q(decided_by__isnull=False, open_until__isnull=False),
            ),
            models.UniqueConstraint(
                name="identity_asked_once",
                fields=["complaint", "asked_by", "file"],
                nulls_distinct=False,
                condition=Q(state__in=[IdentityRequestState.ASKED, IdentityRequestState.RELEASED]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
