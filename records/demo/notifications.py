"""A stand-in during leave, one who waits for his head's word, a morning mail that is wanted, and what the ladder tells."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import Delegation, User
from accounts.services import delegating
from records.demo.playing import Cast
from records.services.notifications import escalation, mails, standing_in
from rules.clock import local_day

AWAY = 3  # days of leave left
LEAVE = 5


def play(cast: Cast) -> None:
    """Lend, confirm, wish for mails, and climb the ladder as of today; call it after every other story."""
    away = _lend(cast, "head-yj", "reviewer-yj", begins=0, reason="赴省参加应急管理干部培训")
    standing_in.confirm(actor=cast.accounts["secadmin"], delegation=away, now=cast.now)
    _lend(cast, "reviewer", "personnel", begins=2, reason="公休假")
    mails.prefer(actor=cast.accounts["clerk"], address="clerk@anping.example", wants_digest=True, now=cast.now)
    escalation.escalate_due(now=cast.now)


def _lend(cast: Cast, giver: str, taker: str, *, begins: int, reason: str) -> Delegation:
    first = local_day(cast.now) + timedelta(days=begins)
    me: User = cast.accounts[giver]
    return standing_in.make(
        actor=me,
        delegate=cast.accounts[taker].person,
        grants=delegating.lendable(me, cast.now),
        starts_on=first,
        ends_on=first + timedelta(days=AWAY if not begins else LEAVE),
        reason=reason,
        now=cast.now,
    )
