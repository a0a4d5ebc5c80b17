"""Deadlines of objects: started, paused and closed inside the act that causes it, recomputed from rows, never counted up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import roles, scope
from accounts.models import Department, User
from ledger.actors import Actor
from ledger.refusals import Conflict
from rules import profiles
from rules.calendar import Day, Table
from rules.clock import local_day
from rules.derivation import Derivation, Pause, Step, derive, from_json
from rules.models import Deadline, DeadlineMove, Holder, Suspension
from rules.references import reference

__all__ = [
    "SUBJECT",
    "Derivation",
    "Move",
    "Pause",
    "Step",
    "close",
    "derive",
    "derivation_of",
    "follow",
    "hand_over",
    "keep_moves",
    "kept_derivation",
    "open_for",
    "open_on",
    "owner_words",
    "passed",
    "recompute",
    "resume",
    "start",
    "suspend",
    "visible_to",
]

SUBJECT = "subject"
"""Owner of a clock that the person or unit concerned holds: a right of his, not a duty of an office."""


def start(
    *,
    obj: models.Model,
    rule: str,
    started_on: date,
    owner_role: str,
    owner_department: Department | None,
    now: datetime,
    profile: str | None = None,
    amount: int | None = None,
) -> Deadline:
    """
    This will start a deadline on an object inside the open act; one already open under the same rule starts anew.

    :param amount: the number of days where the act itself sets another than the rule's
    :raises UnknownParameter: the rule (a parameter key) holds no row on the day of the event
    """
    place = profile or profiles.current()
    derived = derive(rule, started_on, place, amount=amount)
    close(obj=obj, rule=rule, now=now)
    deadline = Deadline(
        **reference(obj)._asdict(),
        rule=rule,
        label=derived.label,
        profile=place,
        started_on=started_on,
        amount=amount,
        owner_role=owner_role,
        owner_department=owner_department,
    )
    return _keep(deadline, derived)


def close(*, obj: models.Model, rule: str, now: datetime) -> bool:
    """This will close the open deadline of a rule on an object; it says whether there was one."""
    deadline = _open(obj, rule)
    if deadline is None:
        return False
    for pause in deadline.suspensions.filter(to_on=None):
        pause.to_on = max(local_day(now), pause.from_on)
        pause.save()
    deadline.closed_on = local_day(now)
    deadline.save()
    return True


def hand_over(*, obj: models.Model, rule: str, to: Department) -> None:
    """This will give the open deadline of a rule to another department inside the open act; its days stay as they are."""
    deadline = _open(obj, rule)
    if deadline is not None:
        deadline.owner_department = to
        deadline.save()


def suspend(*, obj: models.Model, rule: str, from_on: date, reason: str, to_on: date | None = None) -> Deadline:
    """
    This will pause a deadline from a day on (to a day included, or until resumed) and recompute its due date.

    :raises Conflict: no deadline of that rule is open, or its clock already stands
    """
    deadline = _open(obj, rule)
    if deadline is None:
        raise Conflict(_("没有正在计时的期限可以暂停"))
    if to_on is None and deadline.suspensions.filter(to_on=None).exists():
        raise Conflict(_("计时已经暂停"))
    Suspension(deadline=deadline, from_on=from_on, to_on=to_on, reason=reason).save()
    return _keep(deadline, derivation_of(deadline))


def resume(*, obj: models.Model, rule: str, to_on: date) -> Deadline:
    """
    This will end the open pause; ``to_on`` is its last day, the day after counts again.

    :raises Conflict: the clock is not standing, or ``to_on`` lies before the pause began
    """
    deadline = _open(obj, rule)
    pause = deadline.suspensions.filter(to_on=None).first() if deadline else None
    if deadline is None or pause is None:
        raise Conflict(_("计时没有暂停"))
    if to_on < pause.from_on:
        raise Conflict(_("恢复日不能早于暂停日"))
    pause.to_on = to_on
    pause.save()
    return _keep(deadline, derivation_of(deadline))


def open_for(obj: models.Model) -> QuerySet[Deadline]:
    """This will give the open deadlines of an object, the nearest first, paused ones last."""
    held = Deadline.objects.filter(**reference(obj)._asdict(), closed_on=None).select_related("owner_department")
    return held.order_by(models.F("due_on").asc(nulls_last=True), "rule")


def open_on(model: type[models.Model], ids: list[str]) -> QuerySet[Deadline]:
    """This will give the open deadlines of many objects of one model in one query (for lists)."""
    return Deadline.objects.filter(object_type=model._meta.label_lower, object_id__in=ids, closed_on=None).order_by(
        models.F("due_on").asc(nulls_last=True), "rule"
    )


def passed(model: type[models.Model], rule: str, *, on: date) -> QuerySet[Deadline, str]:
    """This will give the keys of those objects of a model whose open clock of a rule ended before a day."""
    held = Deadline.objects.filter(object_type=model._meta.label_lower, rule=rule, closed_on=None, due_on__lt=on)
    return held.values_list("object_id", flat=True)


def derivation_of(deadline: Deadline, *, table: Table | None = None) -> Derivation:
    """This will derive a deadline afresh from its rows, under today's calendar or another."""
    rows = sorted(deadline.suspensions.all(), key=lambda each: each.from_on)  # in Python: lists prefetch them
    pauses = [Pause(each.from_on, each.to_on, each.reason) for each in rows]
    return derive(deadline.rule, deadline.started_on, deadline.profile, pauses, amount=deadline.amount, table=table)


def kept_derivation(deadline: Deadline) -> Derivation:
    """This will read the derivation kept with a deadline, as it was when the date was set."""
    return from_json(deadline.derivation)


def visible_to(deadlines: Iterable[Deadline], *, user: User, now: datetime) -> set[UUID]:
    """
    This will give the keys of those deadlines whose derivation page a person may open: one query, whatever their number.

    A deadline is explained within the owner department's scope; one without a department belongs to the platform.
    """
    held = list(deadlines)
    owners = {each.owner_department_id for each in held if each.owner_department_id is not None}
    seen = set(scope.departments(user=user, now=now).filter(pk__in=owners).values_list("pk", flat=True))
    return {each.pk for each in held if each.owner_department_id is None or each.owner_department_id in seen}


def owner_words(deadline: Deadline) -> str:
    """This will say who holds a deadline: the role and the department."""
    role = _("当事人") if deadline.owner_role == SUBJECT else roles.label(deadline.owner_role)
    department = deadline.owner_department.name if deadline.owner_department else ""
    return " · ".join(part for part in (department, role) if part)


@dataclass(frozen=True)
class Move:
    """A deadline another calendar would move: the day it has, the day it would have, and the day to be kept."""

    deadline: Deadline
    derived: Derivation
    kept_due_on: date | None

    @property
    def is_kept(self) -> bool:
        """Whether the old day stays because the clock belongs to the subject."""
        return self.kept_due_on == self.deadline.due_on and self.derived.due_on != self.deadline.due_on


def recompute(days: Mapping[date, Day]) -> list[Move]:
    """
    This will list the open deadlines a calendar would change, old → new, writing nothing.

    The later of the two days is kept where the clock belongs to the subject (domain 3.6).
    """
    if not days:
        return []
    table = Table(days)
    held = Deadline.objects.filter(closed_on=None, started_on__lte=max(days)).exclude(due_on__lt=min(days))
    moves = []
    for deadline in held.prefetch_related("suspensions").order_by("due_on", "id"):
        derived = derivation_of(deadline, table=table)
        if derived.due_on != deadline.due_on or derived.provisional != deadline.provisional:
            moves.append(Move(deadline, derived, _later(deadline, derived)))
    return moves


Follow = Callable[[str, date, bool], None]
_followers: dict[tuple[str, str], Follow] = {}


def follow(object_type: str, rule: str, *, write: Follow) -> None:
    """
    Say who carries the last day of a rule on objects of a type in rows of his own; call it when the room starts.

    ``write`` gets the key of the object, the day kept and whether it is provisional, inside the act that moves the clock, so
    that no adverse step is judged by a day the clock no longer shows.
    """
    _followers[object_type, rule] = write


def keep_moves(*, actor: Actor, moves: list[Move], because: str, now: datetime) -> int:
    """
    This will write the new days inside the open act, each with the old day beside it; it gives how many were written.

    Whoever carries the day in rows of his own (``follow``) writes them first: objects are locked before their clocks.
    """
    for move in moves:
        write = _followers.get((move.deadline.object_type, move.deadline.rule))
        if write is not None and move.kept_due_on is not None:  # a clock that stands has no day
            write(move.deadline.object_id, move.kept_due_on, move.derived.provisional)
        DeadlineMove(
            deadline=move.deadline,
            old_due_on=move.deadline.due_on,
            new_due_on=move.derived.due_on,
            kept_due_on=move.kept_due_on,
            because=because,
            confirmed_by_id=getattr(actor, "pk", None),
            at=now,
        ).save()
        _keep(move.deadline, move.derived, due_on=move.kept_due_on)
    return len(moves)


def _later(deadline: Deadline, derived: Derivation) -> date | None:
    """Which of two days is kept; a running right of the subject is never shortened."""
    if derived.holder != Holder.SUBJECT or deadline.due_on is None or derived.due_on is None:
        return derived.due_on
    return max(deadline.due_on, derived.due_on)


def _open(obj: models.Model, rule: str) -> Deadline | None:
    held = Deadline.objects.filter(**reference(obj)._asdict(), rule=rule, closed_on=None)
    return held.select_for_update(of=("self",)).first()


def _keep(deadline: Deadline, derived: Derivation, *, due_on: date | None = None) -> Deadline:
    deadline.due_on = due_on or derived.due_on
    deadline.provisional = derived.provisional
    deadline.derivation = derived.as_json()
    deadline.save()
    return deadline
