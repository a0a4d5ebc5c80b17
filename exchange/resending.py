"""Resending by hand: an officer who has seen to the cause sends a dead delivery again, and says why."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts import policy
from accounts.models import User
from exchange import alarms, hints
from exchange.models import Delivery, DeliveryState
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed

ACT = "exchange:resend"
LONGEST_REASON = 500


def resend(*, actor: User, delivery: Delivery, reason: str, now: datetime) -> Delivery:
    """
    Put a dead delivery back in the queue with its attempts counted anew (domain 4.8: dead → queued, with reason).

    The key, the bytes and the history stay; the act and the digest of its reason stand in the log.

    :raises NotAllowed: the actor is not an approver whose region covers the department
    :raises Conflict: the delivery is not dead
    :raises Invalid: no reason was given, or more than 500 characters
    """
    verdict = policy.allows(user=actor, name=ACT, now=now, department=delivery.department)
    told = reason.strip()
    with acts.act(kind="delivery.resend", actor=actor, role=verdict.role, obj=delivery, now=now, reason=told) as act:
        if not verdict.allowed:
            raise NotAllowed(verdict.reason)
        if not told:
            raise Invalid(_("请写明重送的理由"), field="reason")
        if len(told) > LONGEST_REASON:
            raise Invalid(_("理由不能超过 500 字"), field="reason")
        locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if locked.state != DeliveryState.DEAD:
            raise Conflict(_("这一件已经不在人工处理中（现在是“%(state)s”）") % {"state": locked.get_state_display()})
        locked.state, locked.attempts, locked.next_attempt_at = DeliveryState.QUEUED, 0, now
        locked.save(update_fields=["state", "attempts", "next_attempt_at"])
        alarms.clear(locked, now=now)
        act.refer(name="exchange.delivery", key=str(locked.pk), digest=locked.payload_digest)
        hints.nudge_on_commit()
    return locked
