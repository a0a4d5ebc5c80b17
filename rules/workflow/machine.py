"""The machine: it obeys a table of arrows, and the page, the API, the document and the tests read the same table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Department
from ledger import acts
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid, Missing, NotAllowed, Refused, Stale
from rules import deadlines
from rules.clock import local_day
from rules.models import Proposal
from rules.workflow import hands, proposals, repeats, standing
from rules.workflow.arrow import SYSTEM_ROLE, Arrow, GuardContext, Offer, Starts
from rules.workflow.standing import Standing

M = TypeVar("M", bound=models.Model)

MACHINES: dict[str, Machine[Any]] = {}
"""Every machine of the portal by name; the workflow document and the tests walk it."""


class Machine(Generic[M]):
    """
    A workflow: a model, the arrows between its states, and where an object belongs.

    The model has ``state``, ``version`` (+1 on every change) and ``edition`` (+1 on every new content).
    ``department_of`` gives the department whose scope counts, ``subject_person_of`` the natural person concerned,
    ``is_subject`` whether an actor speaks for the subject.
    """

    def __init__(
        self,
        model: type[M],
        arrows: Sequence[Arrow],
        *,
        name: str,
        label: str,
        department_of: Callable[[M], Department | None],
        subject_person_of: Callable[[M], UUID | None] = lambda obj: None,
        is_subject: Callable[[M, Actor, datetime], bool] | None = None,
        noun: str = "",
        state_field: str = "state",
        content_of: Callable[[M], Any] | None = None,
    ) -> None:
        self.model, self.name, self.label, self.noun = model, name, label, noun or label
        self.arrows = {arrow.action: arrow for arrow in arrows}
        self.department_of, self.subject_person_of = department_of, subject_person_of
        self.is_subject, self.state_field, self.content_of = is_subject, state_field, content_of
        MACHINES[name] = self

    def perform(
        self,
        action: str,
        obj: M,
        *,
        actor: Actor,
        now: datetime,
        reason: str = "",
        version: int | None = None,
        role: str | None = None,
        request_key: str = "",
        then: Callable[[M], None] | None = None,
        **changes: Any,
    ) -> M:
        """
        Move an object along one arrow; this will lock the row first, so of two who press together one succeeds.

        In one act: state, fields in ``changes``, version + 1, the actor's hand, deadlines closed and started, and the
        log entry ``<name>.<action>``. The same ``request_key`` from the same person gives the first result and writes
        nothing; a service that opens its own act around this carries ``@repeats.first_result``. ``then`` runs inside the
        same act once the row is written, so that what the service sets going stands in the same entry.

        :raises NotAllowed: role, scope, recusal or another hand of the same person forbids it (403)
        :raises Stale: ``version`` is older than the object's (409)
        :raises Conflict: the arrow does not leave from the object's state, needs signatures, or a guard closed it (409)
        :raises Invalid: a reason is needed and missing (422)
        :raises repeats.Repeated: performed before, inside an act of the caller's
        """
        try:
            return self._perform(
                action, obj, actor=actor, now=now, reason=reason, version=version, role=role,
                request_key=request_key, then=then, changes=changes,
            )
        except repeats.Repeated as again:
            if acts.is_open():
                raise
            first: M = again.obj
            return first

    def _perform(
        self, action: str, obj: M, *, actor: Actor, now: datetime, reason: str, version: int | None,
        role: str | None, request_key: str, then: Callable[[M], None] | None, changes: dict[str, Any],
    ) -> M:
        arrow = self.arrows[action]
        acting = role or self._role_of(arrow.roles, obj, actor, now)
        with acts.act(kind=f"{self.name}.{action}", actor=actor, role=acting, obj=obj, now=now, reason=reason):
            locked = self.lock(obj)
            repeats.refuse_repeat(actor=actor, obj=locked, action=action, request_key=request_key)
            if arrow.signatures:
                raise Conflict(_("“%(label)s”须多人先后签署，请先提议") % {"label": arrow.label})
            self._check(arrow, locked, actor=actor, now=now, reason=reason, version=version, role=role, changes=changes)
            self.carry_out(arrow, locked, actor=actor, now=now, changes=changes, then=then)
            repeats.remember(actor=actor, obj=locked, action=action, request_key=request_key, now=now)
        return locked

    def carry_out(
        self, arrow: Arrow, locked: M, *, actor: Actor, now: datetime, changes: dict[str, Any],
        then: Callable[[M], None] | None = None,
    ) -> None:
        """Write a checked arrow on the locked row; only the machine and its proposals call this, inside the act."""
        for field, value in changes.items():
            setattr(locked, field, value)
        if arrow.target is not None:
            setattr(locked, self.state_field, arrow.target)
        locked.version += 1  # type: ignore[attr-defined]
        locked.save()
        if arrow.part:
            hands.lay(actor=actor, obj=locked, part=arrow.part, noun=self.noun, now=now)
        for rule in arrow.closes:
            deadlines.close(obj=locked, rule=rule, now=now)
        for started in arrow.started():
            self._start(started, locked, now)
        if then is not None:
            then(locked)

    def offers(self, obj: M, *, actor: Actor, now: datetime) -> list[Offer]:
        """
        This will give every arrow people may press, for the buttons: open, or closed with the reason in words.

        Arrows of the system alone are left out. It asks the database a fixed number of questions, whatever the table.
        """
        stands = self.standing_of(obj, actor, now)
        return [
            self._offer(arrow, obj, stands, now)
            for arrow in self.arrows.values()
            if set(arrow.roles) != {SYSTEM_ROLE}
        ]

    def propose(
        self, action: str, obj: M, *, actor: Actor, now: datetime, reason: str, facts: dict[str, Any] | None = None,
        version: int | None = None,
    ) -> Proposal:
        """
        Open a proposal with its first signature, bound to the object's version and content.

        :raises Conflict: a proposal is open, or the arrow is closed in this state or by a guard
        :raises NotAllowed: the first signature belongs to another role, or a hand or recusal forbids it
        """
        return proposals.open_proposal(
            self, self.arrows[action], obj, actor=actor, now=now, reason=reason, facts=facts or {}, version=version
        )

    def sign(
        self, proposal: Proposal, *, actor: Actor, now: datetime, note: str = "",
        then: Callable[[M], None] | None = None, **changes: Any,
    ) -> M:
        """
        Add the next signature; the last one performs the arrow with ``changes``, then ``then``, and gives the object moved.

        :raises Conflict: the proposal has lapsed, was decided, or the object changed since
        :raises NotAllowed: the same person signed before, or the signature belongs to another role
        """
        signed: M = proposals.sign(self, proposal, actor=actor, now=now, note=note, then=then, changes=changes)
        return signed

    def decline(self, proposal: Proposal, *, actor: Actor, now: datetime, note: str) -> Proposal:
        """
        Refuse the next signature; this will close the proposal and leave the object as it is.

        :raises Invalid: no reason is given
        """
        return proposals.decline(self, proposal, actor=actor, now=now, note=note)

    def open_proposal(self, obj: M, action: str, *, now: datetime) -> Proposal | None:
        """This will give the open proposal of an arrow on an object, unless it has lapsed."""
        return proposals.find_open(self, obj, action, now=now)

    def state_label(self, state: str) -> str:
        """This will give a state's official words."""
        field: Any = self.model._meta.get_field(self.state_field)
        return str(dict(field.flatchoices).get(state, state))

    def states(self) -> list[str]:
        """This will give every state of the model, in its order."""
        field: Any = self.model._meta.get_field(self.state_field)
        return [str(code) for code, _label in field.flatchoices]

    def lock(self, obj: M) -> M:
        """
        This will read the object again and hold its row until the act ends.

        :raises Missing: it does not exist
        """
        locked = self.model._default_manager.select_for_update(of=("self",)).filter(pk=obj.pk).first()
        if locked is None:
            raise Missing(_("没有这件%(noun)s") % {"noun": self.noun})
        return locked

    def standing_of(self, obj: M, actor: Actor, now: datetime) -> Standing:
        """This will say where a person stands towards an object."""
        return standing.of(
            actor=actor, obj=obj, department=self.department_of(obj), subject_person_id=self.subject_person_of(obj),
            is_subject=self.is_subject, noun=self.noun, now=now,
        )

    def check_state(self, arrow: Arrow, obj: M) -> None:
        """
        This will refuse an arrow that does not leave from the object's state.

        :raises Conflict: with the states it leaves from
        """
        state = getattr(obj, self.state_field)
        if state not in arrow.sources:
            raise Conflict(self.wrong_state(arrow, state))

    def wrong_state(self, arrow: Arrow, state: str) -> str:
        """This will say in which states an arrow is open."""
        wanted = "、".join(self.state_label(each) for each in self.states() if each in arrow.sources)
        return _("现在不能%(label)s：%(noun)s处于“%(state)s”，须在“%(wanted)s”时办") % {
            "label": arrow.label, "noun": self.noun, "state": self.state_label(state), "wanted": wanted,
        }

    def check_version(self, obj: M, version: int | None) -> None:
        """
        This will refuse a form made on an older version.

        :raises Stale: the object has moved on
        """
        held: int = obj.version  # type: ignore[attr-defined]
        if version is not None and held != version:
            raise Stale(
                _("没有保存：您看的是第 %(seen)d 版，现在已是第 %(held)d 版，请先看改了什么") % {"seen": version, "held": held}
            )

    def check_guards(self, arrow: Arrow, context: GuardContext) -> None:
        """
        This will ask the arrow's guards in order.

        :raises Refused: the first that closes it
        """
        for guard in arrow.guards:
            said = guard(context)
            if isinstance(said, Refused):
                raise said
            if said:
                raise Conflict(said)

    def _check(
        self, arrow: Arrow, locked: M, *, actor: Actor, now: datetime, reason: str, version: int | None,
        role: str | None, changes: dict[str, Any],
    ) -> None:
        if why := self.standing_of(locked, actor, now).refusal(arrow, role, now, arrow.roles):
            raise NotAllowed(why)
        self.check_version(locked, version)
        self.check_state(arrow, locked)
        if arrow.needs_reason and not reason.strip():
            raise Invalid(_("请写明理由"), field="reason")
        self.check_guards(arrow, GuardContext(locked, actor, now, changes))

    def _offer(self, arrow: Arrow, obj: M, stands: Standing, now: datetime) -> Offer:
        state = getattr(obj, self.state_field)
        wanted = arrow.signatures[:1] or arrow.roles
        if why := stands.refusal(arrow, None, now, wanted):
            return Offer(arrow, False, why)
        if state not in arrow.sources:
            return Offer(arrow, False, self.wrong_state(arrow, state))
        try:
            self.check_guards(arrow, GuardContext(obj, stands.actor, now, offering=True))
        except Refused as refused:
            return Offer(arrow, False, refused.message)
        return Offer(arrow, True)

    def _role_of(self, wanted: tuple[str, ...], obj: M, actor: Actor, now: datetime) -> str:
        """The role the entry will name; where the person has none, the one the arrow asks for."""
        if SYSTEM_ROLE in wanted and actor.person_id is None:
            return SYSTEM_ROLE
        return self.standing_of(obj, actor, now).role_for(wanted, now) or wanted[0]

    def _start(self, started: Starts, locked: M, now: datetime) -> None:
        owner = started.owner_role or self._next_role(started.rule)
        department = started.owner_department(locked) if started.owner_department else self.department_of(locked)
        deadlines.start(
            obj=locked, rule=started.rule, started_on=started.started_on(locked, local_day(now)), owner_role=owner,
            owner_department=department, now=now,
        )

    def _next_role(self, rule: str) -> str:
        """Who holds a deadline: the first role of an arrow that closes it."""
        return next((arrow.roles[0] for arrow in self.arrows.values() if rule in arrow.closes), "")
