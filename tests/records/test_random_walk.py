"""Whatever people try in whatever order: never public outside its days, never decided by one person, no measure without cause."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure import reading
from disclosure.models import Document
from exchange.models import Report
from ledger.refusals import Refused
from ledger.verification.run import verify
from records.models import IN_FORCE, RECOGNISED, DishonestyRecord, RecordState, SanctionState
from records.services import (
    drafting,
    duties,
    ending,
    litigation,
    marking,
    notice,
    publication,
    recognition,
    review,
    withdrawal,
)
from records.workflow import publicity
from rules.clock import local_day
from rules.models import Hand, Proposal, Signature
from tests import walks
from tests.records import factories
from tests.records.factories import NOW, Scene

S = RecordState
PEOPLE = ("clerk", "colleague", "reviewer", "head", "approver", "second", "neighbour_reviewer", "supervisor")
MEASURES = ("PUBLIC_CRITICISM", "HONOUR_DISQUALIFY")
Try = Callable[[Scene, DishonestyRecord, Any, Any], object]


def _sign(scene: Scene, record: DishonestyRecord, who: Any, now: Any) -> object:
    proposal = Proposal.objects.filter(object_id=str(record.pk), state="open").first()
    return withdrawal.sign(actor=who, proposal=proposal, now=now) if proposal else None


def _close(scene: Scene, record: DishonestyRecord, who: Any, now: Any) -> object:
    unmarked = marking.unmark(record=record, now=now)
    return marking.resume(record=unmarked, now=now) if unmarked.ended_as == publicity.SUSPENDED else unmarked


ACTS: dict[str, Try] = {
    "submit": lambda s, r, who, now: drafting.submit(actor=who, record=r, version=r.version, now=now),
    "recall": lambda s, r, who, now: drafting.recall(actor=who, record=r, version=r.version, now=now),
    "pass": lambda s, r, who, now: review.pass_on(actor=who, record=r, version=r.version, now=now),
    "return": lambda s, r, who, now: review.send_back(actor=who, record=r, reason="补正", version=r.version, now=now),
    "notify": lambda s, r, who, now: notice.deliver(
        actor=who, record=r, method="direct", received_by="甲", delivered_on=local_day(now), version=r.version, now=now
    ),
    "waive": lambda s, r, who, now: notice.waive(
        actor=who, record=r, received_on=local_day(now), version=r.version, now=now
    ),
    "recognise": lambda s, r, who, now: recognition.recognise(
        actor=who, record=r, severity="general", sanctions=MEASURES, version=r.version, now=now
    ),
    "minor": lambda s, r, who, now: recognition.recognise(
        actor=who, record=r, severity="minor", sanctions=MEASURES[:1], version=r.version, now=now
    ),
    "back": lambda s, r, who, now: recognition.send_back(actor=who, record=r, reason="补", version=r.version, now=now),
    "publish": lambda s, r, who, now: publication.publish(
        actor=who, record=r, version=r.version, now=now, reason="社会关注"
    ),
    "withdraw": lambda s, r, who, now: withdrawal.propose(
        actor=who, record=r, ground="BASIS_REVOKED", reason="撤销", version=r.version, now=now
    ),
    "sign": _sign,
    "flag": lambda s, r, who, now: litigation.flag(
        actor=who, record=r, suspended=False, reason="起诉", version=r.version, now=now
    ),
    "mark": lambda s, r, who, now: marking.mark(record=r, since=local_day(now), now=now),
    "suspend": lambda s, r, who, now: marking.mark(record=r, since=local_day(now), now=now, suspends=True),
    "resume": lambda s, r, who, now: marking.resume(record=r, now=now),
    "close": _close,
    "restore": lambda s, r, who, now: ending.restore(record=r, now=now),
    "repair": lambda s, r, who, now: ending.repair(record=r, number="安信修〔2026〕9号", now=now),
    "night": lambda s, r, who, now: (ending.expire_due(now=now), notice.close_due(now=now), duties.turn(now=now)),
}
ADVERSE = {S.EFFECTIVE, S.DISCLOSED}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(PEOPLE), st.sampled_from((0, 0, 0, 1, 9, 120)))
)
START = [
    ("submit", "clerk", 0),
    ("pass", "reviewer", 0),
    ("notify", "clerk", 0),
    ("waive", "head", 0),
    ("recognise", "approver", 0),
]


def _check_night(record: DishonestyRecord, now: Any) -> None:
    """What is kept off the site binds no longer than what is shown: after the night nothing outlives the period."""
    last = record.period_until
    if last is None or local_day(now) <= last:
        return
    assert record.state not in IN_FORCE
    assert not record.measures.filter(state=SanctionState.ACTIVE).exists()
    assert Document.objects.filter(pk=record.pk, ended_kind="suspended").first() is None


def _check(record: DishonestyRecord, now: Any) -> None:
    with reading.reader(now=now):
        public = reading.visible(on=now).filter(pk=record.pk).exists()
    assert public == (
        record.state == S.DISCLOSED and record.public_from <= local_day(now) <= record.public_until  # type: ignore[operator]
    )
    hands = [record.filer_id, record.reviewer_id, record.approver_id]
    if record.state in RECOGNISED:
        assert None not in hands
        assert len(set(hands)) == 3
    authors = set(
        Hand.objects.filter(object_id=str(record.pk), part__in=("filer", "editor")).values_list("person", flat=True)
    )
    assert not authors & {record.reviewer_id, record.approver_id}
    told = list(Report.objects.filter(subject_id=record.pk).order_by("version"))
    assert [report.version for report in told] == list(range(1, record.report_version + 1))
    if record.state in RECOGNISED:
        assert told[0].operation == "C"
        assert told[-1].fields["is_public"] == (record.state == S.DISCLOSED)
        assert (record.state == S.WITHDRAWN) == ("W" in {report.operation for report in told})
    if record.ended_as == publicity.SUSPENDED:
        assert (record.state, Document.objects.get(pk=record.pk).ended_kind) == (S.EFFECTIVE, "suspended")
    if record.state == S.WITHDRAWN:
        signed = Signature.objects.filter(proposal__object_id=str(record.pk), proposal__state="performed")
        assert signed.values("person").distinct().count() == 2
    _check_measures(record)


def _check_measures(record: DishonestyRecord) -> None:
    """No measure binds without its record in force, none longer than the record may be shown, and each ends for a reason."""
    binding = record.measures.filter(state=SanctionState.ACTIVE)
    if record.state not in IN_FORCE:
        assert not binding.exists()
    for measure in binding:
        assert measure.ends_on is not None
        assert measure.ends_on <= record.period_until  # type: ignore[operator]
    for measure in record.measures.filter(state=SanctionState.ENDED):
        assert measure.ended_because in ("term", "expired", "repaired", "withdrawn")
    told = Report.objects.filter(subject_id=record.pk).order_by("version").last()
    if record.state not in IN_FORCE and told is not None:
        assert told.fields["sanctions"] == []


def test_the_walk_meets_measures(scene: Scene) -> None:
    """The head start of the walk ends in a record whose measures bind, so that the promise above is not kept idly."""
    people, record, now = scene.everyone(), factories.draft(scene), NOW
    for action, name, days in START:
        now += timedelta(days=days, seconds=61)
        ACTS[action](scene, factories.fresh(record), people[name], now)
    assert {measure.code for measure in record.measures.filter(state=SanctionState.ACTIVE)} == set(MEASURES)


@pytest.mark.walk
@walks.examples(8, many=100)
@given(head_start=st.integers(0, len(START)), steps=STEPS)
def test_no_order_of_acts_breaks_the_promises(scene: Scene, head_start: int, steps: list[tuple[str, str, int]]) -> None:
    people, record, now = scene.everyone(), factories.draft(scene), NOW
    for action, name, days in [*START[:head_start], *steps]:
        now += timedelta(days=days, seconds=61)
        with suppress(Refused):
            ACTS[action](scene, record, people[name], now)
        record = factories.fresh(record)
        _check(record, now)
        if action == "night":
            _check_night(record, now)
    assert not verify().findings
