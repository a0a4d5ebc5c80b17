"""The machine: it obeys a table of arrows, and the page, the API, the document and the tests read the same table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from accounts import act_names
from accounts.models import Department
from ledger import acts
from ledger.actors import Actor
from ledger.refusals import Missing
from rules.models import Proposal
from rules.workflow import carrying, checks, offering, proposals, repeats, standing
from rules.workflow.arrow import Arrow, Offer
from rules.workflow.checks import Attempt
from rules.workflow.standing import IsSubject, Standing

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
        is_subject: IsSubject | None = None,
        noun: str = "",
        state_field: str = "state",
        content_of: Callable[[M], Any] | None = None,
    ) -> None:
        self.model, self.name, self.label, self.noun = model, name, label, noun or label
        self.arrows = {arrow.action: arrow for arrow in arrows}
        self.department_of, self.subject_person_of = department_of, subject_person_of
        self.is_subject, self.state_field, self.content_of = is_subject, state_field, content_of
        MACHINES[name] = self
        act_names.register_arrows(name, {arrow.action: arrow.label for arrow in arrows})

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
        attempt = Attempt(self.arrows[action], actor, now, reason, version, role, request_key, changes, then)
        try:
            return self._perform(obj, attempt)
        except repeats.Repeated as again:
            if acts.is_open():
                raise
            first: M = again.obj
            return first

    def _perform(self, obj: M, attempt: Attempt) -> M:
        action, actor, now = attempt.arrow.action, attempt.actor, attempt.now
        kind, role = f"{self.name}.{action}", attempt.role or attempt.arrow.roles[0]
        with acts.act(kind=kind, actor=actor, role=role, obj=obj, now=now, reason=attempt.reason) as opened:
            locked = self.lock(obj)
            repeats.refuse_repeat(actor=actor, obj=locked, action=action, request_key=attempt.request_key)
            stands = self.standing_of(locked, actor, now)
            opened.in_role(attempt.role or stands.role_for(attempt.arrow.roles, now) or role)
            checks.whole(self, attempt, locked, stands)
            carrying.carry_out(self, attempt, locked)
            repeats.remember(actor=actor, obj=locked, action=action, request_key=attempt.request_key, now=now)
        return locked

    def offers(self, obj: M, *, actor: Actor, now: datetime) -> list[Offer]:
        """
        This will give every arrow people may press, for the buttons: open, or closed with the reason in words.

        Arrows of the system alone are left out. It asks the database a fixed number of questions, whatever the table.
        """
        return offering.offers(self, obj, actor=actor, now=now)

    def propose(
        self,
        action: str,
        obj: M,
        *,
        actor: Actor,
        now: datetime,
        reason: str,
        facts: dict[str, Any] | None = None,
        version: int | None = None,
    ) -> Proposal:
        """
        Open a proposal with its first signature, bound to the object's version and content.

        :raises Conflict: a proposal is open, or the arrow is closed in this state or by a guard
        :raises NotAllowed: the first signature belongs to another role, or a hand or recusal forbids it
        :raises Invalid: no reason is given
        :raises Stale: ``version`` is older than the object's
        """
        arrow = self.arrows[action]
        attempt = Attempt(arrow, actor, now, reason, version, arrow.signatures[0], "", facts or {})
        return proposals.open_proposal(self, obj, attempt)

    def sign(
        self,
        proposal: Proposal,
        *,
        actor: Actor,
        now: datetime,
        note: str = "",
        then: Callable[[M], None] | None = None,
        **changes: Any,
    ) -> M:
        """
        Add the next signature; the last one performs the arrow with ``changes``, runs ``then``, and gives the object moved.

        :raises Conflict: the proposal has lapsed, was decided, or the object changed since
        :raises NotAllowed: the same person signed before, or the signature belongs to another role
        """
        attempt = Attempt(self.arrows[proposal.action], actor, now, "", None, None, "", changes, then)
        signed: M = proposals.sign(self, proposal, attempt, note=note)
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

    def state_of(self, obj: M) -> str:
        """This will give the state an object is in."""
        return str(getattr(obj, self.state_field))

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
            actor=actor,
            obj=obj,
            department=self.department_of(obj),
            subject_person_id=self.subject_person_of(obj),
            is_subject=self.is_subject,
            noun=self.noun,
            now=now,
        )

    def check_state(self, arrow: Arrow, obj: M) -> None:
        """
        This will refuse an arrow that does not leave from the object's state.

        :raises Conflict: with the states it leaves from
        """
        checks.state(self, arrow, obj)
