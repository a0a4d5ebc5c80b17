"""The hearing of the subject: the prior notice, its delivery, the statement, the waiver, and the end of the period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from ledger.refusals import Conflict, Invalid
from records import words
from records.models import DishonestyRecord, NoticeMethod, PriorNotice, RecordState, StatementKind, SubjectStatement
from records.workflow import guards, writing
from records.workflow.clocks import HEARING
from records.workflow.record import RECORD
from rules import codes, deadlines, parameters
from rules.clock import local_day

STATEMENT_LIMIT = 5000  # characters


@dataclass(frozen=True)
class NoticeText:
    """The four things a prior notice tells (domain 4.2)."""

    facts: str
    basis: str
    consequence: str
    rights: str


def text(*, record: DishonestyRecord, now: datetime) -> NoticeText:
    """Return the words of the prior notice for the present edition; the same are kept when it is delivered."""
    today = local_day(now)
    days = int(parameters.value("record.prior_notice_days", on=today))
    severity = codes.label("severity", record.severity_proposed, today)
    measures = words.named("sanction", record.sanctions_proposed, today) or _("不另采取惩戒措施")
    return NoticeText(
        facts=record.facts,
        basis=words.named("legal_basis", record.basis_codes, today),
        consequence=_("拟认定为%(severity)s失信记录，拟采取：%(measures)s。认定后按规定公示并报送省信用平台。")
        % {"severity": severity, "measures": measures},
        rights=_(
            "您可以自送达次日起%(days)d个工作日内向%(unit)s提出陈述申辩，也可以放弃。认定后可以提出异议、"
            "申请行政复议或提起行政诉讼。"
        )
        % {"days": days, "unit": record.department_name},
    )


def deliver(
    *,
    actor: User,
    record: DishonestyRecord,
    method: str,
    received_by: str,
    delivered_on: date,
    version: int,
    now: datetime,
) -> PriorNotice:
    """
    Record that the prior notice reached the subject; this will start the period for a statement on that day.

    :param delivered_on: the day of delivery, which is day 0 of the period; not in the future
    :raises Invalid: the day, the manner or the receiver is not acceptable
    :raises Conflict: this edition has been notified already
    """
    receiver = writing.required(received_by, field="received_by", label=_("签收人"), limit=100, lines=False)
    _check_delivery(record, method, delivered_on, now)
    made: list[PriorNotice] = []

    def then(notified: DishonestyRecord) -> None:
        clock = deadlines.start(
            obj=notified,
            rule=HEARING,
            started_on=delivered_on,
            owner_role="clerk",
            owner_department=notified.department,
            now=now,
        )
        told = text(record=notified, now=now)
        notice = PriorNotice(
            record=notified,
            edition=notified.edition,
            facts=told.facts,
            basis=told.basis,
            consequence=told.consequence,
            rights=told.rights,
            method=method,
            received_by=receiver,
            delivered_on=delivered_on,
            ends_on=clock.due_on or delivered_on,
            ends_provisional=clock.provisional,
            delivered_by_id=actor.person_id,
        )
        notice.save()
        made.append(notice)

    RECORD.perform("deliver_notice", record, actor=actor, now=now, version=version, then=then)
    return made[0]


def _check_delivery(record: DishonestyRecord, method: str, delivered_on: date, now: datetime) -> None:
    if method not in NoticeMethod.values:
        raise Invalid(_("请选择送达方式"), field="method")
    if delivered_on > local_day(now):
        raise Invalid(_("送达日期不能晚于今天"), field="delivered_on")
    if delivered_on < record.registered_on:
        raise Invalid(_("送达日期不能早于登记日期（%s）") % words.day(record.registered_on), field="delivered_on")


def state(
    *, actor: User, record: DishonestyRecord, text: str, received_on: date, version: int, now: datetime
) -> SubjectStatement:
    """
    Record the subject's statement, typed by the subject or copied by a clerk; this will pass the record to recognition.

    :raises Invalid: it is empty, or received before the notice
    """
    said = writing.required(text, field="text", label=_("陈述申辩"), limit=STATEMENT_LIMIT)
    return _answer(
        "take_statement",
        StatementKind.STATEMENT,
        actor=actor,
        record=record,
        text=said,
        received_on=received_on,
        version=version,
        now=now,
    )


def waive(*, actor: User, record: DishonestyRecord, received_on: date, version: int, now: datetime) -> SubjectStatement:
    """Record that the subject waives the statement; this will pass the record to recognition without waiting."""
    return _answer(
        "waive_statement",
        StatementKind.WAIVER,
        actor=actor,
        record=record,
        text="",
        received_on=received_on,
        version=version,
        now=now,
    )


def _answer(
    action: str,
    kind: str,
    *,
    actor: User,
    record: DishonestyRecord,
    text: str,
    received_on: date,
    version: int,
    now: datetime,
) -> SubjectStatement:
    made: list[SubjectStatement] = []

    def then(heard: DishonestyRecord) -> None:
        notice = guards.notice_of(heard)
        if notice is None:  # the guard has asked; kept for the type
            raise Conflict(_("告知书还没有送达"))
        if not notice.delivered_on <= received_on <= local_day(now):
            raise Invalid(_("收到日期应在送达日与今天之间"), field="received_on")
        said = SubjectStatement(
            record=heard,
            notice=notice,
            edition=heard.edition,
            kind=kind,
            text=text,
            received_on=received_on,
            recorded_by_id=actor.person_id,
            by_subject=RECORD.standing_of(heard, actor, now).is_subject,
        )
        said.save()
        made.append(said)

    RECORD.perform(action, record, actor=actor, now=now, version=version, then=then)
    return made[0]


def close_due(*, now: datetime) -> int:
    """
    Move every record whose period for a statement has ended on to recognition; this will run as often as one likes.

    Return how many were moved.
    """
    over = deadlines.passed(DishonestyRecord, HEARING, on=local_day(now))
    waiting = DishonestyRecord.objects.filter(state=RecordState.NOTIFIED, pk__in=list(over))
    moved = 0
    for record in waiting.order_by("registered_on", "number"):
        RECORD.perform("end_notice_period", record, actor=SYSTEM, now=now)
        moved += 1
    return moved
