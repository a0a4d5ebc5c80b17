"""Two at once on a request for an identity: one decision, one entry, and a log that still verifies."""

from __future__ import annotations

from collections import Counter

from ledger.models import Entry
from ledger.refusals import Conflict
from ledger.verification.run import verify
from records.models import IdentityRequest, IdentityRequestState
from records.services.intake import custody
from tests.accounts import factories as accounts
from tests.records.factories import NOW
from tests.records.intake.making import PASSPHRASE, handler, keyed, sent
from tests.records.test_races import at_once, built

WHY = "投诉人说的合同编号对不上，须当面核对原件"


def test_one_of_two_custodians_decides_on_an_identity(fresh_database: object) -> None:
    scene = built()
    keeper, _key = keyed(scene)
    second = accounts.user(("custodian", scene.city), name="尹又一")
    complaint = sent(scene, name="陈某某", contact="marker-4471@example.org").complaint
    asked = custody.ask(actor=handler(scene), complaint=complaint, reason=WHY, now=NOW)

    decided = at_once(
        lambda: custody.release(
            actor=keeper, request=asked, passphrase=PASSPHRASE, reason="确有必要", version=asked.version, now=NOW
        ),
        lambda: custody.release(
            actor=second, request=asked, passphrase=PASSPHRASE, reason="确有必要", version=asked.version, now=NOW
        ),
    )

    assert Counter(isinstance(each, IdentityRequest) for each in decided) == {True: 1, False: 1}
    assert [type(each).status for each in decided if not isinstance(each, IdentityRequest)] in ([409], [412])
    held = IdentityRequest.objects.get()
    assert held.state == IdentityRequestState.RELEASED
    assert held.version == asked.version + 1
    assert Entry.objects.filter(kind="identity.release").count() == 1
    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []


def test_a_release_and_a_refusal_at_once_leave_one_of_them(fresh_database: object) -> None:
    scene = built()
    keeper, _key = keyed(scene)
    second = accounts.user(("custodian", scene.city), name="尹又一")
    complaint = sent(scene, name="陈某某", contact="marker-4471@example.org").complaint
    asked = custody.ask(actor=handler(scene), complaint=complaint, reason=WHY, now=NOW)

    decided = at_once(
        lambda: custody.release(actor=keeper, request=asked, passphrase=PASSPHRASE, reason="确有必要", now=NOW),
        lambda: custody.refuse(actor=second, request=asked, reason="理由不充分，可以凭回执提问", now=NOW),
    )

    assert sum(isinstance(each, Conflict) for each in decided) == 1
    kinds = Counter(Entry.objects.filter(object_id=str(asked.pk)).values_list("kind", flat=True))
    assert kinds["identity.release"] + kinds["identity.refuse"] == 1
    held = IdentityRequest.objects.get()
    assert (held.released_sealed is not None) == (held.state == IdentityRequestState.RELEASED)
