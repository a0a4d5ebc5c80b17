"""Acts with several signatures: opened, signed in order, declined; lapsed at their day or when the object changes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from ledger import acts
from ledger.actors import Actor
from ledger.refusals import Conflict, Missing, NotAllowed
from rules.clock import local_day
from rules.derivation import derive
from rules.models import Proposal, ProposalState, Signature
from rules.references import reference
from rules.workflow import carrying, checks, digests
from rules.workflow.arrow import Arrow, GuardContext
from rules.workflow.checks import Attempt

if TYPE_CHECKING:
    from rules.workflow.machine import Machine

LAPSE = "proposal.lapse_days"


def open_proposal(machine: Machine[Any], obj: Any, attempt: Attempt) -> Proposal:
    """This will open a proposal with its first signature; see ``Machine.propose``."""
    arrow, actor, now = attempt.arrow, attempt.actor, attempt.now
    first = arrow.signatures[0]
    kind = f"{machine.name}.{arrow.action}.propose"
    with acts.act(kind=kind, actor=actor, role=first, obj=obj, now=now, reason=attempt.reason):
        locked = machine.lock(obj)
        lender = _check_signer(machine, arrow, locked, actor=actor, role=first, now=now)
        checks.version(locked, attempt.version)
        checks.state(machine, arrow, locked)
        checks.reason(attempt.reason)
        _close_lapsed(machine, arrow, locked, now)
        checks.guards(arrow, GuardContext(locked, actor, now, attempt.changes), lender=lender)
        proposal = _proposal(machine, locked, attempt)
        proposal.save()
        _sign(proposal, place=0, role=first, actor=actor, note=attempt.reason, now=now)
    return proposal


def _proposal(machine: Machine[Any], locked: Any, attempt: Attempt) -> Proposal:
    today = local_day(attempt.now)
    return Proposal(
        machine=machine.name,
        action=attempt.arrow.action,
        **reference(locked)._asdict(),
        version=locked.version,
        digest=_digest(machine, locked),
        reason=attempt.reason,
        facts=dict(attempt.changes),
        opened_at=attempt.now,
        lapses_on=derive(LAPSE, today).due_on or today,
    )


def sign(machine: Machine[Any], proposal: Proposal, attempt: Attempt, *, note: str) -> Any:
    """This will add the next signature and, where it is the last, perform the arrow; see ``Machine.sign``."""
    arrow, actor, now = attempt.arrow, attempt.actor, attempt.now
    obj = _object(machine, proposal)
    place, role = _next(arrow, proposal)
    kind = f"{machine.name}.{arrow.action}" + ("" if place == len(arrow.signatures) - 1 else ".sign")
    with acts.act(kind=kind, actor=actor, role=role, obj=obj, now=now, reason=proposal.reason):
        locked = machine.lock(obj)
        held = _lock(proposal)
        _check_open(machine, held, locked, now)
        place, role = _next(arrow, held)
        _check_first_time(held, actor)
        lender = _check_signer(machine, arrow, locked, actor=actor, role=role, now=now)
        _check_first_time(held, lender)
        _sign(held, place=place, role=role, actor=actor, note=note, now=now)
        if place == len(arrow.signatures) - 1:
            checks.state(machine, arrow, locked)
            checks.guards(arrow, GuardContext(locked, actor, now, attempt.changes), lender=lender)
            held.state = ProposalState.PERFORMED
            held.save()
            carrying.carry_out(machine, attempt, locked)
    return locked


def decline(machine: Machine[Any], proposal: Proposal, *, actor: Actor, now: datetime, note: str) -> Proposal:
    """This will close a proposal whose next signer does not agree; see ``Machine.decline``."""
    arrow = machine.arrows[proposal.action]
    obj = _object(machine, proposal)
    _place, role = _next(arrow, proposal)
    kind = f"{machine.name}.{arrow.action}.decline"
    with acts.act(kind=kind, actor=actor, role=role, obj=obj, now=now, reason=note):
        locked = machine.lock(obj)
        held = _lock(proposal)
        if held.state != ProposalState.OPEN:
            raise Conflict(_("这项提议已经办结"))
        place, role = _next(arrow, held)
        _check_first_time(held, actor)
        _check_signer(machine, arrow, locked, actor=actor, role=role, now=now)
        checks.reason(note, name="note")
        _sign(held, place=place, role=role, actor=actor, note=note, now=now, declined=True)
        held.state = ProposalState.DECLINED
        held.save()
    return held


def find_open(machine: Machine[Any], obj: models.Model, action: str, *, now: datetime) -> Proposal | None:
    """This will give the open, unlapsed proposal of an action on an object, or None."""
    held = Proposal.objects.filter(**reference(obj)._asdict(), action=action, state=ProposalState.OPEN).first()
    return held if held and lapse(machine, held, obj, now) is None else None


def lapse(machine: Machine[Any], proposal: Proposal, obj: Any, now: datetime) -> str | None:
    """This will say why an open proposal no longer holds: its day has passed, or the object changed since; else None."""
    if local_day(now) > proposal.lapses_on:
        return _("这项提议已过期失效，请重新提议")
    if obj.version != proposal.version or _digest(machine, obj) != proposal.digest:
        return _("提议之后内容有改动，原签署失效，请重新提议")
    return None


def _check_open(machine: Machine[Any], proposal: Proposal, obj: Any, now: datetime) -> None:
    if proposal.state != ProposalState.OPEN:
        raise Conflict(_("这项提议已经办结"))
    if why := lapse(machine, proposal, obj, now):
        raise Conflict(why)


def _check_signer(
    machine: Machine[Any], arrow: Arrow, obj: Any, *, actor: Actor, role: str, now: datetime
) -> Actor | None:
    """Refuse who may not sign; give the person he signs for, if the role is lent to him."""
    stands = machine.standing_of(obj, actor, now)
    if why := stands.refusal(arrow, role, now, (role,)):
        raise NotAllowed(why)
    return stands.name_lender((role,), role, now)


def _check_first_time(proposal: Proposal, actor: Actor | None) -> None:
    if actor is not None and proposal.signatures.filter(person=actor.person_id).exists():
        raise NotAllowed(_("同一人不能签署两次，须由另一人签署"))


def _close_lapsed(machine: Machine[Any], arrow: Arrow, obj: Any, now: datetime) -> None:
    """A lapsed proposal makes room for a new one; a living one does not."""
    held = (
        Proposal.objects.filter(**reference(obj)._asdict(), action=arrow.action, state=ProposalState.OPEN)
        .select_for_update()
        .first()
    )
    if held is None:
        return
    if lapse(machine, held, obj, now) is None:
        raise Conflict(_("已有一项待签署的提议：%(label)s") % {"label": arrow.label})
    held.state = ProposalState.LAPSED
    held.save()


def _sign(
    proposal: Proposal, *, place: int, role: str, actor: Any, note: str, now: datetime, declined: bool = False
) -> None:
    Signature(
        proposal=proposal,
        place=place,
        role=role,
        person_id=actor.person_id,
        user_id=actor.pk,
        declined=declined,
        note=note,
        at=now,
    ).save()


def _next(arrow: Arrow, proposal: Proposal) -> tuple[int, str]:
    """The place and role of the next signature; after the last one, the last."""
    place = min(proposal.signatures.count(), len(arrow.signatures) - 1)
    return place, arrow.signatures[place]


def _lock(proposal: Proposal) -> Proposal:
    held: Proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    return held


def _object(machine: Machine[Any], proposal: Proposal) -> Any:
    found = machine.model._default_manager.filter(pk=proposal.object_id).first()
    if found is None:
        raise Missing(_("没有这件%(noun)s") % {"noun": machine.noun})
    return found


def _digest(machine: Machine[Any], obj: Any) -> str:
    return digests.of(obj, machine.content_of(obj) if machine.content_of else None)
