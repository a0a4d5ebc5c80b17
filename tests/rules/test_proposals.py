"""Two signatures: in order, by two natural persons, on exactly what was read, within their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ledger.acts import act
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, NotAllowed, Refused, Stale
from rules.models import Proposal, ProposalState, Signature
from tests.accounts import factories
from tests.accounts.factories import NOW
from tests.rules.scenes import People
from tests.rules.workshop import CASE, Case, State

pytestmark = pytest.mark.django_db
REASON = "据以认定的判决已被撤销"


@pytest.fixture
def shown(people: People) -> Case:
    return people.case(State.SHOWN)


@pytest.fixture
def proposal(people: People, shown: Case) -> Proposal:
    return CASE.propose(
        "withdraw", shown, actor=people.approver, now=NOW, reason=REASON, facts={"why": "BASIS_REVOKED"}
    )


def refuses_to_sign(proposal: Proposal, people: People, error: type[Refused], match: str, **facts: object) -> None:
    signer = facts.pop("actor", people.second_approver)
    moment = facts.pop("now", NOW)
    before = Signature.objects.count(), Entry.objects.exclude(kind="refused").count()
    with pytest.raises(error, match=match):
        CASE.sign(proposal, actor=signer, now=moment)  # type: ignore[arg-type]
    assert (Signature.objects.count(), Entry.objects.exclude(kind="refused").count()) == before
    assert Case.objects.get(pk=proposal.object_id).state != State.WITHDRAWN


def test_the_second_signature_performs_the_arrow(people: People, shown: Case, proposal: Proposal) -> None:
    assert Case.objects.get(pk=shown.pk).state == State.SHOWN
    assert proposal.lapses_on == date(2026, 5, 25)
    done = CASE.sign(proposal, actor=people.second_approver, now=NOW, facts="撤销后留存。")
    assert (done.state, done.facts, done.version) == (State.WITHDRAWN, "撤销后留存。", 2)
    held = Proposal.objects.get(pk=proposal.pk)
    assert held.state == ProposalState.PERFORMED
    assert [each.person_id for each in held.signatures.order_by("place")] == [
        people.approver.person_id,
        people.second_approver.person_id,
    ]
    kinds = Entry.objects.filter(object_id=str(shown.pk)).order_by("position").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["workshop.withdraw.propose", "workshop.withdraw"]


def test_one_person_does_not_sign_twice_even_with_two_accounts(people: People, proposal: Proposal) -> None:
    refuses_to_sign(proposal, people, NotAllowed, "同一人不能签署两次", actor=people.approver)
    again = factories.account(people.approver.person)
    refuses_to_sign(proposal, people, NotAllowed, "同一人不能签署两次", actor=again)


def test_the_database_itself_refuses_a_second_signature_of_a_person(people: People, proposal: Proposal) -> None:
    with pytest.raises(IntegrityError, match="signature_one_per_person"), transaction.atomic():
        Signature(
            proposal=proposal, place=1, role="approver", person=people.approver.person, user=people.approver, at=NOW
        ).save_base(raw=True, force_insert=True)


def test_a_signature_belongs_to_its_role(people: People, proposal: Proposal) -> None:
    refuses_to_sign(proposal, people, NotAllowed, "属于信用牵头部门认定人", actor=people.reviewer)


def test_the_first_signature_belongs_to_its_role_too(people: People, shown: Case) -> None:
    with pytest.raises(NotAllowed, match="属于信用牵头部门认定人"):
        CASE.propose("withdraw", shown, actor=people.clerk, now=NOW, reason=REASON)
    assert not Proposal.objects.exists()


def test_a_proposal_lapses_after_its_day(people: People, proposal: Proposal) -> None:
    lapsed = NOW + timedelta(days=15)
    refuses_to_sign(proposal, people, Conflict, "过期失效", now=lapsed)
    assert CASE.open_proposal(Case.objects.get(pk=proposal.object_id), "withdraw", now=lapsed) is None


def test_a_proposal_holds_on_its_last_day(people: People, proposal: Proposal) -> None:
    assert CASE.sign(proposal, actor=people.second_approver, now=NOW + timedelta(days=14)).state == State.WITHDRAWN


def test_a_proposal_lapses_when_the_object_changes(people: People, shown: Case, proposal: Proposal) -> None:
    CASE.perform("correct", shown, actor=people.approver, now=NOW, reason="更正金额", facts="欠款已部分付清。")
    refuses_to_sign(proposal, people, Conflict, "内容有改动")


def test_a_changed_byte_lapses_a_proposal_even_without_a_new_version(
    people: People, shown: Case, proposal: Proposal
) -> None:
    with act(kind="workshop.slip", actor=people.clerk, role="clerk", obj=shown, now=NOW):
        shown.facts += "。"
        shown.save()
    refuses_to_sign(proposal, people, Conflict, "内容有改动")


def test_a_lapsed_proposal_makes_room_for_a_new_one(people: People, shown: Case, proposal: Proposal) -> None:
    CASE.perform("correct", shown, actor=people.approver, now=NOW, reason="更正金额")
    second = CASE.propose("withdraw", shown, actor=people.second_approver, now=NOW, reason=REASON)
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.LAPSED
    assert CASE.sign(second, actor=people.approver, now=NOW).state == State.WITHDRAWN


def test_two_open_proposals_for_one_act_are_refused(people: People, shown: Case, proposal: Proposal) -> None:
    with pytest.raises(Conflict, match="已有一项待签署的提议"):
        CASE.propose("withdraw", shown, actor=people.second_approver, now=NOW, reason=REASON)
    assert Proposal.objects.count() == 1


def test_a_declined_proposal_is_closed_and_names_the_reason(people: People, proposal: Proposal) -> None:
    with pytest.raises(Invalid, match="请写明理由"):
        CASE.decline(proposal, actor=people.second_approver, now=NOW, note=" ")
    CASE.decline(proposal, actor=people.second_approver, now=NOW, note="判决仍然有效")
    held = Signature.objects.get(proposal=proposal, place=1)
    assert (held.declined, held.note) == (True, "判决仍然有效")
    refuses_to_sign(proposal, people, Conflict, "已经办结")


def test_a_performed_proposal_is_not_signed_again(people: People, proposal: Proposal) -> None:
    CASE.sign(proposal, actor=people.second_approver, now=NOW)
    third = factories.user(("approver", people.approver.grants(NOW)[0].department), name="第三人")
    before = Signature.objects.count()
    with pytest.raises(Conflict, match="已经办结"):
        CASE.sign(proposal, actor=third, now=NOW)
    assert Signature.objects.count() == before


def test_a_proposal_needs_the_right_state_a_reason_and_the_latest_version(people: People, shown: Case) -> None:
    with pytest.raises(Invalid, match="请写明理由"):
        CASE.propose("withdraw", shown, actor=people.approver, now=NOW, reason="")
    with pytest.raises(Stale, match="第 9 版"):
        CASE.propose("withdraw", shown, actor=people.approver, now=NOW, reason=REASON, version=9)
    with pytest.raises(Conflict, match="现在不能撤销"):
        CASE.propose("withdraw", people.case(), actor=people.approver, now=NOW, reason=REASON)
    assert not Proposal.objects.exists()


def test_signatures_of_different_roles_come_in_their_order(people: People, shown: Case) -> None:
    with pytest.raises(NotAllowed, match="属于部门审核人"):
        CASE.propose("revise", shown, actor=people.approver, now=NOW, reason=REASON)
    first = CASE.propose("revise", shown, actor=people.reviewer, now=NOW, reason=REASON)
    other = factories.user(("reviewer", people.bureau), name="另一审核人")
    refuses_to_sign(first, people, NotAllowed, "属于信用牵头部门认定人", actor=other)
    done = CASE.sign(first, actor=people.approver, now=NOW, facts="改判。", then=lambda moved: None)
    assert (done.state, done.facts) == (State.SHOWN, "改判。")
    assert list(Signature.objects.order_by("place").values_list("place", "role")) == [
        (0, "reviewer"),
        (1, "approver"),
    ]


def test_a_guard_is_asked_again_at_the_last_signature(people: People, shown: Case) -> None:
    with pytest.raises(Invalid, match="不能用的词"):
        CASE.propose("revise", shown, actor=people.reviewer, now=NOW, reason=REASON, facts={"facts": "禁词"})
    first = CASE.propose("revise", shown, actor=people.reviewer, now=NOW, reason=REASON)
    with pytest.raises(Invalid, match="不能用的词"):
        CASE.sign(first, actor=people.approver, now=NOW, facts="禁词")
    assert Signature.objects.count() == 1
    assert Case.objects.get(pk=shown.pk).version == 1
