"""Which cases wait for which person: by role and place, without those a hand or a tie keeps him out of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts import behalf, roles, scope
from accounts.models import Recusal, RoleGrant, User
from accounts.models.department import holding_on
from records.workflow.kinds import KINDS, Ask, CaseKind
from rules.clock import local_day
from rules.models import Hand, Proposal, ProposalState, Signature
from rules.workflow import Arrow, hands
from rules.workflow.arrow import SUBJECT_ROLE

Task = tuple[str, bool]
"""What one is to do, and whether the form is the place to do it."""


def holder(kind: CaseKind, case: Any) -> str:
    """Return who holds the next step, as pages say it: the department and the role, never a name."""
    ask = next((each for each in kind.asks if case.state in each.states), None)
    if ask is None:
        return ""
    if ask.role == SUBJECT_ROLE:
        return _("当事人")
    if ask.role in roles.REGION:
        return _("%(unit)s%(role)s") % {"unit": kind.lead(case) if kind.lead else "", "role": roles.label(ask.role)}
    unit = kind.machine.department_of(case)
    return _("%(unit)s%(role)s") % {"unit": unit.name if unit else "", "role": roles.label(ask.role)}


def tasks(*, user: User, grants: list[RoleGrant], now: datetime) -> dict[str, dict[UUID, Task]]:
    """
    Return by kind the cases that wait for the user, each with what he is to do; the first task named wins.

    Of what a grant lent to him reaches, only what its lender himself would be asked: he can do no more in his stead.
    """
    ties = _Ties(user, now)
    own = [grant for grant in grants if grant.person_id == user.person_id]
    found = {kind.name: _of_kind(kind, user, own, ties, now) for kind in KINDS.values()}
    for lender in behalf.lenders(grants, person_id=user.person_id):
        lent = [grant for grant in grants if grant.person_id == lender.person_id]
        theirs = _Ties(lender, now)
        for kind in KINDS.values():
            lenders = _of_kind(kind, lender, lent, theirs, now)
            mine = _of_kind(kind, user, lent, ties, now) if lenders else {}
            found[kind.name] |= {
                key: task for key, task in mine.items() if key in lenders and key not in found[kind.name]
            }
    return found


def _of_kind(kind: CaseKind, user: User, grants: list[RoleGrant], ties: _Ties, now: datetime) -> dict[UUID, Task]:
    found: dict[UUID, Task] = {}
    for ask in kind.asks:
        rows = _asked(kind, ask, user, grants, ties, now)
        if rows is not None:
            for key in rows.values_list("pk", flat=True):
                found.setdefault(key, (str(ask.task), ask.edits))
    for key in _to_sign(kind, user, grants, ties, now):
        found.setdefault(key, (_("第二人签署"), False))
    return _opened(kind, found, user, now) if kind.is_sealed and found else found


def _opened(kind: CaseKind, found: dict[UUID, Task], user: User, now: datetime) -> dict[UUID, Task]:
    """Keep the cases of a sealed kind the person may open: role and place alone would tell him that there is one."""
    model: Any = kind.machine.model
    seen = set(model._default_manager.visible_to(user, now).filter(pk__in=found).values_list("pk", flat=True))
    return {key: task for key, task in found.items() if key in seen}


def _asked(
    kind: CaseKind, ask: Ask, user: User, grants: list[RoleGrant], ties: _Ties, now: datetime
) -> QuerySet[Any] | None:
    rows = kind.machine.model._default_manager.filter(ask.where, state__in=ask.states)
    if ask.role == SUBJECT_ROLE:
        return rows.filter(kind.subject_rows(user, grants, now)) if kind.subject_rows else None
    place = _asked_at(grants, ask, kind)
    if place is None:
        return None
    free = ties.without(rows.filter(place), kind)
    arrow = kind.machine.arrows.get(ask.action)
    return without_hands(free, kind, user, arrow) if arrow and arrow.four_eyes else free


def _asked_at(grants: list[RoleGrant], ask: Ask, kind: CaseKind) -> Q | None:
    """Where the person is asked: all his role reaches, or, where the case lies with one office, that office alone."""
    if not ask.at:
        return reach(grants, role=ask.role, path=ask.department or kind.department)
    offices = [grant.department_id for grant in grants if grant.role == ask.role]
    return Q(**{f"{ask.at}_id__in": offices}) if offices else None


def reach(grants: Iterable[RoleGrant], *, role: str, path: str) -> Q | None:
    """Return the condition for the rows a role of these grants reaches, or None where nobody granted it."""
    places = [_place(grant, path) for grant in grants if grant.role == role]
    return reduce(or_, places) if places else None


def _place(grant: RoleGrant, path: str) -> Q:
    place = grant.department
    if grant.role in roles.OWN_DEPARTMENT:
        return Q(**{f"{path}_id": place.pk})
    if grant.role in roles.WHOLE_TREE:
        return Q(pk__isnull=False)
    if grant.role in roles.DESCENDANTS:
        return Q(**{f"{path}__path__startswith": place.path}) & ~Q(**{f"{path}_id": place.pk})
    root = scope.region(place) if grant.role in roles.REGION else place.path
    return Q(**{f"{path}__path__startswith": root})


def without_hands(rows: QuerySet[Any], kind: CaseKind, user: User, arrow: Arrow) -> QuerySet[Any]:
    """Leave out the cases in which another hand of the person closes the arrow to him."""
    closing = ~Q(part=arrow.part) | Q(part__in=hands.AUTHORS)
    held = Hand.objects.filter(
        closing,
        object_type=kind.machine.model._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        person_id=user.person_id,
    )
    return rows.exclude(Exists(held))


class _Ties:
    """What a person is tied to: himself, and the units and persons of declared recusals; asked once for all kinds."""

    def __init__(self, user: User, now: datetime) -> None:
        held = Recusal.objects.filter(
            Q(person_id=user.person_id) | Q(other_person_id=user.person_id),
            holding_on(local_day(now), start="declared_on", end="ended_on"),
        )
        self.units: set[int] = set()
        self.persons: set[UUID] = {user.person_id}
        for tie in held:
            self.units |= {key for key in (tie.department_id,) if key is not None}
            self.persons |= {key for key in (tie.person_id, tie.other_person_id) if key is not None}

    def without(self, rows: QuerySet[Any], kind: CaseKind) -> QuerySet[Any]:
        """Leave out the cases of those units and persons."""
        for path in kind.tied or (kind.department,):
            if self.units:
                rows = rows.exclude(**{f"{path}_id__in": self.units})
        return rows.exclude(**{f"{kind.person}_id__in": self.persons}) if kind.person else rows


def _to_sign(kind: CaseKind, user: User, grants: list[RoleGrant], ties: _Ties, now: datetime) -> list[Any]:
    """Cases with a proposal whose next signature is that of a role the user holds there, and not his own before."""
    if not any(arrow.signatures for arrow in kind.machine.arrows.values()):
        return []
    signed = Signature.objects.filter(proposal=OuterRef("pk"), person_id=user.person_id)
    waiting = (
        Proposal.objects.filter(machine=kind.name, state=ProposalState.OPEN, lapses_on__gte=local_day(now))
        .exclude(Exists(signed))
        .annotate(given=Count("signatures"))
        .values_list("object_id", "action", "given")
    )
    wanted: dict[tuple[str, str], list[str]] = {}
    for key, action, given in waiting:
        arrow = kind.machine.arrows[action]
        wanted.setdefault((arrow.signatures[min(given, len(arrow.signatures) - 1)], action), []).append(key)
    found: list[Any] = []
    for (role, action), keys in wanted.items():
        place = reach(grants, role=role, path=kind.department)
        if place is None:
            continue
        rows = ties.without(kind.machine.model._default_manager.filter(place, pk__in=keys), kind)
        arrow = kind.machine.arrows[action]
        rows = without_hands(rows, kind, user, arrow) if arrow.four_eyes else rows
        found += rows.values_list("pk", flat=True)
    return found
