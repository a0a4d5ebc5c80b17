"""Random walks over a record and its repairs: no order of acts breaks what the law promises."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure import reading
from exchange.models import Report
from ledger.refusals import Refused
from records.models import CreditRepair, DishonestyRecord, RecordState, RepairState, SanctionState
from records.services import ending, withdrawal
from records.services.repairs import applying, checking, checklist, deciding, following, revoking
from rules.clock import local_day
from rules.models import Hand, Proposal, Signature
from tests import walks
from tests.records import factories
from tests.records.factories import Scene
from tests.records.repairs import cases
from tests.records.repairs.cases import THEN

S = RecordState
PEOPLE = ("clerk", "head", "appeals", "approver", "second", "reviewer", "neighbour_reviewer")
Try = Callable[[Scene, CreditRepair, Any, Any], object]


def _sign(scene: Scene, repair: CreditRepair, who: Any, now: Any) -> object:
    proposal = Proposal.objects.filter(object_id=str(repair.pk), state="open").first()
    return revoking.sign(actor=who, proposal=proposal, now=now) if proposal else None


def _withdraw_record(scene: Scene, repair: CreditRepair, who: Any, now: Any) -> object:
    record = factories.fresh(repair.record)
    proposal = Proposal.objects.filter(object_id=str(record.pk), state="open").first()
    if proposal:
        return withdrawal.sign(actor=who, proposal=proposal, now=now)
    return withdrawal.propose(
        actor=who, record=record, ground="BASIS_REVOKED", reason="撤销", version=record.version, now=now
    )


ACTS: dict[str, Try] = {
    "open": lambda s, r, who, now: cases.opened(s, found=factories.fresh(r.record), by=who, now=now),
    "give": lambda s, r, who, now: checklist.give(
        actor=who, repair=r, code="DUTY_PROOF", upload=factories.upload("凭证.pdf"), now=now
    ),
    "submit": lambda s, r, who, now: applying.submit(
        actor=who, repair=r, pledge_by="程立业", version=r.version, now=now
    ),
    "ask": lambda s, r, who, now: checking.ask_supplement(
        actor=who, repair=r, told={"DUTY_PROOF": "不清"}, version=r.version, now=now
    ),
    "supply": lambda s, r, who, now: applying.supply(actor=who, repair=r, version=r.version, now=now),
    "accept": lambda s, r, who, now: checking.accept(actor=who, repair=r, version=r.version, now=now),
    "find": lambda s, r, who, now: deciding.draft_decision(
        actor=who, repair=r, findings="属实", proposed="approve", version=r.version, now=now
    ),
    "grant": lambda s, r, who, now: deciding.approve(
        actor=who, repair=r, number=cases.number(), reasons="准", version=r.version, now=now
    ),
    "refuse": lambda s, r, who, now: deciding.refuse(
        actor=who, repair=r, number=cases.number(), reasons="否", how="付清", version=r.version, now=now
    ),
    "back": lambda s, r, who, now: applying.withdraw(actor=who, repair=r, reason="", version=r.version, now=now),
    "revoke": lambda s, r, who, now: revoking.propose(
        actor=who, repair=r, ground="FALSE_PROMISE", reason="虚假", version=r.version, now=now
    ),
    "sign": _sign,
    "end_record": _withdraw_record,
    "night": lambda s, r, who, now: (
        ending.expire_due(now=now),
        checking.forward_due(now=now),
        checking.lapse_due(now=now),
        following.sync_due(now=now),
    ),
}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(PEOPLE), st.sampled_from((0, 0, 0, 1, 9, 120))),
    max_size=12,
)
START = [
    ("give", "head", 0),
    ("submit", "head", 0),
    ("accept", "appeals", 0),
    ("find", "appeals", 0),
    ("grant", "second", 0),
    ("revoke", "approver", 0),
    ("sign", "second", 0),
]


def _check(record: DishonestyRecord, now: Any) -> None:
    with reading.reader(now=now):
        public = reading.visible(on=now).filter(pk=record.pk).exists()
    within = record.public_from is not None and record.public_from <= local_day(now) <= record.public_until  # type: ignore[operator]
    assert public == (record.state == S.DISCLOSED and within)
    if record.state not in (S.EFFECTIVE, S.DISCLOSED):
        assert not record.measures.filter(state=SanctionState.ACTIVE).exists()
    told = list(Report.objects.filter(subject_id=record.pk).order_by("version"))
    assert [report.version for report in told] == list(range(1, record.report_version + 1))
    assert told[-1].fields["is_public"] == (record.state == S.DISCLOSED)
    assert (told[-1].fields["repair_state"] == "repaired") == (record.state == S.REPAIRED)
    hands = set(Hand.objects.filter(object_id=str(record.pk)).values_list("person", flat=True))
    for repair in record.repairs.all():
        if repair.decided_by_id is not None:
            assert repair.decided_by_id not in {repair.officer_id, repair.filer_id, *hands}
        if repair.state == RepairState.REVOKED:
            signed = Signature.objects.filter(proposal__object_id=str(repair.pk), proposal__state="performed")
            assert signed.values("person").distinct().count() == 2
    granted = record.repairs.filter(state__in=("approved", "synced")).count()
    if record.state != S.WITHDRAWN:  # a record may still be withdrawn after it was repaired
        assert granted == (record.state == S.REPAIRED)


@pytest.mark.walk
@walks.examples(6, many=60)
@given(head_start=st.integers(0, len(START)), steps=STEPS)
def test_no_order_of_acts_breaks_the_promises(scene: Scene, head_start: int, steps: list[tuple[str, str, int]]) -> None:
    people, now = scene.everyone(), THEN
    record = cases.record(scene)
    cases.opened(scene, found=record)
    for action, name, days in [*START[:head_start], *steps]:
        now += timedelta(days=days, seconds=61)
        newest = CreditRepair.objects.filter(record=record).order_by("-opened_on", "-number")[0]
        with suppress(Refused):
            ACTS[action](scene, newest, people[name], now)
        _check(factories.fresh(record), now)
