"""Two people at once on a complaint: exactly one act, and a log that still verifies."""

from __future__ import annotations

from collections import Counter

from ledger.models import Entry
from ledger.refusals import Conflict, Refused
from ledger.verification.run import verify
from records.models import Complaint, ComplaintState
from records.services.complaints import screening, verifying
from tests.accounts import factories as accounts
from tests.records.complaints import cases
from tests.records.factories import NOW
from tests.records.test_races import at_once, built

S = ComplaintState


def test_two_at_once_decide_once_and_everything_verifies(fresh_database: object) -> None:
    cast = cases.cast(built())
    second = accounts.user(("reviewer", cast.scene.lead), name="尹又一")
    held = cases.investigating(cast)
    proposal = verifying.propose(
        actor=cast.handler, complaint=held, outcome="true", reason="证据充分", version=held.version, now=NOW
    )
    signed = at_once(
        lambda: verifying.sign(actor=cast.reviewer, proposal=proposal, now=NOW),
        lambda: verifying.sign(actor=second, proposal=proposal, now=NOW),
    )
    assert Counter(isinstance(each, Complaint) for each in signed) == {True: 1, False: 1}
    assert cases.fresh(held).state == S.VERIFIED_TRUE

    fresh = cases.received(cast)
    decided = at_once(
        lambda: screening.accept(actor=cast.scene.approver, complaint=fresh, version=fresh.version, now=NOW),
        lambda: screening.not_accept(
            actor=cast.scene.second, complaint=fresh, reason="不属于受理范围", where_to="请拨打 12333",
            version=fresh.version, now=NOW,
        ),
    )  # fmt: skip
    assert [type(each).status for each in decided if isinstance(each, Conflict)] == [409]
    kinds = Counter(Entry.objects.filter(object_id=str(fresh.pk)).values_list("kind", flat=True))
    assert kinds["complaint.accept"] + kinds["complaint.not_accept"] == 1

    for state in S.values:
        cases.BUILDERS[state](cast)
    assert [each for each in decided if isinstance(each, Refused)]
    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []
