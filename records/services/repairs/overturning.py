"""A refusal that falls: an objection against the result of a repair was upheld, and the repair is granted."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Person
from ledger.actors import SYSTEM
from records.models import CreditRepair, DecisionOutcome, RepairDecision
from records.services.repairs import deciding
from records.workflow.repairs.machine import REPAIR
from rules.clock import local_day


def overturn(
    *, repair: CreditRepair, number: str, reasons: str, handled_by: Person, decided_by: Person, now: datetime
) -> CreditRepair:
    """
    Grant a repair that was refused; the objection's machine calls this in its own act.

    This will end the record as an ordinary grant does, under the number of the decision on the objection.

    :raises Conflict: the repair was not refused, or the record can no longer be repaired
    """

    def then(granted: CreditRepair) -> None:
        deciding.grant(granted, number=number, now=now)
        RepairDecision(
            repair=granted,
            outcome=DecisionOutcome.APPROVE,
            number=number,
            reasons=reasons,
            remedy=deciding.remedy(granted),
            drafted_by=handled_by,
            decided_by=decided_by,
            decided_on=local_day(now),
        ).save()

    return REPAIR.perform("grant_on_objection", repair, actor=SYSTEM, now=now, then=then)
