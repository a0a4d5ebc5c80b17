"""Review of a promise in the department: pass it, so that it is given, or send it back with the reason."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from records.models import Commitment
from records.services import remarks
from records.services.commitments import paying, publication, versions
from records.workflow.commitments import telling
from records.workflow.commitments.machine import COMMITMENT
from rules.clock import local_day


def activate(*, actor: User, commitment: Commitment, version: int, now: datetime, note: str = "") -> Commitment:
    """
    Pass a promise; this will give it: the words bind from today, the platform is told, and it is shown where its mode says so.

    :raises NotAllowed: the actor filed or edited it, answers for it, or reviews for another department
    :raises Conflict: its due date is over
    """
    words = remarks.clean(note, field="note")

    def then(given: Commitment) -> None:
        remarks.note(given, actor=actor, action="activate", text=words, now=now)
        versions.approve(given, approved_by=actor.person_id, now=now)
        take_effect(given, now=now)

    return COMMITMENT.perform(
        "activate",
        commitment,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=then,
        reviewer_id=actor.person_id,
        activated_on=local_day(now),
    )


def take_effect(given: Commitment, *, now: datetime) -> None:
    """Tell the platform of a new promise, show it at once or let it wait for an answer to the scan, start its payments."""
    telling.tell(given, op="C", now=now)
    given.save()
    publication.at_once(given, now=now)
    paying.follow(given, now=now)


def send_back(*, actor: User, commitment: Commitment, reason: str, version: int, now: datetime) -> Commitment:
    """
    Return a promise to the clerk with the reason; this will keep the reason in its history.

    :raises Invalid: no reason
    """
    words = remarks.clean(reason)
    return COMMITMENT.perform(
        "send_back",
        commitment,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=lambda returned: remarks.note(returned, actor=actor, action="send_back", text=words, now=now),
    )
