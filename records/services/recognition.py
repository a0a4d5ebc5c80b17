"""Recognition: the credit lead office decides, and everything that follows is written in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from records import report
from records.models import DishonestyRecord
from records.services import duties, publication, remarks
from records.services.notifications import tell_concerned
from records.workflow import explanations, publicity, reporters, source, writing
from records.workflow.record import RECORD
from rules import codes
from rules.clock import local_day

ANSWER_LIMIT = 2000  # characters


def recognise(
    *,
    actor: User,
    record: DishonestyRecord,
    severity: str,
    sanctions: Iterable[str],
    version: int,
    now: datetime,
    answer: str = "",
    points_to_nobody: bool = False,
) -> DishonestyRecord:
    """
    Put a record into force.

    This will, in one transaction, fix severity and sanctions, make the subject owe its report (and rectification), tell
    the platform and whom it is about, and publish where the policy says so and the text scan is clean; with hits, it waits.

    :param answer: the reply to the subject's statement, needed where there is one
    :param points_to_nobody: the approver has seen that no sentence could come from one reporter only; asked where it came of a complaint
    :raises NotAllowed: the actor filed, edited or reviewed it, or is tied to the subject
    :raises Invalid: severity, sanction, source type or basis is not on the catalogue (国办发〔2020〕49号), or that question was not answered
    :raises Conflict: the hearing has not ended, the document's effect is suspended, or it already made a record
    """
    words = writing.clean(answer, field="statement_answer", label=_("对陈述申辩的答复"), limit=ANSWER_LIMIT, lines=True)

    def then(effective: DishonestyRecord) -> None:
        reporters.checked(effective, points_to_nobody=points_to_nobody)
        _take_effect(effective, now=now)

    return RECORD.perform(
        "recognise",
        record,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=then,
        severity=severity,
        sanctions=list(dict.fromkeys(sanctions)),
        statement_answer=words,
        approver_id=actor.person_id,
        recognised_on=local_day(now),
    )


def _take_effect(record: DishonestyRecord, *, now: datetime) -> None:
    _set_period(record)
    record.lead_name = record.lead.name_on(local_day(now))
    record.is_repairable = record.is_repairable and not source.facts(record).get("is_mirror", False)
    record.save()
    duties.owe(record, now=now)
    shown = publication.at_once(record, now=now)
    if shown is None:
        record.publication_waits = publication.by_policy(record) and publication.has_days_left(record, now=now)
        report.tell(record, op="C", now=now)
        record.save()
    else:
        record.refresh_from_db()
    _tell_rights(record, now=now)


def _tell_rights(record: DishonestyRecord, *, now: datetime) -> None:
    """Tell whom the record is about that it is in force, and the three ways against it (domain 4.2)."""
    severity = codes.label("severity", record.severity, local_day(now))
    said = _(
        "失信记录%(number)s已认定（%(severity)s）。不服的，可以在本平台提出异议，也可以依法申请行政复议或者提起行政诉讼。"
    )
    tell_concerned(
        department=record.subject_department,
        official=record.subject_official,
        case=record,
        text=said % {"number": record.number, "severity": severity},
        now=now,
    )


def _set_period(record: DishonestyRecord) -> None:
    policy = publicity.policy_of(record)
    period = publicity.period_of(record, policy)
    record.scheme, record.period_reason = policy.scheme, explanations.period(record, policy)
    record.period_until, record.repair_from = period.last_day, period.repair_from


def reject(*, actor: User, record: DishonestyRecord, reason: str, version: int, now: datetime) -> DishonestyRecord:
    """
    Decide that there is no dishonesty; this will end the record with its reason, untold outside.

    :raises Invalid: no reason
    """
    words = remarks.clean(reason)
    return RECORD.perform(
        "reject",
        record,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        decision_reason=words,
        then=lambda ended: remarks.keep(ended, actor=actor, action="reject", text=words, now=now),
        approver_id=actor.person_id,
        ended_on=local_day(now),
        ended_as="rejected",
    )


def send_back(*, actor: User, record: DishonestyRecord, reason: str, version: int, now: datetime) -> DishonestyRecord:
    """
    Return a record from the lead office to the clerk; this will make its next edition be reviewed and notified anew.

    :raises Invalid: no reason
    """
    words = remarks.clean(reason)
    return RECORD.perform(
        "return_to_clerk",
        record,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=lambda back: remarks.keep(back, actor=actor, action="return_to_clerk", text=words, now=now),
    )
