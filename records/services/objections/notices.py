"""更正公告: a wrong record that was public is put right in public, at the request of the one it wronged (国发〔2016〕76号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from accounts import masking
from accounts.models import User
from disclosure import publishing
from disclosure.publishing import PublicDocument
from ledger import acts
from ledger.actors import SYSTEM
from records import words
from records.models import CorrectionNotice, DishonestyRecord, Objection, ObjectionDecision, Outcome
from records.workflow.objections import outcomes
from records.workflow.objections.machine import OBJECTION
from rules import parameters
from rules.clock import local_day

KIND = "correction_notice"
DAYS = "objection.correction_notice_days"


def request(*, actor: User, objection: Objection, version: int, now: datetime) -> CorrectionNotice:
    """
    Publish the correction notice of an upheld objection; this will show it at once, for the days the rules give.

    :raises Conflict: the objection was not upheld, the record was never public, or the notice stands already
    """
    made: list[CorrectionNotice] = []

    def then(locked: Objection) -> None:
        decision = words.settled(outcomes.last_decision(locked))
        title, text = wording(decision, locked.record)
        ground = Ground(
            number=decision.document_number,
            organ=decision.office_name,
            day=decision.decided_on,
            event=_("异议成立"),
            basis=_("公示过的失信记录有误，应当事人要求公布更正，消除影响"),
        )
        notice = show(
            record=locked.record, title=title, text=text, ground=ground, actor=actor, now=now, decision=decision
        )
        made.append(notice)

    OBJECTION.perform("request_notice", objection, actor=actor, now=now, version=version, then=then)
    return made[0]


def preview(objection: Objection) -> tuple[str, str]:
    """Return title and text a notice would have; empty where there is no upheld decision."""
    decision = outcomes.last_decision(objection)
    if decision is None or decision.outcome == Outcome.DISMISS:
        return "", ""
    return wording(decision, objection.record)


def wording(decision: ObjectionDecision, record: DishonestyRecord) -> tuple[str, str]:
    """Return title and text of the notice: what was done and by which decision, nothing of the old content."""
    whom = who(record)
    done = {
        Outcome.REVOKE.value: _("撤销"),
        Outcome.CORRECT.value: _("更正"),
        Outcome.STOP.value: _("停止公示"),
    }[decision.outcome]
    title = _("关于%(done)s%(who)s失信记录的更正公告") % {"done": done, "who": whom}
    text = _(
        "%(office)s曾于%(on)s起公示关于%(who)s的失信记录（编号 %(number)s）。经异议处理，异议成立，依%(document)s于%(day)s决定"
        "%(done)s该记录。"
    ) % {
        "office": record.lead_name,
        "on": words.day(record.public_from),
        "who": whom,
        "number": record.number,
        "document": decision.document_number,
        "day": words.day(decision.decided_on),
        "done": done,
    }
    return title, text + "\n" + _after(decision.outcome)


def _after(outcome: str) -> str:
    return {
        Outcome.REVOKE.value: _(
            "该记录自始不应被引用，据此采取的惩戒措施已经解除。请转载、引用过的单位和个人一并更正，消除影响。"
        ),
        Outcome.CORRECT.value: _("请以更正后的公示内容为准。请转载、引用过的单位和个人一并更正。"),
        Outcome.STOP.value: _("该记录不再公示。请转载过的单位和个人一并撤下。"),
    }[outcome]


def who(record: DishonestyRecord) -> str:
    """Return whom a notice is about, a person masked as everywhere in public."""
    if not record.is_person:
        return record.subject_unit_name
    return f"{record.subject_unit_name}{masking.name(record.subject_name)}"


@dataclass(frozen=True)
class Ground:
    """What a notice rests on: which office put what right, when, under which number, and how pages call it."""

    number: str
    organ: str
    day: date
    event: str
    basis: str


def show(
    *, record: DishonestyRecord, title: str, text: str, ground: Ground, actor: User, now: datetime, **source: Any
) -> CorrectionNotice:
    """
    Keep a notice and show it at once, for the days the rules give, inside the open act.

    :param source: the decision or the withdrawn record it puts right in public
    """
    today = local_day(now)
    notice = CorrectionNotice(
        id=uuid4(),
        title=title,
        text=text,
        requested_by_id=actor.person_id,
        shown_from=today,
        shown_until=today + timedelta(days=int(parameters.value(DAYS, on=today))),
        **source,
    )
    notice.save()
    publishing.publish(document=_document(notice, record, ground), now=now)
    return notice


def _document(notice: CorrectionNotice, record: DishonestyRecord, ground: Ground) -> PublicDocument:
    unit = record.subject_department
    return PublicDocument(
        id=notice.id,
        version=1,
        kind=KIND,
        number=ground.number,
        title=notice.title,
        department_uscc=record.subject_code,
        department_name=record.subject_unit_name,
        division_code=unit.division_code,
        ancestors=(*(above.uscc for above in unit.ancestors()), unit.uscc),
        areas=(),
        source_type="",
        severity="",
        decided_on=ground.day,
        visible_from=notice.shown_from,
        visible_until=notice.shown_until,
        fields={
            "organ": ground.organ,
            "paragraphs": notice.text.split("\n"),
            "points": [],
            "history": [{"day": ground.day.isoformat(), "title": ground.event, "note": ""}],
        },
        why={
            "basis": ground.basis,
            "clause": _("从公布之日起 %d 天") % (notice.shown_until - notice.shown_from).days,
            "start": notice.shown_from.isoformat(),
            "last_day": notice.shown_until.isoformat(),
            "decided_by": ground.organ,
            "repair_from": "",
            "ends_earlier": "",
        },
        is_person=record.is_person,
    )


def end_due(*, now: datetime) -> int:
    """End every notice whose last day has passed; this will do nothing the second time. Return how many ended."""
    due = CorrectionNotice.objects.filter(ended_on=None, shown_until__lt=local_day(now))
    ended = 0
    for notice in due.order_by("shown_until", "id"):
        ended += _end(notice, day=local_day(now), now=now)
    return ended


def _end(notice: CorrectionNotice, *, day: date, now: datetime) -> bool:
    with acts.act(kind="objection.end_notice", actor=SYSTEM, role="system", obj=notice, now=now):
        held = CorrectionNotice.objects.select_for_update().get(pk=notice.pk)
        if held.ended_on is not None:
            return False
        held.ended_on = day
        held.save()
        publishing.end(document_id=held.id, version=2, kind="expired", now=now)
    return True
