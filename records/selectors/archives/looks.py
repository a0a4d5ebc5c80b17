"""Who looked at a subject and why: unit and purpose, never the person; for the subject and for those who keep the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Official, Reveal, RoleGrant
from records.models import CADRE, CreditCheck, IntegrityArchive, RestrictedReading
from rules import codes

MOST = 100


@dataclass(frozen=True)
class Look:
    """One look: when, from which unit, at what, for what."""

    at: datetime
    unit: str
    what: str
    purpose: str


def of(archive: IntegrityArchive) -> list[Look]:
    """
    Return the looks at a subject, newest first, at most a hundred.

    A check for a cadre appointment is told once its decision is recorded: until then the deliberation is confidential.
    """
    told = [*_checks(archive), *_readings(archive)]
    if archive.official is not None:
        told += _reveals(archive.official)
    return sorted(told, key=lambda each: each.at, reverse=True)[:MOST]


def _checks(archive: IntegrityArchive) -> list[Look]:
    about = (
        Q(official=archive.official)
        if archive.official is not None
        else Q(official=None, subject_department=archive.department)
    )
    rows = CreditCheck.objects.filter(about).exclude(run__purpose=CADRE, decision="").select_related("run")
    return [
        Look(
            row.run.checked_at,
            row.run.department_name,
            _("信用核查"),
            codes.label("credit_check_purpose", row.run.purpose),
        )
        for row in rows.order_by("-run__checked_at", "-id")[:MOST]
    ]


def _readings(archive: IntegrityArchive) -> list[Look]:
    rows = RestrictedReading.objects.filter(archive=archive).order_by("-read_at")[:MOST]
    return [
        Look(
            row.read_at,
            row.department_name,
            row.get_kind_display(),
            codes.label("archive_reading_purpose", row.purpose),
        )
        for row in rows
    ]


def _reveals(official: Official) -> list[Look]:
    rows = list(Reveal.objects.filter(official=official).order_by("-revealed_at")[:MOST])
    units = _units({row.viewer_id for row in rows})
    return [Look(row.revealed_at, _unit_then(units, row), row.get_field_display(), _("查看完整号码")) for row in rows]


def _units(persons: set[UUID]) -> dict[UUID, list[RoleGrant]]:
    found: dict[UUID, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.filter(person__in=persons).select_related("department").order_by("valid_from"):
        found.setdefault(grant.person_id, []).append(grant)
    return found


def _unit_then(units: dict[UUID, list[RoleGrant]], row: Reveal) -> str:
    """The unit for which the viewer worked at that moment; a look at one's own number has none."""
    held = [
        grant.department.name
        for grant in units.get(row.viewer_id, [])
        if grant.valid_from <= row.revealed_at and (grant.valid_to is None or grant.valid_to > row.revealed_at)
    ]
    return held[0] if held else _("本人")
