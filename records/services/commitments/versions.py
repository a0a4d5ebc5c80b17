"""Keeping every wording a promise had: who wrote it, why, and which second person put it in force."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from records.models import Commitment, CommitmentVersion
from records.workflow.commitments import contents
from rules.clock import local_day


def keep(
    promise: Commitment, *, made_by: UUID | None, why: str, now: datetime, approved_by: UUID | None = None
) -> CommitmentVersion:
    """Keep the present words as this edition inside the open act."""
    kept = CommitmentVersion(
        commitment=promise,
        edition=promise.edition,
        content=contents.of(promise),
        why=why,
        made_by_id=made_by,
        made_at=now,
        approved_by_id=approved_by,
        approved_on=local_day(now) if approved_by else None,
    )
    kept.save()
    return kept


def approve(promise: Commitment, *, approved_by: UUID | None, now: datetime) -> CommitmentVersion:
    """Write who put the present edition in force, and since when it binds."""
    held = CommitmentVersion.objects.select_for_update().get(commitment=promise, edition=promise.edition)
    held.approved_by_id, held.approved_on = approved_by, local_day(now)
    held.save()
    return held
