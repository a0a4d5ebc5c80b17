"""What a person sees of himself, and of the unit he speaks for: whose archives are his, and what of them is public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from accounts.models import Official, RoleGrant, User
from records.models import DishonestyRecord, RecordState
from records.selectors.archives.sections import Whom
from records.workflow.subjects import SPOKESPERSONS
from rules import codes


@dataclass(frozen=True)
class Shown:
    """One thing the public can read of a subject, and until when."""

    document: UUID
    number: str
    title: str
    since: date | None
    until: date | None


def own(user: User, grants: list[RoleGrant]) -> list[Whom]:
    """Return whose archives are the person's own: his, where he is an official, and of each unit he speaks for."""
    official = Official.objects.filter(person_id=user.person_id).select_related("department", "person").first()
    units = {grant.department_id: grant.department for grant in grants if grant.role in SPOKESPERSONS}
    mine = [Whom(official.department, official)] if official is not None else []
    return mine + [Whom(unit) for unit in units.values()]


def public(whom: Whom, *, on: date) -> list[Shown]:
    """Return the records of a subject that the public can read on a day."""
    rows = DishonestyRecord.objects.filter(
        whom.rows(), Q(public_until=None) | Q(public_until__gte=on), state=RecordState.DISCLOSED
    )
    return [
        Shown(row.pk, row.number, codes.label("source_type", row.source_type), row.public_from, row.public_until)
        for row in rows.order_by("public_until", "id")
    ]
