"""What the clock does to objections; every call is safe to repeat."""

from __future__ import annotations

from datetime import datetime

from records.services.objections import notices, reviewing, screening, timing


def turn(*, now: datetime) -> int:
    """Close what was not supplemented, send up what was not decided, end notices and periods; return how many moved."""
    moved = screening.close_due(now=now) + timing.escalate_due(now=now)
    return moved + notices.end_due(now=now) + reviewing.end_due(now=now)
