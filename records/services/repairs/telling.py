"""Telling the applicant: what is missing, what was decided, what was undone; inside the act that decides it."""

from __future__ import annotations

from datetime import datetime

from records.models import CreditRepair
from records.services import notifications


def tell(repair: CreditRepair, text: str, *, now: datetime) -> None:
    """Tell the official himself, or the heads and clerks of the unit, of something on their application."""
    notifications.tell_concerned(
        department=repair.applicant_department,
        official=repair.applicant_official,
        case=repair,
        text=text,
        now=now,
    )
