"""The decision: one officer checks and drafts, another person decides, and the main head may give more time once."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Invalid
from records import words
from records.models import CreditRepair, DecisionOutcome, RepairDecision
from records.services import ending, remarks
from records.services.repairs import telling
from records.workflow import writing
from records.workflow.repairs import eligibility
from records.workflow.repairs.machine import REPAIR
from rules.clock import local_day
from rules.models import Proposal
from rules.numbers import document_number

FINDINGS_LIMIT, REASONS_LIMIT = 3000, 1000  # characters
NUMBER_LIMIT = 128


def draft_decision(
    *, actor: User, repair: CreditRepair, findings: str, proposed: str, version: int, now: datetime
) -> CreditRepair:
    """
    Write down what was checked and what is proposed; this will hand the application to another person to decide.

    :param proposed: ``approve`` or ``refuse``; it binds nobody
    :raises Invalid: no findings, or no proposal
    """
    found = writing.clean(findings, field="findings", label=_("核实情况"), limit=FINDINGS_LIMIT, lines=True)
    return REPAIR.perform(
        "draft_decision",
        repair,
        actor=actor,
        now=now,
        version=version,
        findings=found,
        proposed=proposed,
        officer_id=actor.person_id,
    )


def propose_extension(*, actor: User, repair: CreditRepair, reason: str, version: int, now: datetime) -> Proposal:
    """
    Ask the main head for more time; this will change nothing until he signs.

    :raises Conflict: it was extended before, or the last day has passed
    """
    return REPAIR.propose("extend", repair, actor=actor, now=now, reason=remarks.clean(reason), version=version)


def sign_extension(*, actor: User, proposal: Proposal, now: datetime) -> CreditRepair:
    """Sign as the main head; this will count the extension from the last day of the first period."""
    return REPAIR.sign(proposal, actor=actor, now=now, extended_on=local_day(now))


def decline_extension(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse the extension with a reason; this will leave the period as it is."""
    return REPAIR.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))


def approve(
    *, actor: User, repair: CreditRepair, number: str, reasons: str, version: int, now: datetime, request_key: str = ""
) -> CreditRepair:
    """
    Grant a repair; this will, in the same act, take the record off the public site, lift its sanctions, and report R.

    :param number: document number of the decision
    :raises NotAllowed: the actor drafted it, filed it, or has any hand in the record
    :raises Conflict: the record can no longer be repaired, or was decided meanwhile
    :raises Invalid: no number, or no reasons
    """
    shown, said = _number(number), _reasons(reasons)

    def then(granted: CreditRepair) -> None:
        grant(granted, number=shown, now=now)
        _keep(granted, DecisionOutcome.APPROVE, actor, said, now)

    return REPAIR.perform(
        "approve", repair, actor=actor, now=now, reason=said, version=version, request_key=request_key, then=then,
        decided_by_id=actor.person_id, decided_on=local_day(now), decision_number=shown, ended_on=local_day(now),
    )  # fmt: skip


def grant(repair: CreditRepair, *, number: str, now: datetime) -> None:
    """End the record of a granted repair inside the open act, and keep by which version the platform learns of it."""
    record = ending.repair(record=repair.record, number=number, now=now)
    repair.report_version = record.report_version
    repair.save()


def refuse(
    *,
    actor: User,
    repair: CreditRepair,
    number: str,
    reasons: str,
    how: str,
    version: int,
    now: datetime,
    reapply_from: date | None = None,
) -> CreditRepair:
    """
    Refuse a repair; this will tell when and how to ask again and that the result may be objected to.

    :param how: what to do before asking again
    :param reapply_from: first day to ask again; where none is given, the first day the rules allow
    :raises Invalid: number, reasons or the way to ask again are missing, or the day is too early
    """
    shown, said = _number(number), _reasons(reasons)
    way = writing.required(how, field="how", label=_("怎样再申请"), limit=REASONS_LIMIT)
    again = _again(repair, reapply_from, now)
    return REPAIR.perform(
        "refuse", repair, actor=actor, now=now, reason=said, version=version,
        then=lambda refused: _keep(refused, DecisionOutcome.REFUSE, actor, said, now, again, way),
        decided_by_id=actor.person_id, decided_on=local_day(now), decision_number=shown, ended_on=local_day(now),
    )  # fmt: skip


def _number(number: str) -> str:
    typed = writing.clean(number, field="number", label=_("决定文号"), limit=NUMBER_LIMIT)
    return document_number.normalise(typed).shown if typed else ""


def _reasons(reasons: str) -> str:
    return writing.clean(reasons, field="reason", label=_("理由"), limit=REASONS_LIMIT, lines=True)


def _again(repair: CreditRepair, wanted: date | None, now: datetime) -> date:
    today = local_day(now)
    earliest = eligibility.of(repair.record, now=now, apart_from=repair).earliest or today
    if wanted is not None and wanted < max(earliest, today):
        raise Invalid(_("最早%s可以再申请") % words.day(max(earliest, today)), field="reapply_from")
    return wanted or max(earliest, today)


def remedy(repair: CreditRepair) -> str:
    """Return the sentence that tells what one can do against the result (国办发〔2025〕22号)."""
    return _("对修复结果有异议的，可以在本平台提出异议，由没有经手的人员处理；也可以依法申请行政复议或者提起行政诉讼。")


def _keep(
    repair: CreditRepair,
    outcome: DecisionOutcome,
    actor: User,
    reasons: str,
    now: datetime,
    again: date | None = None,
    how: str = "",
) -> None:
    RepairDecision(
        repair=repair,
        outcome=outcome,
        number=repair.decision_number,
        reasons=reasons,
        reapply_from=again,
        reapply_how=how,
        remedy=remedy(repair),
        drafted_by_id=words.settled(repair.officer_id),
        decided_by_id=actor.person_id,
        decided_on=local_day(now),
    ).save()
    told = {"number": repair.number, "outcome": outcome.label, "paper": repair.decision_number}
    telling.tell(repair, _("修复申请%(number)s：%(outcome)s（%(paper)s）") % told, now=now)
