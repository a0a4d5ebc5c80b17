"""委托代办: during leave a colleague acts with named grants of the absent person, never with more, never for longer."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.covered import Covered, CoveredQuerySet


class DelegationQuerySet(CoveredQuerySet):
    """Delegations by the day they hold."""

    def in_force(self, today: date) -> Self:
        """Keep those that somebody confirmed, that have begun, and whose last day has not passed."""
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=today),
            starts_on__lte=today,
            ends_on__gte=today,
            confirmed_by__isnull=False,
        )


class Delegation(Covered):
    """
    One person lets another act for him from a day to a day, both included.

    What is lent are grants (``DelegatedGrant``), so a grant that ends takes its delegation with it, and what was lent
    cannot be lent on. It has force once a third person has confirmed it; ``ended_on`` is the first day without it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    grantor = models.ForeignKey("accounts.Person", models.PROTECT, related_name="delegations_made")
    delegate = models.ForeignKey("accounts.Person", models.PROTECT, related_name="delegations_held")
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    reason = models.CharField(_("事由"), max_length=200)
    made_on = models.DateField(_("提出日期"))
    confirmed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="delegations_confirmed")
    confirmed_on = models.DateField(_("确认日期"), null=True)
    ended_on = models.DateField(_("终止日期"), null=True)
    ended_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("委托代办")
        constraints = [
            models.CheckConstraint(name="delegation_days_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="delegation_is_to_another", condition=~Q(delegate=F("grantor"))),
            models.CheckConstraint(
                name="delegation_confirmed_by_a_third",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("grantor")) & ~Q(confirmed_by=F("delegate")),
            ),
            models.CheckConstraint(
                name="delegation_confirmation_is_dated",
                condition=Q(confirmed_by=None, confirmed_on=None)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
            ),
            models.CheckConstraint(name="delegation_has_a_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["delegate", "starts_on"], name="delegation_by_delegate")]

    def __str__(self) -> str:
        return f"{self.grantor_id} → {self.delegate_id}"

    def holds_on(self, day: date) -> bool:
        """Whether it has force on a day."""
        ended = self.ended_on is not None and self.ended_on <= day
        return self.confirmed_by_id is not None and self.starts_on <= day <= self.ends_on and not ended


class DelegatedGrant(Covered):
    """One grant that is lent: the role at the department, as the grantor holds it himself."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="lent")
    grant = models.ForeignKey("accounts.RoleGrant", models.PROTECT, related_name="lent")

    class Meta:
        constraints = [models.UniqueConstraint(name="grant_lent_once", fields=["delegation", "grant"])]

    def __str__(self) -> str:
        return f"{self.delegation_id}: {self.grant_id}"


def lent_to(person_id: UUID, *, today: date) -> list[UUID]:
    """This will give the keys of the grants lent to a person that hold on a day; most people are lent nothing: one query."""
    holding = [each.pk for each in Delegation.objects.filter(delegate_id=person_id) if each.holds_on(today)]
    if not holding:
        return []
    return list(DelegatedGrant.objects.filter(delegation__in=holding).values_list("grant_id", flat=True))
