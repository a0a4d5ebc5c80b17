"""Where one person stands towards one object: roles that reach it, relation to its subject, hands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import behalf, recusals, roles, scope
from accounts.models import Department, RoleGrant
from ledger.actors import Actor
from rules.models import Hand
from rules.workflow import hands
from rules.workflow.arrow import SUBJECT_ROLE, SYSTEM_ROLE, Arrow

IsSubject = Callable[[Any, Actor, Sequence[RoleGrant]], bool]
"""Whether an actor speaks for the subject of an object, by the grants he holds now."""


@dataclass
class Standing:
    """One person and one object; what the database says of them is asked once and kept for all arrows."""

    actor: Actor
    department: Department | None
    subject_person_id: UUID | None
    is_subject: bool
    held: list[RoleGrant]
    hands: list[Hand]
    tie: str | None
    noun: str
    lenders: dict[UUID, Standing] = field(default_factory=dict)  # whoever lent the actor a grant, and where he stands

    def reaches(self, role: str, now: datetime) -> bool:
        """Whether the person may act in a role on this object."""
        if role == SYSTEM_ROLE:
            return self.actor.person_id is None
        if role == SUBJECT_ROLE:
            return self.is_subject
        if self.department is None:
            return any(grant.role == role for grant in self.held)
        user: Any = self.actor
        return scope.covers(user=user, role=role, department=self.department, now=now, grants=self.held)

    def role_for(self, wanted: tuple[str, ...], now: datetime) -> str | None:
        """This will give the first of the wanted roles in which the person may act, or None."""
        return next((role for role in wanted if self.reaches(role, now)), None)

    def no_role(self, wanted: tuple[str, ...]) -> str:
        """This will say whose act it is, and whether the person has the role at another place."""
        names = "、".join(role_name(role) for role in wanted)
        if any(grant.role in wanted for grant in self.held):
            return _("不能由您办：您的%(roles)s职责不覆盖该单位") % {"roles": names}
        return _("不能由您办：这一步属于%(roles)s") % {"roles": names}

    def refusal(self, arrow: Arrow, role: str | None, now: datetime, wanted: tuple[str, ...]) -> str | None:
        """This will say why the arrow is closed to the person, whatever the object's state; None = open to him."""
        chosen = role if role in wanted and self.reaches(role or "", now) else None
        chosen = chosen or (None if role else self.role_for(wanted, now))
        if chosen is None:
            return self.no_role(wanted)
        if chosen in (SYSTEM_ROLE, SUBJECT_ROLE):
            return None
        if arrow.four_eyes and (why := self.other_hand(arrow)):
            return why
        return self.tie or self._closed_to_lender(arrow, chosen, now)

    def lender(self, role: str | None, now: datetime) -> Standing | None:
        """This will give where the lender stands if the actor has the role here only by a grant lent to him."""
        if not self.lenders or role is None:
            return None
        here = [grant for grant in self.held if grant.role == role and self._reached(grant)]
        if any(grant.person_id not in self.lenders for grant in here):
            return None
        return next((self.lenders[grant.person_id] for grant in here), None)

    def name_lender(self, wanted: tuple[str, ...], role: str | None, now: datetime) -> Actor | None:
        """This will name in the entry of the open act for whom the actor acts with a lent grant, and give that person."""
        stands = self.lender(role or self.role_for(wanted, now), now)
        if stands is None:
            return None
        behalf.name(stands.actor.person_id)
        return stands.actor

    def _reached(self, grant: RoleGrant) -> bool:
        return self.department is None or scope.reaches(grant, self.department)

    def _closed_to_lender(self, arrow: Arrow, role: str, now: datetime) -> str | None:
        """A stand-in never does what the one he stands in for may not do himself."""
        stands = self.lender(role, now)
        why = stands.refusal(arrow, role, now, (role,)) if stands else None
        return _("您是代办人，这一步对委托人本人也关闭：%(why)s") % {"why": why} if why else None

    def other_hand(self, arrow: Arrow) -> str | None:
        """This will say which hand in the object closes the arrow, or None."""
        return hands.refusal(
            self.hands, person_id=self.actor.person_id, part=arrow.part, act=arrow.label, noun=self.noun
        )


def role_name(role: str) -> str:
    """This will give a role's Chinese name, the pseudo roles included."""
    return {SYSTEM_ROLE: _("系统"), SUBJECT_ROLE: _("当事人")}.get(role) or roles.label(role)


def of(
    *,
    actor: Actor,
    obj: Any,
    department: Department | None,
    subject_person_id: UUID | None,
    is_subject: IsSubject | None,
    noun: str,
    now: datetime,
) -> Standing:
    """This will ask the database once for everything the arrows of an object need to know of a person."""
    user: Any = actor
    person = actor.person_id
    held: list[RoleGrant] = user.grants(now) if person is not None else []
    about: dict[str, Any] = {"obj": obj, "department": department, "subject_person_id": subject_person_id, "is_subject": is_subject,
             "noun": noun, "now": now}  # fmt: skip
    stands = _towards(actor, held, **about)
    for lender in behalf.lenders(held, person_id=person):
        own = [grant for grant in held if grant.person_id == lender.person_id]
        stands.lenders[lender.person_id] = _towards(lender, own, **about)
    return stands


def _towards(
    actor: Actor,
    held: list[RoleGrant],
    *,
    obj: Any,
    department: Department | None,
    subject_person_id: UUID | None,
    is_subject: IsSubject | None,
    noun: str,
    now: datetime,
) -> Standing:
    person = actor.person_id
    return Standing(
        actor=actor,
        department=department,
        subject_person_id=subject_person_id,
        is_subject=is_subject(obj, actor, held) if is_subject else person is not None and person == subject_person_id,
        held=held,
        hands=list(hands.of(obj).filter(person_id=person)) if person is not None else [],
        tie=recusals.between(person_id=person, department=department, subject_person_id=subject_person_id, now=now),
        noun=noun,
    )
