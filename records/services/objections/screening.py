"""The formal check: accept with the mark at once, tell everything missing in one notice, or refuse with the way to go instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from ledger.refusals import Conflict, Invalid
from records.models import Objection, ObjectionState, ObjectionSupplement
from records.services import remarks
from records.services.objections import marks, telling
from records.workflow import writing
from records.workflow.objections import clocks, guards
from records.workflow.objections.machine import OBJECTION
from rules import codes, deadlines
from rules.clock import local_day
from rules.models import Code

MOST_ITEMS, ITEM_LIMIT = 20, 200  # things missing, characters each


def accept(*, actor: User, objection: Objection, version: int, now: datetime, note: str = "") -> Objection:
    """
    Accept an objection; this will mark record, public page and platform in the same act and start the period to decide.

    :raises NotAllowed: the actor had a part in the record, is tied to its subject, or serves elsewhere
    :raises Conflict: it is about the discipline or penalty itself, or the record is gone
    """
    told = remarks.clean(note, field="note")

    def then(accepted: Objection) -> None:
        remarks.note(accepted, actor=actor, action="accept", text=told, now=now)
        OBJECTION.perform("investigate", accepted, actor=SYSTEM, now=now, then=mark)
        accepted.refresh_from_db()
        telling.accepted(accepted, now=now)

    def mark(investigated: Objection) -> None:
        marks.set_on(investigated, since=local_day(now), now=now)

    return OBJECTION.perform(
        "accept",
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=told,
        handler_id=actor.person_id,
        accepted_on=local_day(now),
        then=then,
    )


def ask_supplement(
    *, actor: User, objection: Objection, items: Iterable[str], version: int, now: datetime
) -> ObjectionSupplement:
    """
    Tell the applicant everything that is missing, once; this will start his period to supplement.

    :param items: one sentence for each missing thing
    :raises Invalid: nothing is named
    :raises Conflict: a notice was sent before
    """
    missing = _items(items)
    made: list[ObjectionSupplement] = []

    def then(asked: Objection) -> None:
        held = deadlines.open_for(asked).get(rule=clocks.SUPPLEMENT)
        notice = ObjectionSupplement(
            objection=asked,
            items=missing,
            told_by_id=actor.person_id,
            told_on=local_day(now),
            due_on=held.due_on or local_day(now),
        )
        notice.save()
        made.append(notice)
        telling.supplement(asked, notice, now=now)

    OBJECTION.perform("ask_supplement", objection, actor=actor, now=now, version=version, then=then)
    return made[0]


def _items(items: Iterable[str]) -> list[str]:
    told = [
        writing.clean(each, field="items", label=_("缺少的材料"), limit=ITEM_LIMIT) for each in items if each.strip()
    ]
    if not told:
        raise Invalid(_("请把缺少的材料一次列全，每行一项"), field="items")
    if len(told) > MOST_ITEMS:
        raise Invalid(_("最多列 %d 项") % MOST_ITEMS, field="items")
    return list(dict.fromkeys(told))


def refusals(objection: Objection) -> list[Code]:
    """Return the grounds of refusal on the list, the one that fits the source of the record first."""
    source = objection.record.source_type
    return sorted(codes.current(guards.REFUSALS, objection.record.registered_on), key=lambda each: _unfit(each, source))


def _unfit(each: Code, source: str) -> int:
    about = each.facts.get("sources", [])
    return 0 if source in about else 1 if not about else 2


def not_accept(
    *, actor: User, objection: Objection, refusal: str, remedy: str, reason: str, version: int, now: datetime
) -> Objection:
    """
    Refuse to take an objection up; this will keep the reason and the way the applicant has instead.

    :param refusal: a code of `refusals`
    :param remedy: where the applicant can turn; empty = the words of the list (公职人员政务处分法 art. 55: 复审、复核)
    :raises Invalid: ground, reason or remedy is missing
    """
    words = remarks.clean(reason)
    entry = codes.find(guards.REFUSALS, refusal, local_day(now))

    def then(refused: Objection) -> None:
        remarks.note(refused, actor=actor, action="not_accept", text=words, now=now)
        telling.not_accepted(refused, now=now)

    typed = writing.clean(remedy, field="remedy", label=_("可以走的途径"), limit=1000, lines=True)
    return OBJECTION.perform(
        "not_accept",
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        refusal=refusal,
        refusal_reason=words,
        remedy=typed or (entry.facts.get("remedy", "") if entry else ""),
        closed_on=local_day(now),
        then=then,
    )


def close_due(*, now: datetime) -> int:
    """Close every case whose supplement did not come in time; this will run as often as one likes. Return how many."""
    closed = 0
    for objection in Objection.objects.filter(state=ObjectionState.SUPPLEMENT).order_by("number"):
        held = deadlines.open_for(objection).filter(rule=clocks.SUPPLEMENT).first()
        if held is None or held.due_on is None or held.due_on >= local_day(now):
            continue
        try:
            OBJECTION.perform(
                "lapse",
                objection,
                actor=SYSTEM,
                now=now,
                closed_on=local_day(now),
                then=lambda lapsed: telling.lapsed(lapsed, now=now),
            )
        except Conflict:  # the applicant was quicker
            continue
        closed += 1
    return closed
