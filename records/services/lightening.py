"""Correction on an upheld objection: right or lighter words, sanctions and periods, never heavier ones."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from ledger.actors import SYSTEM, System
from records.models import DishonestyRecord, SanctionState
from records.services import acknowledgements, correction, editions, remarks, stopping
from records.workflow import corrections, endings, explanations, publicity
from records.workflow.filing import LABELS
from records.workflow.record import RECORD
from rules.clock import local_day
from rules.workflow import hands

CHANGES_PERIOD = ("severity", "key_areas", "period_until")


def correct_on_objection(
    *, record: DishonestyRecord, content: Mapping[str, Any], author: UUID, number: str, now: datetime
) -> DishonestyRecord:
    """
    Put corrected words in force inside the act that upholds the objection, as a new edition; the old one is kept.

    This will shorten the period where severity, areas or the last day change, lift the sanctions that fell away, tell
    the platform, and correct the public page; a period that is over by now ends the disclosure.

    :param author: the person who drafted the new words; he can never review or approve the record later
    :raises Invalid: the record would become heavier
    :raises Conflict: the new words hold what must not be public
    """
    changes = corrections.typed(content)
    period = _period(record, changes)
    what = _("异议成立，依%(number)s更正：%(fields)s") % {"number": number, "fields": _named(changes)}

    def then(corrected: DishonestyRecord) -> None:
        remarks.keep(corrected, actor=SYSTEM, action="correct_on_objection", text=what, now=now)
        hands.lay(actor=System(author), obj=corrected, part="editor", noun=str(RECORD.noun), now=now)
        editions.keep(corrected, actor=System(author), why=what, now=now)
        acknowledgements.carry_over(corrected)
        _lift(corrected, now=now)
        if publicity.is_shown_or_suspended(corrected) and endings.is_over(corrected, on=local_day(now)):
            stopping.stop_on_objection(record=corrected, number=number, now=now)
        else:
            correction.tell(corrected, what=what, now=now)

    return RECORD.perform(
        "correct_on_objection",
        record,
        actor=SYSTEM,
        now=now,
        then=then,
        edition=record.edition + 1,
        edited_on=max(record.edited_on, local_day(now)),
        **{**changes, **period, **_shown(record, period, local_day(now))},
    )


def _named(changes: Mapping[str, Any]) -> str:
    """The fields by name, as the public note says them."""
    words = {"severity": _("失信等级"), "sanctions": _("惩戒措施"), "period_until": _("公示期限")}
    told = [str(words.get(name) or LABELS.get(name, "")) for name in changes]
    return "、".join(dict.fromkeys(each for each in told if each))


def _period(record: DishonestyRecord, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The period after the correction: what the class gives now, and never longer than it was."""
    if not any(name in changes for name in CHANGES_PERIOD):
        return {}
    after = copy.copy(record)
    for name, value in changes.items():
        setattr(after, name, value)
    policy = publicity.policy_of(after)
    period = publicity.period_of(after, policy)
    return {
        "scheme": policy.scheme,
        "period_reason": explanations.period(after, policy),
        "period_until": _earliest(record.period_until, changes.get("period_until"), period.last_day),
        "repair_from": _earliest(record.repair_from, period.repair_from),
    }


def _earliest(*days: date | None) -> date | None:
    known = [day for day in days if day is not None]
    return min(known) if known else None


def _shown(record: DishonestyRecord, period: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The last public day follows the period; where that day is over, ending the disclosure sets it."""
    until = period.get("period_until")
    if until is None or record.public_until is None or until < today:
        return {}
    return {"public_until": min(until, record.public_until)}


def _lift(record: DishonestyRecord, *, now: datetime) -> None:
    """End the sanctions the correction took away, and all of them with the period; shorten the others to it."""
    today = local_day(now)
    for sanction in record.measures.filter(state=SanctionState.ACTIVE):
        if sanction.code not in record.sanctions or endings.is_over(record, on=today):
            sanction.state, sanction.ended_on, sanction.ended_because = SanctionState.ENDED, today, "corrected"
        elif sanction.ends_on is not None and record.period_until is not None:
            sanction.ends_on = min(sanction.ends_on, record.period_until)
        sanction.save()
