"""Small acts that belong to an arrow without being it: files of a draft, answers to the scan."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from ledger.refusals import NotAllowed
from records.models import DishonestyRecord
from records.workflow import guards
from records.workflow.record import RECORD
from rules.workflow import Arrow, GuardContext


def check(record: DishonestyRecord, arrow: Arrow, *, actor: User, roles: tuple[str, ...], now: datetime) -> None:
    """
    Let only those do such an act who might take its arrow; this will name in the open entry for whom a stand-in acts.

    :raises NotAllowed: role, scope, recusal or another hand closes it, to the actor or to whoever he stands in for
    """
    stands = RECORD.standing_of(record, actor, now)
    if why := stands.refusal(arrow, None, now, roles):
        raise NotAllowed(why)
    lender = stands.name_lender(roles, None, now)
    for person in (actor, lender):
        tied = guards.impartial(GuardContext(record, person, now)) if person else None
        if tied:
            raise tied
