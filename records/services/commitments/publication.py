"""The public copy of a promise: shown when it is given, one version further with every act, taken down after its last day."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from disclosure import publishing
from ledger.actors import SYSTEM, Actor
from ledger.refusals import Conflict
from records.models import Commitment
from records.services import remarks
from records.workflow.commitments import document, publicity
from records.workflow.commitments.clocks import PUBLICITY
from records.workflow.commitments.machine import COMMITMENT
from rules import deadlines
from rules.clock import local_day


def at_once(promise: Commitment, *, now: datetime) -> None:
    """
    Show a promise that was just given where its mode says so and the text scan is clean.

    With hits it waits, and the clock of proactive publication runs for the reviewer (政府信息公开条例 art. 26).
    """
    if promise.disclosure_mode not in publicity.SHOWN:
        return
    if publicity.hits(promise):
        promise.publication_waits = True
        promise.save()
        deadlines.start(
            obj=promise,
            rule=PUBLICITY,
            started_on=local_day(now),
            owner_role="reviewer",
            owner_department=promise.department,
            now=now,
        )
        return
    _publish(promise, actor=SYSTEM, reason="", version=None, now=now)
    promise.refresh_from_db()


def publish(*, actor: User, commitment: Commitment, reason: str, version: int, now: datetime) -> Commitment:
    """
    Show a promise whose text scan had hits; this will stop the clock of publication.

    :param reason: why the hits are false ones; it is kept with the promise
    :raises NotAllowed: the actor wrote the promise himself
    :raises Conflict: there are hits and no reason, or it is shown already
    """
    words = remarks.clean(reason)
    return _publish(commitment, actor=actor, reason=words, version=version, now=now)


def _publish(promise: Commitment, *, actor: Actor, reason: str, version: int | None, now: datetime) -> Commitment:
    def then(shown: Commitment) -> None:
        remarks.note(shown, actor=actor, action="publish", text=reason, now=now)
        show(shown, now=now)

    return COMMITMENT.perform(
        "publish",
        promise,
        actor=actor,
        now=now,
        version=version,
        reason=reason,
        then=then,
        publication_reason=reason,
        publication_waits=False,
        public_from=local_day(now),
        public_until=publicity.last_day(promise, today=local_day(now)),
    )


def show(promise: Commitment, *, now: datetime, corrected: str = "") -> None:
    """
    Write the public copy anew as one version further, inside the open act; a promise that is not shown stays so.

    :param corrected: what was amended, in the words the page shows
    """
    today = local_day(now)
    if promise.public_from is None or promise.public_until is None or promise.public_until < today:
        return
    promise.public_version += 1
    promise.public_until = max(promise.public_until, publicity.last_day(promise, today=today))
    promise.save()
    copy = document.of(promise)
    if corrected:
        publishing.correct(document=copy, what=corrected, now=now)
    elif promise.public_version == 1:
        publishing.publish(document=copy, now=now)
    else:
        publishing.renew(document=copy, now=now)


def retire_due(*, now: datetime) -> int:
    """Take down what was public until yesterday; this will do nothing the second time. Return how many were taken down."""
    over = Commitment.objects.filter(public_until__lt=local_day(now))
    return sum(_retire(promise, now=now) for promise in over.order_by("public_until", "number"))


def _retire(promise: Commitment, *, now: datetime) -> bool:
    def then(retired: Commitment) -> None:
        retired.public_version += 1
        retired.public_until = None  # the first day stays: what has ended is never shown again
        retired.save()
        publishing.end(document_id=retired.id, version=retired.public_version, kind="expired", now=now)

    try:
        COMMITMENT.perform("retire", promise, actor=SYSTEM, now=now, then=then)
    except Conflict:  # another worker was quicker, or the days moved since the list was read
        return False
    return True
