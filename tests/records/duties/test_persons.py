"""Down to the person: named with share and evidence, a record of his own by two people, accountability by two others."""

from __future__ import annotations

import pytest

from ledger.refusals import Conflict, Invalid, NotAllowed, Refused
from records.models import RecordState, ResponsibilityState
from records.services import accountability, responsibility
from records.services.accountability import Result
from tests.accounts import factories as accounts
from tests.records import factories as records
from tests.records.duties import factories
from tests.records.factories import NOW, Scene


def test_a_person_is_named_with_the_post_of_the_day(scene: Scene) -> None:
    row = factories.named(scene)
    assert (row.post_title, row.share, row.state) == ("科长", 40, ResponsibilityState.NAMED)


def test_shares_stay_within_the_whole_and_nobody_stands_twice(scene: Scene) -> None:
    record = factories.in_force(scene)
    factories.named(scene, record, share=70)
    with pytest.raises(Conflict):
        factories.named(scene, record)
    other = records.officials_of(scene.bureau, "邹分担")
    with pytest.raises(Invalid) as refused:
        responsibility.name(
            actor=scene.clerk,
            record=record,
            official=other,
            kind="DIRECT",
            share=31,
            evidence="会议纪要载明。",
            now=NOW,
        )
    assert refused.value.field == "share"


def test_only_the_filing_department_and_the_lead_office_name_persons(scene: Scene) -> None:
    record = factories.in_force(scene)
    allowed = {
        name for name, user in scene.everyone().items()
        if responsibility.refusal(actor=user, record=record, now=NOW) is None
    }  # fmt: skip
    assert allowed == {"clerk", "colleague", "approver", "second"}


def test_somebody_who_held_no_post_there_that_day_is_refused(scene: Scene) -> None:
    record = factories.in_force(scene)
    stranger = records.officials_of(scene.neighbour, "卜相干")
    with pytest.raises(Invalid) as refused:
        responsibility.name(
            actor=scene.clerk,
            record=record,
            official=stranger,
            kind="DIRECT",
            share=10,
            evidence="会议纪要载明。",
            now=NOW,
        )
    assert refused.value.field == "official"


def test_a_record_of_his_own_takes_two_people_and_stays_a_draft(scene: Scene) -> None:
    row = factories.named(scene)
    proposal = responsibility.propose_draft(
        actor=scene.clerk, responsibility=row, reason="依分工应负直接责任", version=row.version, now=NOW
    )
    with pytest.raises(NotAllowed):
        responsibility.sign_draft(actor=scene.clerk, proposal=proposal, now=NOW)
    assert factories.fresh(row).state == ResponsibilityState.NAMED

    signed = responsibility.sign_draft(actor=scene.reviewer, proposal=proposal, now=NOW)

    draft = signed.draft
    assert (draft.state, draft.is_person, draft.subject_official) == (RecordState.DRAFT, True, scene.official)
    assert draft.origin_type == "records.recordresponsibility"
    assert row.record.number in draft.origin_note


def test_no_personal_record_from_a_record_that_no_longer_stands(scene: Scene) -> None:
    row = factories.named(scene)
    factories.withdraw(scene, row.record)
    with pytest.raises(Conflict):
        responsibility.propose_draft(
            actor=scene.clerk, responsibility=factories.fresh(row), reason="理由充分", version=row.version, now=NOW
        )


def test_a_case_takes_in_whom_the_records_name(scene: Scene) -> None:
    record = factories.in_force(scene)
    factories.named(scene, record)
    case = factories.opened(scene, records=[record])
    kinds = {row.official_id: row.kind for row in case.persons.all()}
    assert kinds == {scene.head.person.official.pk: "MAIN_HEAD", scene.official.pk: "DIRECT"}


def test_every_person_needs_a_finding_and_a_measure_from_the_list(scene: Scene) -> None:
    case = factories.opened(scene)
    key = case.persons.get().pk
    for results, error in (
        ({}, Conflict),
        ({key: Result("", "CRITICISM")}, Invalid),
        ({key: Result("负领导责任", "EXILE")}, Invalid),
    ):
        with pytest.raises(error):
            accountability.find(
                actor=scene.supervisor, case=case, results=results, finding="结论", version=case.version, now=NOW
            )
    assert factories.fresh(case).state == "opened"


def test_who_found_it_does_not_decide_it_and_who_is_named_does_neither(scene: Scene) -> None:
    case = factories.found(scene)
    with pytest.raises(NotAllowed):
        accountability.decide(actor=scene.supervisor, case=case, note="", version=case.version, now=NOW)
    named = case.persons.get().official.person
    accounts.granted(named, "approver", scene.lead)
    with pytest.raises(NotAllowed):
        accountability.decide(actor=scene.head, case=case, note="", version=case.version, now=NOW)


def test_what_must_be_handed_over_is_handed_over_before_the_end(scene: Scene) -> None:
    case = factories.decided(scene, "TRANSFER")
    with pytest.raises(Conflict, match="须先移送"):
        accountability.close(actor=scene.approver, case=case, result="已办", version=case.version, now=NOW)
    case = accountability.transfer(
        actor=scene.approver,
        case=case,
        organ="安平市监察委员会",
        number="安督移〔2026〕4号",
        version=case.version,
        now=NOW,
    )
    with pytest.raises(Invalid) as refused:
        accountability.close(actor=scene.approver, case=case, result="已办", version=case.version, now=NOW)
    assert refused.value.field == "answer"
    done = accountability.close(
        actor=scene.approver, case=case, result="已办", answer="给予警告处分", version=case.version, now=NOW
    )
    assert done.state == "closed"


def test_a_case_about_two_units_or_an_undecided_record_is_refused(scene: Scene) -> None:
    mine, other = (
        factories.in_force(scene),
        records.disclosed(scene, subject_department=scene.neighbour, prior_hearing_by_source=True),
    )
    for wrong in ([mine, other], [records.draft(scene)]):
        with pytest.raises(Refused):
            factories.opened(scene, records=wrong)


def test_a_person_left_out_stays_in_the_rows_with_the_reason(scene: Scene) -> None:
    case = factories.opened(scene)
    person = case.persons.get()
    case = accountability.drop_person(
        actor=scene.supervisor, case=case, person=person.pk, reason="不分管此事", version=case.version, now=NOW
    )
    assert factories.fresh(person).removed_because == "不分管此事"
    back = accountability.add_person(
        actor=scene.supervisor, case=case, official=person.official, kind="MAIN_HEAD", version=case.version, now=NOW
    )
    assert back.persons.get().removed_because == ""
