"""Two at once: one decision, whichever door they come through; and what all states leave behind verifies."""

from __future__ import annotations

from collections import Counter

from exchange.models import Report
from ledger.models import Entry
from ledger.refusals import Refused
from ledger.verification.run import verify
from records.models import CreditRepair, RecordState, RepairState
from records.services.repairs import deciding, revoking
from tests.records import factories
from tests.records.repairs import cases
from tests.records.repairs.cases import THEN
from tests.records.test_races import at_once, built


def test_two_who_decide_at_once_make_one_decision_and_two_last_signatures_one_revocation(
    fresh_database: object,
) -> None:
    scene = built()
    repair = cases.drafted(scene)
    third = cases.accounts.user(("approver", scene.lead), name="孟知远")

    results = at_once(
        lambda: deciding.approve(
            actor=scene.second, repair=repair, number="安信修〔2026〕71号", reasons="准", version=repair.version, now=THEN
        ),
        lambda: deciding.refuse(
            actor=third, repair=repair, number="安信修〔2026〕72号", reasons="否", how="付清", version=repair.version,
            now=THEN,
        ),
    )  # fmt: skip

    decided = [result for result in results if isinstance(result, CreditRepair)]
    assert len(decided) == 1
    kinds = Counter(Entry.objects.filter(object_id=str(repair.pk)).values_list("kind", flat=True))
    assert kinds["repair.approve"] + kinds["repair.refuse"] == 1
    granted = cases.fresh(repair).state == RepairState.APPROVED
    assert Report.objects.filter(subject_id=repair.record_id, operation="R").count() == granted

    repair = cases.approved(scene)
    proposal = revoking.propose(
        actor=scene.approver, repair=repair, ground="FALSE_PROMISE", reason="虚假", version=repair.version, now=THEN
    )
    results = at_once(
        lambda: revoking.sign(actor=scene.second, proposal=proposal, now=THEN),
        lambda: revoking.sign(actor=third, proposal=proposal, now=THEN),
    )
    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert factories.fresh(repair.record).state == RecordState.DISCLOSED


def test_repairs_in_every_state_verify(fresh_database: object) -> None:
    scene = built()
    for state in RepairState.values:
        cases.BUILDERS[state](scene, found=cases.record(scene))
        if state == RepairState.REVOKED:  # it blocks the unit for a year, so it comes last
            break

    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []
