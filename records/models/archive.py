"""The integrity archive (诚信档案): one of every official and every unit, with four restricted parts for officials (row 19)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import scope
from accounts.models import Department
from ledger.covered import Covered, CoveredQuerySet

if TYPE_CHECKING:
    from accounts.models import RoleGrant, User

UNIT_READERS = frozenset({"clerk", "reviewer", "head", "personnel", "approver", "supervisor"})
OFFICIAL_READERS = frozenset({"personnel", "head", "approver"})


class RestrictedKind(models.TextChoices):
    """The four parts that are never public and never reported (004 §六(二))."""

    PERSONAL_MATTERS = "personal_matters", _("个人有关事项报告")
    INTEGRITY = "integrity", _("廉政纪律")
    APPRAISAL = "appraisal", _("年度考核结果")
    MISCONDUCT = "misconduct", _("相关违纪行为")


class ArchiveQuerySet(CoveredQuerySet):
    """The vocabulary for picking out archives."""

    def visible_to(self, user: User, now: datetime, grants: list[RoleGrant] | None = None) -> ArchiveQuerySet:
        """
        Keep what this person may open.

        An official's archive is for himself, for personnel and head of his department today, and for the approvers of the
        region; a unit's for those who work for it, the approvers of the region and the supervisors above.
        """
        held = user.grants(now) if grants is None else grants
        of_units = scope.departments(user=user, now=now, roles_wanted=UNIT_READERS, grants=held)
        of_officials = scope.departments(user=user, now=now, roles_wanted=OFFICIAL_READERS, grants=held)
        own = Q(official__person_id=user.person_id)
        return self.filter(own | Q(official__department__in=of_officials) | Q(department__in=of_units))

    def with_subjects(self) -> ArchiveQuerySet:
        """Load what every row of a list prints."""
        return self.select_related("department", "official__person", "official__department")


class IntegrityArchive(Covered):
    """The archive of one official or one unit; opened once, never moved: whose it is follows his department of today."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    official = models.OneToOneField("accounts.Official", models.PROTECT, null=True, related_name="archive")
    department = models.OneToOneField("accounts.Department", models.PROTECT, null=True, related_name="archive")
    opened_on = models.DateField()

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("诚信档案")
        constraints = [
            models.CheckConstraint(
                name="archive_of_one_subject",
                condition=Q(official=None, department__isnull=False) | Q(official__isnull=False, department=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.official_id or self.department_id)

    @property
    def unit(self) -> Department:
        """The department whose personnel keep it; load with `with_subjects`."""
        if self.official is not None:
            found: Department = self.official.department
            return found
        assert self.department is not None  # noqa: S101  the constraint sees to it
        return self.department

    @property
    def subject_name(self) -> str:
        """Whose archive it is; load with `with_subjects`."""
        return str(self.official.person.name if self.official is not None else self.unit.name)


class RestrictedPart(Covered):
    """One sealed entry of a restricted part; a mistake is answered by a newer entry, never by a change."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    archive = models.ForeignKey(IntegrityArchive, models.PROTECT, related_name="restricted")
    kind = models.CharField(max_length=20, choices=RestrictedKind)
    year = models.PositiveSmallIntegerField()  # the year it tells of
    text_sealed = models.BinaryField(editable=False)
    written_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="restricted_kind_known", condition=Q(kind__in=RestrictedKind.values)),
            models.CheckConstraint(name="restricted_year_plausible", condition=Q(year__gte=1949, year__lte=2999)),
        ]
        indexes = [models.Index(fields=["archive", "kind", "-year"], name="restricted_of_archive")]

    def __str__(self) -> str:
        return f"{self.archive_id} {self.kind} {self.year}"


class RestrictedReading(Covered):
    """One look into a restricted part: who, from which unit, for what; the person concerned may know of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    archive = models.ForeignKey(IntegrityArchive, models.PROTECT, related_name="readings")
    kind = models.CharField(max_length=20, choices=RestrictedKind)
    viewer = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40)
    reason = models.TextField()
    read_at = models.DateTimeField()

    objects = CoveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="reading_has_a_reason", condition=~Q(reason="") & ~Q(purpose="")),
            models.CheckConstraint(name="reading_kind_known", condition=Q(kind__in=RestrictedKind.values)),
        ]
        indexes = [
            models.Index(fields=["viewer", "read_at"], name="reading_by_viewer"),
            models.Index(fields=["archive", "-read_at"], name="reading_of_archive"),
        ]

    def __str__(self) -> str:
        return f"{self.archive_id} {self.kind}"
