"""Acts that need a second person within 24 hours: how they are asked for, answered, and how they lapse.

Source: separation of duties, rule 5 (role grants, tree moves, scopes of clients).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import AdminProposal
from accounts.services.permission import permitted
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid, NotAllowed

LAPSES_AFTER = timedelta(hours=24)


def propose(
    *, actor: Actor, name: str, kind: str, reason: str, now: datetime, check: Callable[[], None], **about: Any
) -> AdminProposal:
    """Ask for an act; `name` is the row of the policy, `check` refuses what cannot be, `about` are the proposal's columns.

    :raises Invalid: where no reason is given.
    """
    with permitted(kind=f"accounts.propose_{kind}", actor=actor, name=name, now=now, reason=reason) as opened:
        if not reason.strip():
            raise Invalid(_("请写明理由"), field="reason")
        check()
        proposal = AdminProposal(
            kind=kind,
            reason=reason.strip()[:500],
            proposed_by_id=_person_of(actor),
            proposed_at=now,
            lapses_at=now + LAPSES_AFTER,
            **about,
        )
        proposal.save()
        opened.about(proposal)
    return proposal


def _person_of(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotAllowed(_("这件事只能由自然人提出"))
    return actor.person_id


def answer(proposal: AdminProposal, *, actor: Actor, state: str, now: datetime) -> AdminProposal:
    """Lock the proposal and write the answer of a second person; call it inside an act.

    :raises NotAllowed: where the same person, or the one it is about, answers. :raises Conflict: answered or lapsed.
    """
    row: AdminProposal = (
        AdminProposal.objects.select_for_update(of=("self",)).select_related("person", "department").get(pk=proposal.pk)
    )
    if row.state != AdminProposal.State.OPEN:
        raise Conflict(_("这一事项已经办过：%(state)s") % {"state": row.get_state_display()})
    if now >= row.lapses_at:
        raise Conflict(_("提出后 24 小时内没有复核，已失效；请重新提出"))
    if actor.person_id in (row.proposed_by_id, row.person_id) and state == AdminProposal.State.CONFIRMED:
        raise NotAllowed(_("须由提出人和当事人以外的另一人复核"))
    row.state = state
    row.decided_by_id = actor.person_id
    row.decided_at = now
    row.save()
    return row
