"""Opening a complaint is noted: who read what somebody said in confidence, at most once a day."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from ledger import acts, reading
from records.models import Complaint
from rules.clock import local_day
from rules.references import reference

KIND = "complaint.read"


def note(*, actor: User, complaint: Complaint, role: str, now: datetime) -> bool:
    """Note that the actor opened the complaint; this will write nothing the second time on the same day."""
    today = local_day(now)
    held = reading.history_of(*reference(complaint)).filter(kind=KIND, person=actor.person_id)
    if any(local_day(entry.at) == today for entry in held.order_by("-position")[:1]):
        return False
    with acts.act(kind=KIND, actor=actor, role=role, obj=complaint, now=now):
        return True
