"""The scenarios of complaints (domain 7, 32 to 37), each as a story of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import Complaint, ComplaintKind, ComplaintState, DishonestyRecord, RecordState
from records.selectors import inbox
from records.selectors.complaints import feedback
from records.services import duties
from records.services.complaints import corps, ending, handling, registering, screening, settling
from records.services.complaints.corps import Letter
from records.services.intake import night, register, thread
from records.services.intake.register import Intake
from records.workflow.complaints import clocks
from records.workflow.complaints.machine import COMPLAINT
from records.workflow.intake import receipts
from rules import deadlines
from rules.clock import local_day
from tests.accounts import factories as accounts
from tests.records import proofs
from tests.records.complaints import cases
from tests.records.complaints.cases import Cast
from tests.records.duties import factories as orders
from tests.records.factories import NOW

S = ComplaintState
JUNE_18 = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


def test_scenario_32_nobody_of_the_accused_handles_or_sees_it(cast: Cast) -> None:
    held = cases.accepted(cast)
    for first, stranger in ((True, cast.accused_handler), (False, cast.accused_part)):
        with proofs.refused(Invalid, "被投诉单位的人不能办理", logged=first):  # one entry a minute for one act
            handling.assign(
                actor=cast.scene.approver, complaint=held, handler_id=stranger.person_id, version=held.version, now=NOW
            )
        assert not Complaint.objects.visible_to(stranger, NOW).exists()
    with proofs.refused(NotAllowed):
        handling.investigate(actor=cast.accused_handler, complaint=held, version=held.version, now=NOW)
    seen = {name for name, user in cast.everyone().items() if Complaint.objects.visible_to(user, NOW).exists()}
    assert seen == {"approver", "second", "handler", "other_handler", "reviewer", "head"}


def test_scenario_33_a_false_complaint_ends_with_an_explanation_and_no_record(cast: Cast) -> None:
    sent = cases.sent(cast)
    held = cases.verified(cast, "false")
    with proofs.refused(Invalid, "至少 10 字", logged=False):
        settling.answer(actor=cast.handler, complaint=held, text="不属实", version=held.version, now=NOW)
    done = settling.answer(actor=cast.handler, complaint=held, text=cases.EXPLAINED, version=held.version, now=NOW)
    ending.close_due(now=NOW + timedelta(days=20))
    assert cases.fresh(done).state == S.CLOSED
    assert feedback.of(done).answer == cases.EXPLAINED
    assert not DishonestyRecord.objects.exists()
    assert feedback.of(sent.complaint).answer == ""


def test_scenario_34_rectified_in_time_answers_without_a_record(cast: Cast) -> None:
    held = cases.told(cast, cases.rectifying(cast), "accepted")
    assert held.state == S.ANSWERED
    assert "已按要求整改" in feedback.of(held).answer
    assert not DishonestyRecord.objects.exists()


@pytest.mark.parametrize("how", ["overdue", "refused"])
def test_scenario_34_a_refused_rectification_drafts_a_default(cast: Cast, how: str) -> None:
    held = cases.rectifying(cast)
    facts = "2025年9月交付的工程款至今没有付清，责令整改后仍未付清。"
    with proofs.refused(Conflict, "还没有逾期或被拒绝"):
        settling.confirm_default(
            actor=cast.scene.supervisor, complaint=held, facts=facts, version=held.version, now=NOW
        )
    held = cases.told(cast, held, how)
    assert (held.state, held.failed_as) == (S.RECTIFYING, how), "the superior confirms, the clock does not"
    assert not DishonestyRecord.objects.exists(), "the default of a complaint is the superior's to draft"
    done = settling.confirm_default(
        actor=cast.scene.supervisor, complaint=held, facts=facts, version=held.version, now=NOW
    )
    duties.turn(now=orders.after(cases.RECEIVED_ON, 90))
    draft = DishonestyRecord.objects.get()
    assert (done.state, done.record_id) == (S.ANSWERED, draft.pk)
    assert (draft.state, draft.source_type, draft.subject_department) == (
        RecordState.DRAFT, "CONTRACT_DEFAULT", cast.scene.bureau,
    )  # fmt: skip
    assert "投诉" not in draft.facts
    assert "举报" not in draft.facts
    assert draft.severity_proposed == ("serious" if how == "refused" else "")


def test_a_draft_of_a_default_becomes_graver_when_the_second_order_is_refused_after_it(cast: Cast) -> None:
    held = cases.told(cast, cases.rectifying(cast), "overdue")
    settling.confirm_default(
        actor=cast.scene.supervisor, complaint=held, facts="2025年9月交付的工程款至今没有付清，责令整改后仍未付清。",
        version=held.version, now=orders.after(cases.RECEIVED_ON, 60),
    )  # fmt: skip
    draft = DishonestyRecord.objects.get()
    assert draft.severity_proposed == ""
    cases.refused(cast, held)
    draft.refresh_from_db()
    assert (draft.severity_proposed, draft.state) == ("serious", RecordState.DRAFT)


def test_scenario_35_a_payment_complaint_not_handed_over_in_ten_days_alerts(cast: Cast) -> None:
    held = cases.accepted(cast, now=JUNE_18, kind=ComplaintKind.SME_PAYMENT)
    clock = deadlines.open_for(held).get()
    assert (clock.rule, clock.due_on) == (clocks.TRANSFER_SME, date(2026, 7, 3)), "端午 on 19 June does not count"
    late = JUNE_18 + timedelta(days=18)
    row = next(each for each in inbox.inbox(user=cast.scene.approver, now=late).mine if each.case.pk == held.pk)
    assert row.days_left is not None
    assert row.days_left < 0
    given = screening.transfer(
        actor=cast.scene.approver, complaint=held, department=cast.scene.city, version=held.version, now=late
    )
    result = deadlines.open_for(given).get()
    assert result.rule == clocks.SME_RESULT
    assert result.due_on == date(2026, 8, 5), "30 days from 6 July"
    longer = handling.extend(
        actor=cast.above_head, complaint=given, reason="案情复杂，需要委托审计", version=given.version, now=late
    )
    last = deadlines.open_for(longer).get()
    assert (last.rule, last.due_on) == (clocks.SME_LONGEST, date(2026, 10, 8)), "90 days in all; 4 October is a holiday"
    with proofs.refused(Conflict, "已经延期过一次"):
        handling.extend(
            actor=cast.above_head, complaint=longer, reason="再延一次看看行不行", version=longer.version, now=late
        )


def test_scenario_36_two_receipts_of_one_matter_answer_alike(cast: Cast) -> None:
    call = registering.register(
        actor=cast.handler, nonce=receipts.new_nonce(), now=NOW,
        facts=Intake(object_department=cast.scene.bureau, content=cases.SAID, channel="HOTLINE_12350"),
    )  # fmt: skip
    letter = registering.register(
        actor=cast.handler, nonce=receipts.new_nonce(), now=NOW,
        facts=Intake(object_department=cast.scene.bureau, content=cases.SAID, channel="MAILBOX_PHYSICAL"),
    )  # fmt: skip
    main, twin = cases.fresh(call.complaint), cases.fresh(letter.complaint)
    twin = screening.merge(actor=cast.scene.approver, complaint=twin, into=main, version=twin.version, now=NOW)
    main = screening.accept(actor=cast.scene.approver, complaint=main, version=main.version, now=NOW)
    main = handling.investigate(actor=cast.handler, complaint=main, version=main.version, now=NOW)
    assert twin.state == S.MERGED
    answers = [
        feedback.of(thread.find(number=held.number, code=held.code).complaint)  # type: ignore[union-attr]
        for held in (call, letter)
    ]
    assert answers[0] == answers[1]
    assert answers[0].state == S.INVESTIGATING


def test_scenario_37_a_supervisor_whose_term_ended_yesterday_files_nothing_as_such(cast: Cast) -> None:
    today = local_day(NOW)
    letter = Letter(
        "安全生产", "安社监〔2025〕3号", today - timedelta(days=365), today - timedelta(days=1), "13900001111"
    )
    chief = accounts.user(("personnel", cast.scene.city), name="许望舒")
    held = corps.appoint(actor=chief, person=cast.monitor.person, department=cast.scene.city, letter=letter, now=NOW)
    facts = Intake(object_department=cast.scene.bureau, content=cases.SAID)
    with proofs.refused(NotAllowed, "聘期到 2026年5月10日 已经届满", logged=False):
        registering.file_clue(actor=cast.monitor, facts=facts, nonce=receipts.new_nonce(), now=NOW)
    assert register.receive(actor=None, facts=facts, now=NOW).complaint.state == S.RECEIVED
    corps.change_term(actor=chief, appointment=held, term_until=today, version=held.version, now=NOW)
    filed = registering.file_clue(actor=cast.monitor, facts=facts, nonce=receipts.new_nonce(), now=NOW)
    assert filed.complaint.channel == "SUPERVISOR"
    assert corps.contact_of(held) == "13900001111"
    assert b"13900001111" not in bytes(held.contact_sealed or b"")


def test_the_clocks_of_each_channel(cast: Cast) -> None:
    own, petition = cases.received(cast), cases.received(cast, channel="PETITION")
    night.register_due(now=NOW + timedelta(days=1))
    rules = {
        held.pk: {each.rule: each.due_on for each in deadlines.open_for(cases.fresh(held))} for held in (own, petition)
    }
    assert rules[own.pk] == {clocks.REGISTER: date(2026, 5, 12), clocks.ACCEPT_OWN: date(2026, 5, 18)}
    assert rules[petition.pk] == {clocks.REGISTER: date(2026, 5, 12), clocks.ACCEPT_PETITION: date(2026, 5, 26)}
    held = cases.accepted(cast)
    running = {each.rule: each.due_on for each in deadlines.open_for(held)}
    assert running == {clocks.TRANSFER_DEFAULT: date(2026, 5, 12), clocks.FINISH: date(2026, 7, 10)}
    longer = handling.extend(
        actor=cast.head, complaint=held, reason="需要向多个单位取证", version=held.version, now=NOW
    )
    assert {each.rule: each.due_on for each in deadlines.open_for(longer)}[clocks.EXTENDED] == date(2026, 8, 10)


def test_an_answer_is_closed_after_fifteen_days_and_not_before(cast: Cast) -> None:
    held = cases.answered(cast)
    assert ending.close_due(now=NOW + timedelta(days=15)) == 0
    assert ending.close_due(now=NOW + timedelta(days=16)) == 1
    assert ending.close_due(now=NOW + timedelta(days=17)) == 0
    assert cases.fresh(held).state == S.CLOSED
    assert COMPLAINT.state_label(S.CLOSED) == "已办结"
