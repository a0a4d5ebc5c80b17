"""Telling who is concerned by a case: the official himself, or the heads and clerks of the unit."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from accounts.models import Department, Official
from records.models import Notification
from records.services.notifications import occasions


def tell_concerned(
    *, department: Department, official: Official | None, case: models.Model, text: str, now: datetime
) -> list[Notification]:
    """Tell an official and nobody beside him, or, where none is named, those who speak for the unit."""
    said = {"text": text}
    if official is not None:
        return occasions.tell("concerned.official", persons=[official.person], case=case, words=said, now=now)
    return occasions.tell("concerned.unit", places={"unit": department}, case=case, words=said, now=now)
