"""More time, and no more time: the extension the main head approves, and the way up of what was not decided."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records import words
from records.models import Objection, ObjectionEscalation, ObjectionState
from records.services import remarks
from records.services.notifications import tell
from records.services.objections import telling
from records.workflow.objections import clocks, guards, offices
from records.workflow.objections.machine import OBJECTION
from rules import deadlines
from rules.clock import local_day
from rules.models import Deadline, Proposal

NEXT: dict[str, str] = {ObjectionState.SUBMITTED: clocks.ACCEPT, ObjectionState.REVIEW_REQUESTED: clocks.REVIEW}
"""The clock that starts anew at the superior office, by state; in every other one it is that of the decision."""


def propose_extension(*, actor: User, objection: Objection, reason: str, version: int, now: datetime) -> Proposal:
    """
    Ask the main head of the office for more time, once (深圳经济特区社会信用条例 art. 51).

    :raises Conflict: the period is over, paused, or extended already
    :raises Invalid: no reason
    """
    told = remarks.clean(reason)
    return OBJECTION.propose("extend", objection, actor=actor, now=now, reason=told, version=version)


def sign_extension(*, actor: User, proposal: Proposal, now: datetime) -> Objection:
    """
    Approve more time; this will start the extension at the last day of the period, so no day is lost or won.

    :raises NotAllowed: the signer is not the main head of the office
    """

    def then(extended: Objection) -> None:
        remarks.note(extended, actor=actor, action="extend", text=proposal.reason, now=now)
        held = clocks.running(extended)
        if held is None:  # the guard has asked; kept for the type
            return
        until = words.settled(held.due_on)
        deadlines.close(obj=extended, rule=held.rule, now=now)
        _start(extended, rule=clocks.EXTENSION, started_on=until, now=now)

    return OBJECTION.sign(proposal, actor=actor, now=now, then=then)


def decline(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse the second signature with a reason; this will leave case and clock as they are."""
    return OBJECTION.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))


def escalate_due(*, now: datetime) -> int:
    """
    Send every case that was not taken up or not decided in time to the superior office; this will run as often as one likes.

    The record keeps its mark; the row written is what the assessment of the office counts. Return how many went up; a
    case at the top of the tree stays where it is.
    """
    late = Deadline.objects.filter(
        object_type=Objection._meta.label_lower, rule__in=clocks.OWED, closed_on=None, due_on__lt=local_day(now)
    )
    keys = list(late.values_list("object_id", flat=True))
    found = Objection.objects.filter(pk__in=keys).select_related("office__parent").order_by("number")
    return sum(_escalate(objection, now=now) for objection in found)


def _escalate(objection: Objection, *, now: datetime) -> bool:
    above, held = offices.superior(objection.office), clocks.owed(objection)
    if above is None or held is None or held.due_on is None:
        return False
    left, missed = objection.office, held

    def then(escalated: Objection) -> None:
        ObjectionEscalation(
            objection=escalated,
            from_office=left,
            to_office=above,
            rule=missed.rule,
            due_on=words.settled(missed.due_on),
            escalated_on=local_day(now),
        ).save()
        rule = NEXT.get(escalated.state, clocks.DECIDE)
        tell(
            "objection.climbed",
            places={"before": left, "after": above},
            about=(Objection._meta.label_lower, str(escalated.pk)),
            words={
                "day": words.day(missed.due_on),
                "before": left.name,
                "after": above.name,
                "missed": _("决定是否受理") if missed.rule == clocks.ACCEPT else _("作出决定"),
            },
            now=now,
            once=f"objection.climbed:{missed.pk}",
        )
        _start(escalated, rule=rule, started_on=local_day(now), now=now)
        telling.moved(escalated, left=left, why=_("%s没有按期办理") % left.name, now=now)

    try:
        OBJECTION.perform("escalate", objection, actor=SYSTEM, now=now, office=above, is_escalated=True, then=then)
    except Conflict:  # decided, paused or taken up since the list was read
        return False
    return True


def hand_up(objection: Objection, *, now: datetime) -> None:
    """
    Move a case whose office has nobody independent left to the nearest one above that has, inside the act that left it so.

    Its clock goes with it and is not lengthened; a case that can be handled where it lies is left alone.
    """
    left, above = objection.office, guards.able_office(objection, now=now)
    if above is None:
        return

    def then(moved: Objection) -> None:
        for rule in clocks.OWED:
            deadlines.hand_over(obj=moved, rule=rule, to=above)
        tell(
            "objection.handed_up",
            places={"after": above},
            about=(Objection._meta.label_lower, str(moved.pk)),
            words={"before": left.name, "after": above.name},
            now=now,
        )
        telling.moved(moved, left=left, why=_("%s没有可以独立办理的人") % left.name, now=now)

    OBJECTION.perform("hand_up", objection, actor=SYSTEM, now=now, office=above, then=then)
    objection.refresh_from_db()


def _start(objection: Objection, *, rule: str, started_on: date, now: datetime) -> None:
    deadlines.start(
        obj=objection,
        rule=rule,
        started_on=started_on,
        owner_role="appeals",
        owner_department=objection.office,
        now=now,
    )
