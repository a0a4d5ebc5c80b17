"""Writes a checked arrow: state, changes, version, hand, deadlines. Only the machine and its proposals come here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from rules import deadlines
from rules.clock import local_day
from rules.workflow import hands
from rules.workflow.arrow import Starts
from rules.workflow.checks import Attempt

if TYPE_CHECKING:
    from rules.workflow.machine import Machine


def carry_out(machine: Machine[Any], attempt: Attempt, locked: Any) -> None:
    """
    This will write a checked arrow on the locked row inside the open act, and run what follows from it.

    :raises NotAllowed: the actor has another part in this edition of the object
    """
    arrow, actor, now = attempt.arrow, attempt.actor, attempt.now
    for field, value in attempt.changes.items():
        setattr(locked, field, value)
    if arrow.target is not None:
        setattr(locked, machine.state_field, arrow.target)
    locked.version += 1
    locked.save()
    if arrow.part:
        hands.lay(actor=actor, obj=locked, part=arrow.part, noun=machine.noun, now=now)
    for rule in arrow.closes:
        deadlines.close(obj=locked, rule=rule, now=now)
    for started in arrow.started():
        _start(machine, started, locked, now)
    if attempt.then is not None:
        attempt.then(locked)


def _start(machine: Machine[Any], started: Starts, locked: Any, now: datetime) -> None:
    department = started.owner_department(locked) if started.owner_department else machine.department_of(locked)
    deadlines.start(
        obj=locked,
        rule=started.rule,
        started_on=started.started_on(locked, local_day(now)),
        owner_role=started.owner_role or _next_role(machine, started.rule, machine.state_of(locked)),
        owner_department=department,
        now=now,
    )


def _next_role(machine: Machine[Any], rule: str, state: str) -> str:
    """Who holds a deadline: whoever may close it from where the object stands now, else whoever may close it at all."""
    closing = [arrow for arrow in machine.arrows.values() if rule in arrow.closes]
    here = [arrow for arrow in closing if state in arrow.sources]
    return next((arrow.roles[0] for arrow in (*here, *closing)), "")
