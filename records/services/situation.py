"""失信情况报告: written by the unit, signed by its head, accepted or sent back by the superior, missed by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from ledger.refusals import Refused
from records.models import OWED, DishonestyRecord, SituationReport, SituationReportState
from records.services import pausing, remarks
from records.workflow import writing
from records.workflow.duties import SITUATION
from records.workflow.duties.situation import PARTS, SITUATION_REPORT
from rules.clock import local_day

TEXT_LIMIT = 2000
CANCELLABLE = (*OWED, SituationReportState.SUBMITTED)


def write(
    *, actor: User, report: SituationReport, texts: Mapping[str, str], version: int, now: datetime
) -> SituationReport:
    """
    Keep what is written so far of facts, causes, losses and measures; this will not hand it in.

    :raises Invalid: a text is too long or hides characters
    """
    clean: dict[str, Any] = {
        name: writing.clean(texts.get(name, ""), field=name, label=str(label), limit=TEXT_LIMIT, lines=True)
        for name, label in PARTS.items()
    }
    again = report.state == SituationReportState.RETURNED
    return SITUATION_REPORT.perform(
        "write",
        report,
        actor=actor,
        now=now,
        version=version,
        writer_id=actor.person_id,
        edition=report.edition + 1 if again else report.edition,
        **clean,
    )


def submit(*, actor: User, report: SituationReport, version: int, now: datetime) -> SituationReport:
    """
    Sign the report and send it up; this will stop the unit's clock and start that of the superior.

    :raises Incomplete: one of the four parts is missing
    :raises NotAllowed: the actor is not the unit's head
    """

    def then(held: SituationReport) -> None:
        text = "\n".join(f"{label}：{getattr(held, name)}" for name, label in PARTS.items())
        remarks.note(held, actor=actor, action="submit", text=text[: remarks.LIMIT], now=now)
        pausing.pause(held, rules=(SITUATION,), reason=_("上级审查期间停计"), now=now)

    return SITUATION_REPORT.perform(
        "submit",
        report,
        actor=actor,
        now=now,
        version=version,
        then=then,
        signer_id=actor.person_id,
        submitted_on=report.submitted_on or local_day(now),
    )


def accept(*, actor: User, report: SituationReport, note: str, version: int, now: datetime) -> SituationReport:
    """
    Take the report as explained; this will end its clocks.

    :raises NotAllowed: the actor works in the unit or for an office that is not its superior
    """
    said = remarks.clean(note, field="note", label=_("意见"))
    return SITUATION_REPORT.perform(
        "accept",
        report,
        actor=actor,
        now=now,
        version=version,
        then=lambda held: remarks.note(held, actor=actor, action="accept", text=said, now=now),
        decider_id=actor.person_id,
        decided_on=local_day(now),
    )


def send_back(*, actor: User, report: SituationReport, reason: str, version: int, now: datetime) -> SituationReport:
    """
    Send the report back with what it lacks; this will let the unit's clock run on.

    :raises Invalid: no reason
    """
    said = remarks.clean(reason)

    def then(held: SituationReport) -> None:
        remarks.note(held, actor=actor, action="send_back", text=said, now=now)
        held.due_on = pausing.go_on(held, rules=(SITUATION,), now=now).get(SITUATION, held.due_on)
        held.save()

    return SITUATION_REPORT.perform(
        "send_back",
        report,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=then,
        decider_id=actor.person_id,
        decided_on=local_day(now),
    )


def miss_due(*, now: datetime) -> int:
    """Note every report whose limit has passed unanswered; this will do nothing the second time. Return how many."""
    today = local_day(now)
    due = SituationReport.objects.filter(state__in=OWED, missed_on=None, due_on__lt=today)
    return sum(_miss(report, now=now) for report in due.order_by("due_on", "id"))


def _miss(report: SituationReport, *, now: datetime) -> bool:
    try:
        SITUATION_REPORT.perform("miss", report, actor=SYSTEM, now=now, missed_on=local_day(now))
    except Refused:  # handed in since the list was read
        return False
    return True


def cancel(record: DishonestyRecord, *, now: datetime) -> None:
    """Release the subject of a withdrawn record from its report, inside the act that withdraws it; what was written stays."""
    for report in record.situation_reports.filter(state__in=CANCELLABLE):
        SITUATION_REPORT.perform("cancel", report, actor=SYSTEM, now=now)
