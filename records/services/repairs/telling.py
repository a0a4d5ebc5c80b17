"""Telling the applicant: what is missing, what was decided, what was undone; inside the act that decides it."""

from __future__ import annotations

from datetime import datetime

from records.models import CreditRepair
from records.services import notifications


def tell(repair: CreditRepair, text: str, *, now: datetime) -> None:
    """Tell the official himself, or the heads and clerks of the unit, of something on their application."""
    official = repair.applicant_official
    unit = repair.applicant_department
    if official is not None:
        notifications.tell("repair.official", persons=[official.person], case=repair, words={"text": text}, now=now)
    else:
        notifications.tell("repair.unit", places={"unit": unit}, case=repair, words={"text": text}, now=now)
