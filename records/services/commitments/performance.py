"""The claim that a promise was kept, with its proof, and the verdict on it by another office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from ledger.refusals import Invalid
from records import words
from records.models import Commitment, CommitmentState
from records.services import attachments, remarks
from records.services.commitments import publication
from records.workflow import writing
from records.workflow.commitments import telling
from records.workflow.commitments.machine import COMMITMENT
from rules import parameters
from rules.clock import local_day

PROOF = "performance"
NOTE_LIMIT = 1000  # characters
ON_TIME, BROKEN = Decimal(1), Decimal(0)


def claim(
    *,
    actor: User,
    commitment: Commitment,
    performed_on: date,
    note: str,
    proof: Iterable[UploadedFile[bytes]],
    version: int,
    now: datetime,
) -> Commitment:
    """
    Say that a promise was kept; this will hand it to the supervisor or the credit lead office for the verdict.

    An overdue one counts as late, whatever day is named.

    :param proof: at least one file, or files added to an earlier claim of the same promise
    :raises Invalid: no proof, or a day in the future or before the promise
    :raises Conflict: the due date is over and the clock has not turned the promise overdue yet
    """
    late = commitment.state == CommitmentState.OVERDUE
    text = writing.required(note, field="note", label=_("履行情况"), limit=NOTE_LIMIT)
    _check_day(commitment, performed_on, now)
    action = "claim_late" if late else "claim"

    def then(claimed: Commitment) -> None:
        remarks.note(claimed, actor=actor, action=action, text=text, now=now)
        for upload in proof:
            attachments.add(actor=actor, role="clerk", obj=claimed, kind=PROOF, upload=upload, now=now)
        if not attachments.held(claimed, PROOF).exists():
            raise Invalid(_("请至少附一份证明材料"), field="proof")

    return COMMITMENT.perform(
        action,
        commitment,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=then,
        claimant_id=actor.person_id,
        claimed_on=local_day(now),
        performed_on=performed_on,
        claim_note=text,
        is_late=late or performed_on > words.settled(commitment.due_on),
    )


def _check_day(promise: Commitment, performed_on: date, now: datetime) -> None:
    if performed_on > local_day(now):
        raise Invalid(_("履行日期不能晚于今天"), field="performed_on")
    if promise.starts_on is not None and performed_on < promise.starts_on:
        raise Invalid(_("履行日期不能早于承诺的起始日期"), field="performed_on")


def fulfil(
    *, actor: User, commitment: Commitment, score: int | None, note: str, version: int, now: datetime
) -> Commitment:
    """
    Find a promise kept; this will fix the score, the wording that was judged, and what the rate counts for it.

    :param score: 0-100
    :param note: read by the public where the promise is public
    :raises NotAllowed: the actor claimed, filed, reviewed or answers for it
    :raises Invalid: no score or no words
    """
    text = writing.clean(note, field="verdict_note", label=_("核定意见"), limit=NOTE_LIMIT, lines=True)

    def then(fulfilled: Commitment) -> None:
        remarks.note(fulfilled, actor=actor, action="fulfil", text=text, now=now)
        follow(fulfilled, now=now)

    return COMMITMENT.perform(
        "fulfil",
        commitment,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=then,
        **verdict(commitment, actor=actor, note=text, now=now),
        score=score,
        value=late_value(now) if commitment.is_late else ON_TIME,
    )


def verdict(promise: Commitment, *, actor: User, note: str, now: datetime) -> dict[str, Any]:
    """Return the columns every verdict writes: by whom, when, in which words, on which version of the promise."""
    return {
        "judge_id": actor.person_id,
        "judged_on": local_day(now),
        "judged_edition": promise.edition,
        "verdict_note": note,
        "ended_on": local_day(now),
    }


def late_value(now: datetime) -> Decimal:
    """Return what a promise kept late counts in the rate (indicator B1: half)."""
    return Decimal(str(parameters.value("commitment.late_value", on=local_day(now))))


def follow(promise: Commitment, *, now: datetime, op: str = "U") -> None:
    """Tell the platform and the public of what just happened to a promise, inside the open act."""
    telling.tell(promise, op=op, now=now)
    promise.save()
    publication.show(promise, now=now)


def not_accept(*, actor: User, commitment: Commitment, reason: str, version: int, now: datetime) -> Commitment:
    """
    Find a claim unproven; this will lead the promise back to be kept, and overdue at once where its day has passed.

    :raises Invalid: no reason
    """
    text = remarks.clean(reason)

    def then(back: Commitment) -> None:
        remarks.note(back, actor=actor, action="not_accept", text=text, now=now)
        lapse_if_due(back, now=now)

    returned = COMMITMENT.perform(
        "not_accept",
        commitment,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=then,
        performed_on=None,
        is_late=False,
    )
    returned.refresh_from_db()
    return returned


def lapse_if_due(promise: Commitment, *, now: datetime) -> bool:
    """Turn a running promise overdue where its last day is over, as the clock does at five past midnight."""
    if promise.state != CommitmentState.ACTIVE or local_day(now) <= words.settled(promise.due_on):
        return False
    lapse(promise, now=now)
    return True


def lapse(promise: Commitment, *, now: datetime) -> Commitment:
    """
    Turn a promise overdue; the public page shows it from now on, and the platform is told.

    :raises Conflict: its last day is not over, or it is not running any more
    """
    return COMMITMENT.perform(
        "lapse",
        promise,
        actor=SYSTEM,
        now=now,
        then=lambda overdue: follow(overdue, now=now),
        overdue_on=promise.overdue_on or local_day(now),
    )
