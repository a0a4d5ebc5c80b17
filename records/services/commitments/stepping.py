"""Milestones: reported with proof by one, checked or sent back by a second person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Invalid
from records.models import Milestone
from records.services import attachments, remarks
from records.services.commitments import publication
from records.workflow import writing
from records.workflow.commitments.milestones import MILESTONE
from rules.clock import local_day

PROOF = "milestone"
NOTE_LIMIT = 1000  # characters


def report(
    *,
    actor: User,
    milestone: Milestone,
    done_on: date,
    note: str,
    proof: Iterable[UploadedFile[bytes]],
    version: int,
    now: datetime,
) -> Milestone:
    """
    Say that a step is done; this will wait for a second person before it counts.

    :raises Invalid: no proof, no words, or a day in the future
    :raises Conflict: the promise does not run any more
    """
    text = writing.required(note, field="note", label=_("完成情况"), limit=NOTE_LIMIT)
    if done_on > local_day(now):
        raise Invalid(_("完成日期不能晚于今天"), field="done_on")

    def then(reported: Milestone) -> None:
        remarks.note(reported, actor=actor, action="report", text=text, now=now)
        for upload in proof:
            attachments.add(actor=actor, role="clerk", obj=reported, kind=PROOF, upload=upload, now=now)
        if not attachments.held(reported, PROOF).exists():
            raise Invalid(_("请至少附一份证明材料"), field="proof")

    return MILESTONE.perform(
        "report",
        milestone,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=then,
        note=text,
        done_on=done_on,
        reported_by_id=actor.person_id,
        reported_on=local_day(now),
        check_note="",
    )


def check(*, actor: User, milestone: Milestone, note: str, version: int, now: datetime) -> Milestone:
    """
    Find a step done; this will count its weight, on the public page too.

    :raises NotAllowed: the actor reported it, or answers for the promise
    """
    text = remarks.clean(note, field="note")

    def then(checked: Milestone) -> None:
        remarks.note(checked, actor=actor, action="check", text=text, now=now)
        publication.show(checked.commitment, now=now)

    return MILESTONE.perform(
        "check",
        milestone,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=then,
        checked_by_id=actor.person_id,
        checked_on=local_day(now),
        check_note=text,
    )


def send_back(*, actor: User, milestone: Milestone, reason: str, version: int, now: datetime) -> Milestone:
    """
    Find a step not proven; this will lead it back to undone with the reason.

    :raises Invalid: no reason
    """
    text = remarks.clean(reason)
    return MILESTONE.perform(
        "send_back",
        milestone,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=lambda back: remarks.note(back, actor=actor, action="send_back", text=text, now=now),
        edition=milestone.edition + 1,
        check_note=text,
        reported_by=None,
        reported_on=None,
        done_on=None,
    )
