"""Record and objections together, in whatever order people act: marked while open, decided by two, never heavier."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure import reading
from exchange.models import Report
from ledger.refusals import Refused
from ledger.verification.run import verify
from records.models import (
    IN_FORCE,
    MARKING,
    UNDER_WAY,
    DishonestyRecord,
    Objection,
    ObjectionDecision,
    Outcome,
    RecordState,
    SanctionState,
)
from records.services import ending, withdrawal
from records.services.objections import deciding, filing, investigating, nightly, notices, reviewing, screening
from records.workflow import publicity
from rules.clock import local_day
from rules.models import Proposal
from tests import walks
from tests.records import factories as records
from tests.records.factories import NOW
from tests.records.objections import factories
from tests.records.objections.factories import Hall
from tests.records.objections.test_suspension import suspend_while_objected

S = RecordState
PEOPLE = ("head", "clerk", "reviewer", "approver", "second", "handler", "decider", "third", "superior", "superior2")
CONTENT = {"facts": records.FACTS + "（更正）", "economic_loss_yuan": "5.00", "sanctions": [], "severity": "minor"}
Try = Callable[[DishonestyRecord, Objection | None, Any, Any], object]


def _open(record: DishonestyRecord, who: Any, now: Any) -> object:
    drafted = filing.open_draft(actor=who, key=uuid4(), record=record, statement=factories.STATEMENT, now=now)
    return filing.submit(actor=who, objection=drafted, version=drafted.version, now=now)


def _draft(outcome: str, content: dict[str, Any]) -> Try:
    return lambda r, o, who, now: (
        o
        and investigating.draft(
            actor=who,
            objection=o,
            findings=factories.FINDINGS,
            outcome=outcome,
            content=content,
            version=o.version,
            now=now,
        )
    )


def _review(record: DishonestyRecord, held: Objection | None, who: Any, now: Any) -> object:
    proposal = Proposal.objects.filter(object_id=str(held.pk) if held else "", state="open").first()
    if proposal is not None:
        return reviewing.sign(actor=who, proposal=proposal, now=now)
    return held and reviewing.propose(
        actor=who,
        objection=held,
        outcome="stop",
        reasons="应停止",
        number="复1号",
        content={},
        version=held.version,
        now=now,
    )


def _withdraw(record: DishonestyRecord, who: Any, now: Any) -> object:
    proposal = Proposal.objects.filter(object_id=str(record.pk), state="open").first()
    if proposal is not None:
        return withdrawal.sign(actor=who, proposal=proposal, now=now)
    return withdrawal.propose(
        actor=who, record=record, ground="BASIS_REVOKED", reason="撤销", version=record.version, now=now
    )


ACTS: dict[str, Try] = {
    "object": lambda r, o, who, now: _open(r, who, now),
    "accept": lambda r, o, who, now: o and screening.accept(actor=who, objection=o, version=o.version, now=now),
    "ask": lambda r, o, who, now: (
        o and screening.ask_supplement(actor=who, objection=o, items=["原件"], version=o.version, now=now)
    ),
    "supplement": lambda r, o, who, now: (
        o
        and filing.supplement(
            actor=who, objection=o, statement=factories.STATEMENT, note="", version=o.version, now=now
        )
    ),
    "pause": lambda r, o, who, now: (
        o and investigating.pause(actor=who, objection=o, reason="送检", version=o.version, now=now)
    ),
    "resume": lambda r, o, who, now: (
        o
        and investigating.resume(
            actor=who, objection=o, received_on=local_day(now), conclusion="一致", version=o.version, now=now
        )
    ),
    "draft revoke": _draft(Outcome.REVOKE, {}),
    "draft correct": _draft(Outcome.CORRECT, CONTENT),
    "draft heavier": _draft(Outcome.CORRECT, {"economic_loss_yuan": "99999999.00"}),
    "draft stop": _draft(Outcome.STOP, {}),
    "draft dismiss": _draft(Outcome.DISMISS, {}),
    "query": lambda r, o, who, now: (
        o and deciding.query(actor=who, objection=o, reason="再核", version=o.version, now=now)
    ),
    "decide": lambda r, o, who, now: (
        o and deciding.decide(actor=who, objection=o, reasons="是", number="安异1号", version=o.version, now=now)
    ),
    "review": lambda r, o, who, now: (
        o and reviewing.request(actor=who, objection=o, reason="不服", version=o.version, now=now)
    ),
    "uphold review": _review,
    "dismiss review": lambda r, o, who, now: (
        o and reviewing.dismiss(actor=who, objection=o, reasons="维持", number="复2号", version=o.version, now=now)
    ),
    "notice": lambda r, o, who, now: o and notices.request(actor=who, objection=o, version=o.version, now=now),
    "take back": lambda r, o, who, now: (
        o and filing.withdraw(actor=who, objection=o, note="", version=o.version, now=now)
    ),
    "withdraw record": lambda r, o, who, now: _withdraw(r, who, now),
    "repair": lambda r, o, who, now: ending.repair(record=r, number="安信修〔2026〕9号", now=now),
    "night": lambda r, o, who, now: (ending.expire_due(now=now), nightly.turn(now=now)),
}
START = [
    ("object", "head", 0),
    ("accept", "handler", 0),
    ("draft dismiss", "handler", 0),
    ("decide", "decider", 0),
    ("review", "head", 1),
    ("uphold review", "superior", 0),
    ("uphold review", "superior2", 0),
]
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(PEOPLE), st.sampled_from((0, 0, 0, 1, 11, 120))),
    max_size=12,
)


def _check(record: DishonestyRecord, before: DishonestyRecord, now: Any) -> None:
    with reading.reader(now=now):
        public = reading.visible(on=now).filter(pk=record.pk).exists()
    assert public == (
        record.state == S.DISCLOSED and record.public_from <= local_day(now) <= record.public_until  # type: ignore[operator]
    )
    held = Objection.objects.filter(record=record)
    assert held.filter(state__in=UNDER_WAY).count() <= 1
    if not held.filter(state__in=MARKING).exists():
        assert not record.is_objected
    elif record.state in IN_FORCE:
        assert record.is_objected
    chain = {record.filer_id, record.reviewer_id, record.approver_id}
    for decision in ObjectionDecision.objects.filter(objection__record=record):
        assert decision.decided_by_id not in chain
        assert decision.prepared_by_id not in {*chain, decision.decided_by_id}
        assert decision.prepared_by_id or decision.outcome == Outcome.DISMISS
    told = list(Report.objects.filter(subject_id=record.pk).order_by("version"))
    assert [report.version for report in told] == list(range(1, record.report_version + 1))
    assert told[-1].fields["is_public"] == (record.state == S.DISCLOSED)
    assert told[-1].fields["is_objected"] == record.is_objected
    assert (record.state == S.WITHDRAWN) == ("W" in {report.operation for report in told})
    if record.state not in IN_FORCE:
        assert not record.measures.filter(state=SanctionState.ACTIVE).exists()
    for measure in record.measures.filter(state=SanctionState.ACTIVE):
        assert measure.code in record.sanctions
    assert record.economic_loss_yuan <= before.economic_loss_yuan  # type: ignore[operator]
    assert (record.period_until or date.max) <= (before.period_until or date.max)


@pytest.mark.walk
@walks.examples(4, many=40)
@given(head_start=st.integers(0, len(START)), steps=STEPS)
@pytest.mark.parametrize("suspends", [False, True])
def test_no_order_of_acts_breaks_the_promises(
    hall: Hall, suspends: bool, head_start: int, steps: list[tuple[str, str, int]]
) -> None:
    if suspends:
        suspend_while_objected()
    people, record, now = hall.everyone(), records.disclosed(hall.scene), NOW
    for action, name, days in [*START[:head_start], *steps]:
        now += timedelta(days=days, seconds=61)
        before, case = record, Objection.objects.filter(record=record).order_by("-number").first()
        with suppress(Refused):
            ACTS[action](record, case, people[name], now)
        record = records.fresh(record)
        _check(record, before, now)
        assert not (suspends and record.is_objected and record.state == S.DISCLOSED)
        assert suspends or record.ended_as != publicity.SUSPENDED
    assert not verify().findings
