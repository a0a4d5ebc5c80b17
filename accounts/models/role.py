"""Grants of roles at departments, and recusals: what lets a person act, and what forbids it in one case."""

from datetime import date, datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from ledger.covered import Covered, CoveredQuerySet


class RoleGrantQuerySet(CoveredQuerySet):
    """Grants by the time they hold."""

    def in_force(self, now: datetime) -> "RoleGrantQuerySet":
        """Return the grants in force at `now`: begun, and not ended."""
        ended = Q(valid_to__isnull=True) | Q(valid_to__gt=now)
        return self.filter(ended, valid_from__lte=now)

    def not_ended(self, now: datetime) -> "RoleGrantQuerySet":
        """Return the grants that hold at `now` or will hold later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now))


class RoleGrant(Covered):
    """A role of a person at a department for a time; made by one security administrator and confirmed by another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="grants_held")
    role = models.CharField(_("角色"), max_length=12, choices=Role.choices)
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="role_grants")
    valid_from = models.DateTimeField(_("起"))
    valid_to = models.DateTimeField(_("止"), null=True, blank=True)
    granted_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="grants_made")
    confirmed_by = models.ForeignKey(
        "accounts.Person", null=True, on_delete=models.PROTECT, related_name="grants_confirmed"
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("角色授予")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="grant_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True, confirmed_by__isnull=True) | ~Q(granted_by=F("confirmed_by")),
                name="grant_has_two_persons",
            ),
            models.CheckConstraint(
                condition=(Q(granted_by__isnull=True) | ~Q(granted_by=F("person")))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person"))),
                name="grant_is_not_to_oneself",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_is_known"),
        ]
        indexes = [models.Index(fields=["department", "role"], name="grant_by_department")]

    def __str__(self) -> str:
        return f"{self.role}@{self.department_id}"


class Recusal(Covered):
    """A declared tie of a person to a department or to another person; while it lasts, the person takes no hand there."""

    class Relation(models.TextChoices):
        """Why somebody must stay away (公务员法第七十四条至第七十六条)."""

        SPOUSE = "spouse", _("夫妻")
        LINEAL = "lineal", _("直系血亲")
        COLLATERAL = "collateral", _("三代以内旁系血亲")
        AFFINITY = "affinity", _("近姻亲")
        INTEREST = "interest", _("利害关系")
        FORMER_POST = "former_post", _("曾在该单位任职")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="recusals")
    department = models.ForeignKey(
        "accounts.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    other_person = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    relation = models.CharField(_("关系"), max_length=12, choices=Relation.choices)
    declared_on = models.DateField(_("申报日期"))
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("回避")
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False, other_person__isnull=True)
                | Q(department__isnull=True, other_person__isnull=False),
                name="recusal_names_one_tie",
            ),
            models.CheckConstraint(
                condition=Q(other_person__isnull=True) | ~Q(other_person=F("person")), name="recusal_is_of_another"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("declared_on")),
                name="recusal_ends_after_it_begins",
            ),
        ]

    def holds_on(self, day: date) -> bool:
        """Whether it closes the person's hands on a day; the day of its end is free of it."""
        return self.declared_on <= day and (self.ended_on is None or day < self.ended_on)

    def __str__(self) -> str:
        return f"{self.person_id}:{self.relation}"
