"""Play a story through the services, each step on its own day and by its own person, as officials would have done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from accounts.models import Department, Official, User
from records.demo import deliveries, papers
from records.demo.stories import Stage, Story
from records.models import DishonestyRecord, EvidenceKind, NoticeMethod
from records.services import (
    drafting,
    ending,
    evidence,
    litigation,
    notice,
    publication,
    recognition,
    review,
    withdrawal,
)
from records.services.objections import filing, screening, timing
from records.workflow.filing import Filing
from records.workflow.objections.filing import Statement
from rules import calendar
from rules.clock import ZONE, local_day

MORNING = time(9, 30)


@dataclass(frozen=True)
class Cast:
    """The people and places of the demo, and its present moment."""

    places: Mapping[str, Department]
    accounts: Mapping[str, User]
    now: datetime


class Days:
    """The working days of one story: every step takes a later one, and none lies in the future."""

    def __init__(self, decided_on: date, now: datetime) -> None:
        self._day, self._now, self._step = decided_on, now, 0
        self.last = now

    def next(self, after: int = 1) -> datetime:
        """Return the morning `after` working days later, or a moment of today once today is reached."""
        self._step += 1
        self._day = calendar.add_working_days(self._day, after).day
        at = datetime.combine(self._day, MORNING, tzinfo=ZONE) + timedelta(minutes=7 * self._step)
        self.last = min(at, self._now - timedelta(minutes=40 - self._step))
        return self.last


def play(story: Story, cast: Cast, *, decided_on: date | None = None, is_delivered: bool = True) -> DishonestyRecord:
    """Play a story to its stage and return its record, telling the platform each day; a refusal of a service stops it."""
    decided = decided_on or local_day(cast.now) - timedelta(days=story.days_ago)
    days = Days(decided, cast.now)
    record = _file(story, cast, decided, days)
    for step in STEPS[story.stage]:
        record.refresh_from_db()
        step(record, story, cast, days)
        if is_delivered:
            deliveries.carry(at=days.last, now=cast.now)
    record.refresh_from_db()
    return record


def _file(story: Story, cast: Cast, decided_on: date, days: Days) -> DishonestyRecord:
    clerk, at = cast.accounts[story.desk.clerk], days.next()
    official = Official.objects.get(person=cast.accounts[story.official].person) if story.official else None
    content = Filing(
        subject_department=cast.places[story.subject],
        subject_official=official,
        source_type=story.source,
        document_name=story.document,
        document_number=story.number,
        issuer_name=story.issuer,
        decided_on=decided_on,
        facts=story.facts,
        basis_codes=story.basis,
        severity_proposed=story.severity,
        economic_loss_yuan=story.loss,
        social_impact=story.impact,
        key_areas=story.areas,
        sanctions_proposed=story.sanctions,
        discipline=story.discipline,
        in_duty=True,
        prior_hearing_by_source=story.heard,
        needs_rectification="RECTIFY_ORDER" in story.sanctions,
    )
    record = drafting.register(
        actor=clerk, key=uuid4(), department=cast.places[story.desk.department], filing=content, now=at
    )
    upload = papers.decision(f"{story.document}.pdf")
    evidence.add(actor=clerk, record=record, kind=EvidenceKind.SOURCE, upload=upload, now=at)
    return record


Step = Callable[[DishonestyRecord, Story, Cast, Days], object]


def _submit(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    drafting.submit(actor=cast.accounts[story.desk.clerk], record=record, version=record.version, now=days.next(0))


def _send_back(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    review.send_back(
        actor=cast.accounts[story.desk.reviewer],
        record=record,
        reason="缺罚款缴纳凭证；事实里请写明整改完成的日期。",
        version=record.version,
        now=days.next(),
    )


def _pass_on(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    review.pass_on(actor=cast.accounts[story.desk.reviewer], record=record, version=record.version, now=days.next())


def _notify(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    at = days.next()
    notice.deliver(
        actor=cast.accounts[story.desk.clerk],
        record=record,
        method=NoticeMethod.DIRECT,
        received_by="办公室值班员",
        delivered_on=local_day(at),
        version=record.version,
        now=at,
    )


def _recognise(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    recognition.recognise(
        actor=cast.accounts["approver"],
        record=record,
        severity=story.severity,
        sanctions=story.sanctions,
        version=record.version,
        now=days.next(),
    )


def _reject(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    recognition.reject(
        actor=cast.accounts["approver"],
        record=record,
        reason="承诺已按期兑现，不构成失信。",
        version=record.version,
        now=days.next(),
    )


def _publish(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    publication.publish(
        actor=cast.accounts["approver"],
        record=record,
        reason="群众多次反映，依认定决定予以公示。",
        version=record.version,
        now=days.next(0),
    )


def _mark(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    """The unit has no account: its objection came on paper, was not decided in time, and lies with the superior office."""
    at, officer = days.next(20), cast.accounts["appeals"]
    case = filing.register(
        actor=officer,
        key=uuid4(),
        record=record,
        statement=Statement(
            ground="WRONG",
            facts="判决给付的款项已在期限内付清，附银行回单，请更正事实。",
            wanted="correct",
        ),
        agent_name="",
        received_on=local_day(at),
        proof=None,
        papers=[papers.decision("异议申请书.pdf")],
        now=at,
    )
    screening.accept(actor=officer, objection=case, version=case.version, now=at + timedelta(minutes=20))
    timing.escalate_due(now=min(at + timedelta(days=14), cast.now))


def _flag(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    litigation.flag(
        actor=cast.accounts["approver"],
        record=record,
        suspended=False,
        reason="该局提起行政诉讼，法院已立案。",
        version=record.version,
        now=days.next(10),
    )


def _propose_withdrawal(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    # The first signature is fresh: a proposal lapses, and a newcomer should be able to give the second.
    withdrawal.propose(
        actor=cast.accounts["approver"],
        record=record,
        ground="BASIS_REVOKED",
        reason="处罚机关来函：原处罚决定已撤销。",
        version=record.version,
        now=cast.now - timedelta(minutes=20),
    )


def _withdraw(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    at = days.next(8)
    proposal = withdrawal.propose(
        actor=cast.accounts["approver"],
        record=record,
        ground="BASIS_REVOKED",
        reason="通报机关核实统计口径有误，已撤回通报。",
        version=record.version,
        now=at,
    )
    withdrawal.sign(actor=cast.accounts["approver2"], proposal=proposal, now=at + timedelta(hours=1))


def _repair(record: DishonestyRecord, story: Story, cast: Cast, days: Days) -> None:
    ending.repair(record=record, number="安信修〔2026〕3号", now=days.next(70))


_TO_REVIEW: tuple[Step, ...] = (_submit,)
_TO_DECISION: tuple[Step, ...] = (_submit, _pass_on)
_IN_FORCE: tuple[Step, ...] = (*_TO_DECISION, _recognise)
STEPS: dict[Stage, tuple[Step, ...]] = {
    Stage.DRAFT: (),
    Stage.PENDING_REVIEW: _TO_REVIEW,
    Stage.RETURNED: (*_TO_REVIEW, _send_back),
    Stage.NOTIFIED: (*_TO_DECISION, _notify),
    Stage.PENDING_APPROVAL: _TO_DECISION,
    Stage.REJECTED: (*_TO_DECISION, _reject),
    Stage.IN_FORCE: _IN_FORCE,
    Stage.SHOWN_BY_DECISION: (*_IN_FORCE, _publish),
    Stage.MARKED: (*_IN_FORCE, _mark),
    Stage.LITIGATED: (*_IN_FORCE, _flag),
    Stage.WITHDRAWAL_OPEN: (*_IN_FORCE, _propose_withdrawal),
    Stage.WITHDRAWN: (*_IN_FORCE, _withdraw),
    Stage.REPAIRED: (*_IN_FORCE, _repair),
}
