"""The rating: what the holder of a receipt said of the answer, taken note of once a day."""

from __future__ import annotations

from datetime import datetime

from ledger.actors import SYSTEM
from records.models import Complaint
from records.workflow.complaints.machine import COMPLAINT


def rate(*, complaint: Complaint, satisfied: bool, note: str = "", now: datetime) -> Complaint:
    """
    Take note that an answer was rated; this will count the first rating, what each receipt said is kept with it.

    :raises Conflict: there is no answer yet, or it was rated before
    """
    return COMPLAINT.perform("rate", complaint, actor=SYSTEM, now=now)
