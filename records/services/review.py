"""First review in the department: pass a record on, or send it back with the reason."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from records.models import DishonestyRecord
from records.services import remarks
from records.workflow import reporters
from records.workflow.record import RECORD


def pass_on(
    *,
    actor: User,
    record: DishonestyRecord,
    version: int,
    now: datetime,
    note: str = "",
    points_to_nobody: bool = False,
) -> DishonestyRecord:
    """
    Pass a record; this will send it to the prior notice, or on to recognition where the source organ heard the subject.

    :param points_to_nobody: the reviewer has seen that no sentence could come from one reporter only; asked where it came of a complaint
    :raises Invalid: that question was not answered
    :raises NotAllowed: the actor filed or edited it, is tied to the subject, or reviews for another department
    """
    action = "pass_heard" if record.prior_hearing_by_source else "pass_on"
    words = remarks.clean(note, field="note")

    def then(passed: DishonestyRecord) -> None:
        reporters.checked(passed, points_to_nobody=points_to_nobody)
        remarks.keep(passed, actor=actor, action=action, text=words, now=now)

    return RECORD.perform(
        action,
        record,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        reviewer_id=actor.person_id,
        then=then,
    )


def send_back(*, actor: User, record: DishonestyRecord, reason: str, version: int, now: datetime) -> DishonestyRecord:
    """
    Return a record to the clerk with the reason; this will keep the reason in the record's history.

    :raises Invalid: no reason
    """
    words = remarks.clean(reason)
    return RECORD.perform(
        "send_back",
        record,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=lambda returned: remarks.keep(returned, actor=actor, action="send_back", text=words, now=now),
    )
