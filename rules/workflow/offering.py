"""Buttons from the table: every arrow, open or closed with the reason in words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ledger.actors import Actor
from ledger.refusals import Refused
from rules.workflow import checks
from rules.workflow.arrow import SYSTEM_ROLE, Arrow, GuardContext, Offer
from rules.workflow.standing import Standing

if TYPE_CHECKING:
    from rules.workflow.machine import Machine


def offers(machine: Machine[Any], obj: Any, *, actor: Actor, now: datetime) -> list[Offer]:
    """This will give the arrows people may press, in the table's order; see ``Machine.offers``."""
    stands = machine.standing_of(obj, actor, now)
    pressed = (arrow for arrow in machine.arrows.values() if set(arrow.roles) != {SYSTEM_ROLE})
    return [_offer(machine, arrow, obj, stands, now) for arrow in pressed]


def _offer(machine: Machine[Any], arrow: Arrow, obj: Any, stands: Standing, now: datetime) -> Offer:
    wanted = arrow.signatures[:1] or arrow.roles
    if why := stands.refusal(arrow, None, now, wanted):
        return Offer(arrow, False, why)
    state = machine.state_of(obj)
    if state not in arrow.sources:
        return Offer(arrow, False, checks.wrong_state(machine, arrow, state))
    try:
        lender = stands.lender(stands.role_for(wanted, now), now)
        context = GuardContext(obj, stands.actor, now, offering=True)
        checks.guards(arrow, context, lender=lender.actor if lender else None)
    except Refused as refused:
        return Offer(arrow, False, refused.message)
    return Offer(arrow, True)
