"""The unit's part: it signs for the order, plans, answers every point with evidence, may ask for more time, hands in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records import report as reporting
from records.models import Attachment, Rectification
from records.services import attachments, following, pausing, remarks
from records.workflow import writing
from records.workflow.duties.rectification import EVIDENCE, LIMITS, RECTIFICATION, WRITABLE
from rules.clock import local_day

TEXT_LIMIT = 2000


def receive(*, actor: User, rectification: Rectification, version: int, now: datetime) -> Rectification:
    """
    Sign for the order; this will end the clock of the receipt, not that of the work.

    :raises Conflict: it was signed for before
    """
    before = _told(rectification)
    return RECTIFICATION.perform(
        "receive",
        rectification,
        actor=actor,
        now=now,
        version=version,
        then=lambda held: following.rectification(held.record, before=before, now=now),
        receiver_id=actor.person_id,
        received_on=local_day(now),
    )


def _told(rectification: Rectification) -> str:
    return reporting.rectification_state(rectification.record) if rectification.record else ""


def begin(*, actor: User, rectification: Rectification, plan: str, version: int, now: datetime) -> Rectification:
    """
    Begin the work with a plan that the superior can read.

    :raises Invalid: no plan
    """
    words = writing.required(plan, field="plan", label=_("整改安排"), limit=TEXT_LIMIT)
    return RECTIFICATION.perform(
        "begin",
        rectification,
        actor=actor,
        now=now,
        version=version,
        then=lambda held: remarks.note(held, actor=actor, action="begin", text=words[: remarks.LIMIT], now=now),
        plan=words,
    )


def answer(
    *,
    actor: User,
    rectification: Rectification,
    answers: Mapping[int, str],
    report: str,
    version: int,
    now: datetime,
) -> Rectification:
    """
    Keep what was done so far, point by point; this will not hand it in yet.

    :param answers: text by the place of the point
    :raises Invalid: a text is not clean
    """
    clean = {
        place: writing.clean(
            text, field=f"answer_{place}", label=_("第 %d 项整改情况") % place, limit=TEXT_LIMIT, lines=True
        )
        for place, text in answers.items()
    }
    words = writing.clean(report, field="report", label=_("整改报告"), limit=TEXT_LIMIT, lines=True)

    def then(held: Rectification) -> None:
        for item in held.items.filter(place__in=clean):
            if item.answer != clean[item.place]:
                item.answer = clean[item.place]
                item.save()

    return RECTIFICATION.perform(
        "answer", rectification, actor=actor, now=now, version=version, then=then, report=words
    )


def attach(
    *, actor: User, rectification: Rectification, place: int, upload: UploadedFile[bytes], now: datetime
) -> Attachment:
    """
    Keep a file as evidence of one point.

    :raises NotAllowed: the actor does not work for the unit
    :raises Conflict: the order is not being worked on
    :raises Invalid: no such point, or the file is not acceptable
    """
    arrow = RECTIFICATION.arrows["answer"]
    with acts.act(kind="rectification.attach", actor=actor, role="clerk", obj=rectification, now=now):
        held = RECTIFICATION.lock(rectification)
        if why := RECTIFICATION.standing_of(held, actor, now).refusal(arrow, None, now, arrow.roles):
            raise NotAllowed(why)
        if held.state not in WRITABLE:
            raise Conflict(_("整改处于“%s”，不能再添加证据") % held.get_state_display())
        if not held.items.filter(place=place).exists():
            raise Invalid(_("没有这一项要求"), field="place")
        return attachments.add(actor=actor, role="clerk", obj=held, kind=f"{EVIDENCE}-{place}", upload=upload, now=now)


def request_extension(
    *, actor: User, rectification: Rectification, days: int, reason: str, version: int, now: datetime
) -> Rectification:
    """
    Ask for more time, once and before the limit; the old limit runs on until the superior agrees.

    :param days: calendar days
    :raises Invalid: too many days, or no reason
    :raises Conflict: asked before, or the limit has passed
    """
    words = remarks.clean(reason)
    return RECTIFICATION.perform(
        "request_extension",
        rectification,
        actor=actor,
        now=now,
        version=version,
        then=lambda held: remarks.note(held, actor=actor, action="request_extension", text=words, now=now),
        extension_days=days,
        extension_reason=words,
    )


def submit(*, actor: User, rectification: Rectification, version: int, now: datetime) -> Rectification:
    """
    Hand in report, answers and evidence; this will stop the unit's clocks and start that of the superior.

    :raises Conflict: a point has no answer or no evidence
    :raises Invalid: no report
    """
    changes: dict[str, Any] = {"submitter_id": actor.person_id, "submitted_on": local_day(now)}

    def then(held: Rectification) -> None:
        remarks.note(held, actor=actor, action="submit", text=held.report[: remarks.LIMIT], now=now)
        pausing.pause(held, rules=LIMITS, reason=_("验收期间停计"), now=now)

    return RECTIFICATION.perform("submit", rectification, actor=actor, now=now, version=version, then=then, **changes)
