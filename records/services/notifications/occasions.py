"""What is told to whom: every occasion on which the portal speaks to its own people, in one table that all services obey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Department, Person, User
from records.models import NoticeKind, Notification
from records.selectors.notifications import addressees, matters
from records.services.notifications.sending import notify
from records.workflow.lazily import lazily

OWNER, SUPERIORS = "owner", "superiors"  # whoever holds the deadline; the heads and supervisors above a department


@dataclass(frozen=True)
class Circle:
    """Everybody in a role at one of the departments the occasion names, and how the notice is marked for them."""

    role: str
    place: str
    kind: NoticeKind


@dataclass(frozen=True)
class Occasion:
    """
    One row: the sentence, and the circles in their order; who stands in two is told once, as in the first.

    ``person`` is the mark of the notice to persons the service names besides. The sentence may hold ``%(what)s``: the
    case as the reader may know it.
    """

    say: str
    to: tuple[Circle, ...] = ()
    person: NoticeKind = NoticeKind.CASE


K = NoticeKind
OCCASIONS: dict[str, Occasion] = {
    # --- deadlines of any case (feature S11)
    "deadline.near": Occasion(
        lazily("%(what)s快到期：%(label)s，%(day)s止，%(left)s"), (Circle(OWNER, "holder", K.REMINDER),)
    ),
    "deadline.missed": Occasion(
        lazily("%(what)s逾期：%(label)s到%(day)s止没有办结（%(owner)s），%(left)s"),
        (Circle("head", "holder", K.ESCALATION), Circle(OWNER, "holder", K.OVERDUE)),
    ),
    "deadline.climbed": Occasion(
        lazily("%(what)s逾期：%(label)s到%(day)s止没有办结（%(owner)s），%(left)s"),
        (Circle(SUPERIORS, "holder", K.ESCALATION),),
    ),
    # --- an objection that was not decided in time goes to the superior office (domain 4.3)
    "objection.climbed": Occasion(
        lazily("%(what)s逾期没有%(missed)s（应于%(day)s前），已由%(before)s转%(after)s办理"),
        (
            Circle("appeals", "after", K.ESCALATION),
            Circle("head", "after", K.ESCALATION),
            Circle("head", "before", K.ESCALATION),
            Circle("appeals", "before", K.OVERDUE),
        ),
    ),
    # --- an objection whose office has nobody independent left goes up at once (security 2.3)
    "objection.handed_up": Occasion(
        lazily("%(what)s由%(before)s转%(after)s办理：%(before)s没有可以独立办理的异议处理人"),
        (Circle("appeals", "after", K.CASE),),
    ),
    # --- the platform has not answered, refuses our signature, or cannot be believed (domain 4.8)
    "platform.alarm": Occasion(lazily("报送要人处理：%(alarm)s，%(n)d 件"), (Circle("approver", "office", K.ALARM),)),
    # --- promises and their payments
    "promise.near": Occasion(
        lazily("承诺“%(title)s”（%(number)s）快到期：%(day)s，%(left)s"),
        (Circle("clerk", "unit", K.REMINDER),),
        K.REMINDER,
    ),
    "payment.near": Occasion(
        lazily("向%(payee)s付款 %(sum)s 快到期：%(day)s止，%(left)s（承诺 %(number)s）"),
        (Circle("clerk", "unit", K.REMINDER),),
        K.REMINDER,
    ),
    # --- whom a record, objection, repair or claim concerns: the official himself, or the unit
    "concerned.official": Occasion(lazily("%(text)s")),
    "concerned.unit": Occasion(lazily("%(text)s"), (Circle("head", "unit", K.CASE), Circle("clerk", "unit", K.CASE))),
    # --- a rectification is ordered (domain 4.6)
    "rectification.ordered": Occasion(
        lazily("责令整改%(number)s：请于%(receipt)s前（含当日）签收，%(until)s前（含当日）完成整改"),
        (Circle("head", "unit", K.CASE),),
    ),
    "rectification.ordered_again": Occasion(
        lazily("再次责令整改%(number)s：请于%(until)s前（含当日）完成整改，仍不整改的认定为拒不整改"),
        (Circle("head", "unit", K.CASE),),
    ),
    # --- stand-ins
    "delegation.asked": Occasion(lazily("%(grantor)s提出委托%(delegate)s代办，等您确认"), person=K.DELEGATION),
    "delegation.confirmed": Occasion(
        lazily("委托已确认：%(from)s至%(to)s，%(delegate)s代%(grantor)s办理"), person=K.DELEGATION
    ),
    "delegation.ended": Occasion(lazily("委托已终止：%(delegate)s不再代%(grantor)s办理"), person=K.DELEGATION),
}


@dataclass(frozen=True)
class _Telling:
    """One call: the row of the table, what it is about, its words and its key."""

    row: Occasion
    case: models.Model | None
    about: tuple[str, str] | None
    words: Mapping[str, object]
    now: datetime
    once: str

    def to(self, user: User, circle: Circle) -> list[Notification]:
        """Tell one of a circle as much as he may know, or nothing."""
        if self.about is None:
            return self.write([user.person], circle.kind, self.case, self.words)
        matter = matters.seen(*self.about, reader=user, now=self.now)
        if matter is None and not _may_hear(circle, user, self.about, self.now):
            return []
        what = matter.words if matter else _unnamed(self.about[0])
        return self.write([user.person], circle.kind, matter.case if matter else None, {**self.words, "what": what})

    def write(
        self, to: Iterable[Person], kind: NoticeKind, case: models.Model | None, words: Mapping[str, object]
    ) -> list[Notification]:
        """Write the notices."""
        return notify(to=to, kind=kind, obj=case, text=str(self.row.say) % words, now=self.now, once=self.once)


def tell(
    name: str,
    *,
    places: Mapping[str, Department | None] | None = None,
    persons: Iterable[Person] = (),
    holders: Iterable[User] = (),
    case: models.Model | None = None,
    about: tuple[str, str] | None = None,
    words: Mapping[str, object],
    now: datetime,
    once: str = "",
) -> list[Notification]:
    """
    Tell everybody the table names for an occasion, each once, inside the open act or in one of its own.

    :param persons: those the service names besides the circles
    :param holders: whom the circle ``owner`` means
    :param case: what the notice leads to, for circles that may all open it
    :param about: type and key of a case that not everybody may open: each is told as much as he may know
    """
    telling = _Telling(OCCASIONS[name], case, about, words, now, once)
    named = list(persons)
    made = telling.write(named, telling.row.person, case, words) if named else []
    told = {person.pk for person in named}
    for circle in telling.row.to:
        for user in _users(circle, (places or {}).get(circle.place), holders, now):
            if user.person_id not in told:
                told.add(user.person_id)
                made += telling.to(user, circle)
    return made


def _users(circle: Circle, place: Department | None, holders: Iterable[User], now: datetime) -> list[User]:
    if circle.role == OWNER:
        return list(holders)
    if place is None:
        return []
    if circle.role == SUPERIORS:
        return addressees.superiors(place, now=now)
    if circle.role == "head":
        return addressees.heads(place, now=now)
    return addressees.holding(circle.role, place, now=now)


def _may_hear(circle: Circle, user: User, about: tuple[str, str], now: datetime) -> bool:
    """
    Whether somebody who may not open a case hears that there is one.

    Of a sealed kind only who answers for an overdue office hears it, and only where the kind says that he may.
    """
    kind = matters.kind_of(about[0])
    if kind is None or not kind.is_sealed:
        return True
    return circle.kind == NoticeKind.ESCALATION and kind.may_hear is not None and kind.may_hear(about[1], user, now)


def _unnamed(object_type: str) -> str:
    kind = matters.kind_of(object_type)
    return _("有一件%(noun)s") % {"noun": str(kind.machine.label) if kind else _("事项")}
