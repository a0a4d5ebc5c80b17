"""The portal's clock: moments are aware, days are days in Shanghai."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This will give the present moment; only faces and tasks ask, services are told."""
    return timezone.now()


def local_day(now: datetime) -> date:
    """This will give the day in Shanghai on which a moment falls (day boundaries are local midnight, domain 3.6)."""
    return now.astimezone(ZONE).date()
