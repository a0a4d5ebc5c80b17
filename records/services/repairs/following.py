"""What follows a granted repair by itself: the platform's receipt makes it synced; nothing below calls up."""

from __future__ import annotations

from datetime import datetime

from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records.models import CreditRepair, RepairState
from records.workflow.repairs import guards
from records.workflow.repairs.machine import REPAIR
from rules.clock import local_day


def sync_due(*, now: datetime) -> int:
    """Note which granted repairs the platform has stored; return how many. Safe to repeat."""
    waiting = CreditRepair.objects.filter(state=RepairState.APPROVED).with_names()
    return sum(_sync(repair, now) for repair in waiting if guards.is_stored(repair))


def _sync(repair: CreditRepair, now: datetime) -> bool:
    try:
        REPAIR.perform("sync", repair, actor=SYSTEM, now=now, synced_on=local_day(now))
    except Conflict:  # revoked, or synced by another worker, since the list was read
        return False
    return True
