"""What stands before an arrow: who, which version, which state, why, and the arrow's own guards, in this order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid, NotAllowed, Refused, Stale
from rules.workflow.arrow import Arrow, GuardContext

if TYPE_CHECKING:
    from rules.workflow.machine import Machine
    from rules.workflow.standing import Standing


@dataclass(frozen=True)
class Attempt:
    """What somebody wants to do: the arrow, who, when, why, on which version, in which role, with which changes, and then."""

    arrow: Arrow
    actor: Actor
    now: datetime
    reason: str = ""
    version: int | None = None
    role: str | None = None
    request_key: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    then: Callable[[Any], None] | None = None


def whole(machine: Machine[Any], attempt: Attempt, locked: Any, standing: Standing) -> None:
    """
    This will ask everything that stands before an arrow; the database asks again what it can.

    :raises NotAllowed: role, scope, recusal or another hand of the same person
    :raises Conflict: several must sign, the state is another, or a guard closed it
    :raises Stale: the form is older than the object
    :raises Invalid: a reason is needed
    """
    arrow = attempt.arrow
    if arrow.signatures:
        raise Conflict(_("“%(label)s”须多人先后签署，请先提议") % {"label": arrow.label})
    if why := standing.refusal(arrow, attempt.role, attempt.now, arrow.roles):
        raise NotAllowed(why)
    version(locked, attempt.version)
    state(machine, arrow, locked)
    if arrow.needs_reason:
        reason(attempt.reason)
    lender = standing.name_lender(arrow.roles, attempt.role, attempt.now)
    guards(arrow, GuardContext(locked, attempt.actor, attempt.now, attempt.changes), lender=lender)


def version(obj: Any, seen: int | None) -> None:
    """
    This will refuse a form made on an older version.

    :raises Stale: the object has moved on
    """
    if seen is not None and obj.version != seen:
        sentence = _("没有保存：您看的是第 %(seen)d 版，现在已是第 %(held)d 版，请先看改了什么")
        raise Stale(sentence % {"seen": seen, "held": obj.version})


def state(machine: Machine[Any], arrow: Arrow, obj: Any) -> None:
    """
    This will refuse an arrow that does not leave from the object's state.

    :raises Conflict: with the states it leaves from
    """
    if machine.state_of(obj) not in arrow.sources:
        raise Conflict(wrong_state(machine, arrow, machine.state_of(obj)))


def wrong_state(machine: Machine[Any], arrow: Arrow, held: str) -> str:
    """This will say in which states an arrow is open."""
    wanted = "、".join(machine.state_label(each) for each in machine.states() if each in arrow.sources)
    return _("现在不能%(label)s：%(noun)s处于“%(state)s”，须在“%(wanted)s”时办") % {
        "label": arrow.label,
        "noun": machine.noun,
        "state": machine.state_label(held),
        "wanted": wanted,
    }


def reason(text: str, *, name: str = "reason") -> None:
    """
    This will demand a reason; ``name`` is its field.

    :raises Invalid: it is empty
    """
    if not text.strip():
        raise Invalid(_("请写明理由"), field=name)


def guards(arrow: Arrow, context: GuardContext, *, lender: Actor | None = None) -> None:
    """
    This will ask the arrow's guards in order; for a stand-in once more as if his lender acted, who could do no more.

    :raises Refused: the first that closes it
    """
    asked = [(guard, context) for guard in arrow.guards]
    if lender is not None:
        asked += [(guard, replace(context, actor=lender)) for guard in arrow.guards]
    for guard, seen in asked:
        said = guard(seen)
        if isinstance(said, Refused):
            raise said
        if said:
            raise Conflict(said)
