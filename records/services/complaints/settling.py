"""
Settling: what was true is put right by order of the superior, what was not is explained (发改财金〔2023〕1103号).

A default is confirmed only after a rectification ran out or was refused; even then a draft arises, never a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from records.models import Complaint, ComplaintState, MessageKind, Rectification, walls
from records.services import drafting, remarks
from records.services.complaints import telling
from records.services.complaints.telling import Author
from records.services.rectification import ordering
from records.services.rectification.judging import SERIOUS
from records.workflow import writing
from records.workflow.complaints import clocks
from records.workflow.complaints.machine import COMPLAINT
from rules.clock import local_day

DEFAULT = "CONTRACT_DEFAULT"
FACTS_LIMIT = 2000  # characters
ROLE = "supervisor"
REFUSED = "refused"  # only a second order can be refused: what comes of it is proposed as serious (domain 4.2)


def order(
    *,
    actor: User,
    complaint: Complaint,
    requirements: Sequence[str],
    limit_days: int | None = None,
    version: int,
    now: datetime,
) -> Complaint:
    """
    Order the department to put right what was found; this will name nothing of the complaint or its sender in the order.

    :param limit_days: calendar days; the parameter ``rectify.default_days`` where none is given
    :raises Invalid: no requirement, or a limit out of reason
    :raises NotAllowed: the actor is not above the department complained about
    """

    def then(ordered: Complaint) -> None:
        ordered.rectification = ordering.order(
            actor=actor,
            source=ordered,
            department=ordered.object_department,
            requirements=list(requirements),
            limit_days=limit_days,
            now=now,
        )
        ordered.save()
        said = _("经核查%(outcome)s，已责令%(unit)s限期整改。") % {
            "outcome": ordered.get_outcome_display(), "unit": ordered.object_name,
        }  # fmt: skip
        telling.tell(ordered, actor=actor, role=ROLE, kind=MessageKind.NOTICE, text=said, now=now)

    return COMPLAINT.perform("order", complaint, actor=actor, now=now, version=version, then=then)


def rectified(rectification: Rectification, now: datetime) -> None:
    """Answer the reporter when everything ordered was done; no record arises. This will run inside the act that accepted it."""
    complaint = _of(rectification)
    if complaint is None:
        return

    def then(settled: Complaint) -> None:
        said = _("经核查%(outcome)s，%(unit)s已按要求整改，验收通过。") % {
            "outcome": settled.get_outcome_display(), "unit": settled.object_name,
        }  # fmt: skip
        _answered(settled, by=Author(settled.handler_id), role="handler", text=said, now=now)

    COMPLAINT.perform("settle", complaint, actor=SYSTEM, now=now, then=then, answered_on=local_day(now))


def overdue(rectification: Rectification, now: datetime) -> None:
    """Ask the superior to confirm the default when the limit has passed; this will run inside the act of the clock."""
    _fail(rectification, "overdue", now)


def refused(rectification: Rectification, now: datetime) -> None:
    """Ask the superior to confirm the default when the department will not; this will run inside the open act."""
    _fail(rectification, REFUSED, now)


def _fail(rectification: Rectification, how: str, now: datetime) -> None:
    complaint = _of(rectification)
    if complaint is not None and complaint.failed_as != how:
        COMPLAINT.perform("note_failure", complaint, actor=SYSTEM, now=now, failed_as=how)


def _of(rectification: Rectification) -> Complaint | None:
    """The complaint a rectification was ordered for, while it still waits for its end; whoever ended it may not know of it."""
    walls.lift_for_act()
    return Complaint.objects.filter(rectification=rectification, state=ComplaintState.RECTIFYING).first()


def confirm_default(*, actor: User, complaint: Complaint, facts: str, version: int, now: datetime) -> Complaint:
    """
    Confirm that the department broke its word and would not mend it; this will open a draft record and answer the reporter.

    The draft goes the whole way of a record: first review, notice, recognition. It says nothing of the reporter.

    :param facts: what the draft will say, in the superior's own words
    :raises Conflict: the rectification neither ran out nor was refused
    :raises Invalid: no facts
    """
    told = writing.required(facts, field="facts", label=_("失信事实"), limit=FACTS_LIMIT, least=20)

    def then(confirmed: Complaint) -> None:
        confirmed.record = drafting.open_draft(
            actor=actor,
            department=clocks.lead_of(confirmed),
            subject_department=confirmed.object_department,
            source_type=DEFAULT,
            facts=told,
            origin=confirmed,
            severity=SERIOUS if confirmed.failed_as == REFUSED else "",
            note=_("上级查实并责令整改后逾期未改，确认违约失信"),  # nothing in the record may lead to the complaint
            role=ROLE,
            now=now,
        )
        confirmed.save()
        said = _("经核查%(outcome)s，%(unit)s没有按要求整改，已确认违约失信并启动失信记录程序。") % {
            "outcome": confirmed.get_outcome_display(), "unit": confirmed.object_name,
        }  # fmt: skip
        _answered(confirmed, by=actor, role=ROLE, text=said, now=now)

    return COMPLAINT.perform(
        "confirm_default",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=told,
        then=telling.noted(actor=actor, action="confirm_default", text=told[: remarks.LIMIT], now=now, then=then),
        answered_on=local_day(now),
    )


def answer(*, actor: User, complaint: Complaint, text: str, version: int, now: datetime) -> Complaint:
    """
    Explain to the reporter what was found and why it is not so; this will end the case without any record.

    :raises Invalid: the explanation is missing
    """
    said = telling.clean_answer(text, field="text", label=_("向举报人的解释说明"))

    def then(answered: Complaint) -> None:
        _answered(answered, by=actor, role="handler", text=said, now=now)

    return COMPLAINT.perform(
        "answer", complaint, actor=actor, now=now, version=version, then=then, answered_on=local_day(now)
    )


def _answered(complaint: Complaint, *, by: User | Author, role: str, text: str, now: datetime) -> None:
    telling.tell(complaint, actor=by, role=role, kind=MessageKind.ANSWER, text=text, now=now)
    clocks.answered(complaint, now=now)
