"""Telling the applicant: what is missing, what was decided, what was undone; inside the act that decides it."""

from __future__ import annotations

from datetime import datetime

from records.models import CreditRepair
from records.services.notifications import notify


def tell(repair: CreditRepair, text: str, *, now: datetime) -> None:
    """Tell the official himself, or the heads and clerks of the unit, of something on their application."""
    official = repair.applicant_official
    if official is not None:
        notify(to=[official.person], kind="case", obj=repair, text=text, now=now)
        return
    for role in ("head", "clerk"):
        notify(to=(role, repair.applicant_department), kind="case", obj=repair, text=text, now=now)
