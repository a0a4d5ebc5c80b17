"""The machine obeys its table: states, roles, scope, four eyes, recusal, versions, reasons, guards, deadlines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import recusing
from ledger.actors import SYSTEM
from ledger.acts import act
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, Missing, NotAllowed, Refused, Stale
from rules import deadlines
from rules.models import Deadline, Hand, Repeat
from rules.references import reference
from rules.workflow import SYSTEM_ROLE, Repeated, first_result, hands
from tests.accounts import factories
from tests.accounts.factories import NOW
from tests.rules.scenes import People
from tests.rules.workshop import CASE, Case, State

pytestmark = pytest.mark.django_db
ACTIONS = [arrow for arrow in CASE.arrows.values() if not arrow.signatures]


def entries() -> int:
    return Entry.objects.exclude(kind="refused").count()


def refuses(case: Case, action: str, actor: Any, error: type[Refused], match: str, **facts: Any) -> None:
    """The act is refused in these words, and nothing but the refusal is written."""
    before = entries(), Hand.objects.count(), Deadline.objects.count(), Repeat.objects.count()
    with pytest.raises(error, match=match):
        CASE.perform(action, case, actor=actor, now=NOW, **facts)
    assert (entries(), Hand.objects.count(), Deadline.objects.count(), Repeat.objects.count()) == before
    held = Case.objects.get(pk=case.pk)
    assert (held.state, held.version) == (case.state, case.version)
    assert Entry.objects.filter(kind="refused", object_id=str(case.pk)).exists()


def test_a_case_goes_its_way_and_every_step_leaves_its_traces(people: People) -> None:
    case = people.case()
    case = CASE.perform("submit", case, actor=people.clerk, now=NOW, version=1)
    assert (case.state, case.version) == (State.PENDING, 2)
    assert Hand.objects.get(person_id=people.clerk.person_id).part == hands.FILER
    case = CASE.perform("pass_on", case, actor=people.reviewer, now=NOW)
    case = CASE.perform("decide", case, actor=people.approver, now=NOW, facts="欠款已核实。")
    assert (case.state, case.facts) == (State.SHOWN, "欠款已核实。")
    kinds = Entry.objects.filter(object_id=str(case.pk)).order_by("position").values_list("kind", "role")
    assert list(kinds) == [
        ("workshop.submit", "clerk"),
        ("workshop.pass_on", "reviewer"),
        ("workshop.decide", "approver"),
    ]


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("arrow", ACTIONS, ids=lambda arrow: arrow.action)
def test_every_arrow_opens_only_from_its_sources_and_to_its_roles(people: People, arrow: Any, state: str) -> None:
    actors: dict[str, Any] = {
        "clerk": people.clerk,
        "reviewer": people.reviewer,
        "approver": people.approver,
        SYSTEM_ROLE: SYSTEM,
        "stranger": factories.user(("clerk", people.elsewhere), ("reviewer", people.elsewhere), name="外单位"),
    }
    for role, actor in actors.items():
        case = people.case(state)
        if role not in arrow.roles:
            refuses(case, arrow.action, actor, NotAllowed, "不能由您办", reason="核对")
        elif state not in arrow.sources:
            refuses(case, arrow.action, actor, Conflict, "现在不能", reason="核对")
        else:
            done = CASE.perform(arrow.action, case, actor=actor, now=NOW, reason="核对")
            assert done.state == (arrow.target or state)
            assert done.version == case.version + 1


@pytest.mark.parametrize("state", State.values)
def test_buttons_say_what_the_machine_would_say(people: People, state: str) -> None:
    case = people.case(state)
    for actor in (people.clerk, people.reviewer, people.approver):
        for offer in CASE.offers(case, actor=actor, now=NOW):
            wanted = offer.arrow.signatures[:1] or offer.arrow.roles
            held = actor.roles(NOW) & set(wanted)
            assert offer.open == (bool(held) and state in offer.arrow.sources)
            assert bool(offer.why) != offer.open


def test_no_button_is_drawn_for_acts_of_the_system(people: People) -> None:
    shown = {offer.arrow.action for offer in CASE.offers(people.case(State.SHOWN), actor=people.approver, now=NOW)}
    assert shown == {"submit", "send_back", "pass_on", "decide", "correct", "withdraw", "revise", "answer"}


def test_buttons_cost_a_fixed_number_of_queries(people: People, django_assert_max_num_queries: Any) -> None:
    case = Case.objects.select_related("department").get(pk=people.case(State.PENDING).pk)
    with django_assert_max_num_queries(6):
        CASE.offers(case, actor=people.reviewer, now=NOW)


def test_filer_cannot_review_what_he_filed(people: People) -> None:
    both = factories.user(("clerk", people.bureau), ("reviewer", people.bureau), name="一人两岗")
    case = CASE.perform("submit", people.case(), actor=both, now=NOW)
    refuses(case, "pass_on", both, NotAllowed, "^不得审核本人填报的记录$")
    closed = {offer.arrow.action: offer.why for offer in CASE.offers(case, actor=both, now=NOW)}
    assert closed["pass_on"] == "不得审核本人填报的记录"


def test_reviewer_made_approver_cannot_recognise_what_he_reviewed(people: People) -> None:
    case = CASE.perform("submit", people.case(), actor=people.clerk, now=NOW)
    case = CASE.perform("pass_on", case, actor=people.reviewer, now=NOW)
    factories.granted(people.reviewer.person, "approver", people.approver.grants(NOW)[0].department)
    refuses(case, "decide", people.reviewer, NotAllowed, "^不得认定本人审核过的记录$")


def test_a_second_account_of_the_same_person_is_the_same_hands(people: People) -> None:
    case = CASE.perform("submit", people.case(), actor=people.clerk, now=NOW)
    other_account = factories.account(people.clerk.person)
    factories.granted(people.clerk.person, "reviewer", people.bureau)
    refuses(case, "pass_on", other_account, NotAllowed, "不得审核本人填报的记录")


def test_an_editor_cannot_review_even_a_later_edition(people: People) -> None:
    both = factories.user(("clerk", people.bureau), ("reviewer", people.bureau), name="改稿人")
    case = people.case()
    with act(kind="workshop.edit", actor=both, role="clerk", obj=case, now=NOW):
        hands.lay(actor=both, obj=case, part=hands.EDITOR, now=NOW)
        case.edition = 2
        case.save()
    case = CASE.perform("submit", case, actor=people.clerk, now=NOW)
    refuses(case, "pass_on", both, NotAllowed, "不得审核本人修改过的记录")


def test_who_reviewed_this_edition_cannot_edit_it(people: People) -> None:
    case = CASE.perform("submit", people.case(), actor=people.clerk, now=NOW)
    case = CASE.perform("pass_on", case, actor=people.reviewer, now=NOW)
    with (
        pytest.raises(NotAllowed, match="不得修改本人审核过的记录"),
        act(kind="workshop.edit", actor=people.reviewer, role="clerk", obj=case, now=NOW),
    ):
        hands.lay(actor=people.reviewer, obj=case, part=hands.EDITOR, noun="记录", now=NOW)


def test_a_reviewer_may_review_again_what_he_sent_back(people: People) -> None:
    case = CASE.perform("submit", people.case(), actor=people.clerk, now=NOW)
    case = CASE.perform("send_back", case, actor=people.reviewer, now=NOW, reason="金额不符")
    case = CASE.perform("submit", case, actor=people.clerk, now=NOW, edition=2)
    case = CASE.perform("pass_on", case, actor=people.reviewer, now=NOW)
    assert list(
        Hand.objects.filter(person_id=people.reviewer.person_id).order_by("edition").values_list("edition")
    ) == [
        (1,),
        (2,),
    ]


def test_hands_are_unique_in_the_database_itself(people: People) -> None:
    case = CASE.perform("submit", people.case(), actor=people.clerk, now=NOW)
    with pytest.raises(IntegrityError, match="hand_one_part_per_person"), transaction.atomic():
        Hand.objects.none().model(
            **reference(case)._asdict(), edition=1, person_id=people.clerk.person_id, part="reviewer", at=NOW
        ).save_base(raw=True, force_insert=True)


def test_the_subject_takes_no_part_in_his_own_case(people: People) -> None:
    case = people.case(State.PENDING, person=people.reviewer.person)
    refuses(case, "pass_on", people.reviewer, NotAllowed, "您是本事项的当事人")


def test_a_declared_tie_closes_every_arrow(people: People) -> None:
    recusing.declare(actor=people.reviewer, department=people.bureau, relation="interest", now=NOW)
    refuses(people.case(State.PENDING), "pass_on", people.reviewer, NotAllowed, "回避")


def test_a_stale_form_changes_nothing(people: People) -> None:
    case = people.case(State.PENDING, version=4)
    refuses(case, "pass_on", people.reviewer, Stale, "您看的是第 3 版，现在已是第 4 版", version=3)


def test_a_reason_is_demanded_where_the_table_says_so(people: People) -> None:
    refuses(people.case(State.PENDING), "send_back", people.reviewer, Invalid, "请写明理由", reason=" ")


def test_guards_refuse_with_a_sentence_or_with_their_own_refusal(people: People) -> None:
    refuses(people.case(facts=""), "submit", people.clerk, Conflict, "没有写明事实")
    refuses(people.case(), "submit", people.clerk, Invalid, "不能用的词", facts="有禁词。")


def test_an_arrow_with_signatures_is_not_performed_by_one(people: People) -> None:
    refuses(people.case(State.SHOWN), "withdraw", people.approver, Conflict, "先后签署", reason="依据撤销")


def test_only_the_system_performs_acts_of_the_system(people: People) -> None:
    case = people.case(State.SHOWN)
    refuses(case, "expire", people.approver, NotAllowed, "属于系统")
    assert CASE.perform("expire", case, actor=SYSTEM, now=NOW).state == State.EXPIRED
    refuses(people.case(), "submit", SYSTEM, NotAllowed, "属于填报人")


def test_a_role_named_by_the_caller_must_be_held(people: People) -> None:
    refuses(people.case(State.PENDING), "pass_on", people.clerk, NotAllowed, "不能由您办", role="reviewer")


def test_arrows_start_and_close_deadlines_with_an_owner(people: People) -> None:
    case = CASE.perform("submit", people.case(decided_on=date(2026, 4, 29)), actor=people.clerk, now=NOW)
    held = {each.rule: each for each in deadlines.open_for(case)}
    assert held["push.record_create_days"].due_on == date(2026, 5, 12)
    assert held["push.record_create_days"].owner_role == "approver"
    assert held["record.review_days"].due_on == date(2026, 5, 18)
    assert held["record.review_days"].owner_role == "reviewer"
    assert held["record.review_days"].owner_department == people.bureau
    later = NOW + timedelta(days=2)
    case = CASE.perform("pass_on", case, actor=people.reviewer, now=later)
    assert deadlines.open_for(case).get(rule="record.review_days").started_on == date(2026, 5, 13)
    case = CASE.perform("decide", case, actor=people.approver, now=later)
    assert not deadlines.open_for(case).exists()
    assert Deadline.objects.filter(object_id=str(case.pk), closed_on=date(2026, 5, 13)).count() == 3


def test_the_same_request_twice_gives_the_first_result_and_writes_once(people: People) -> None:
    case = people.case()
    first = CASE.perform("submit", case, actor=people.clerk, now=NOW, request_key="k-1", version=1)
    before = Entry.objects.count()
    again = CASE.perform("submit", case, actor=people.clerk, now=NOW, request_key="k-1", version=1)
    assert (again.pk, again.state, again.version) == (first.pk, State.PENDING, 2)
    assert Entry.objects.count() == before


def test_a_request_key_serves_one_thing_only(people: People) -> None:
    CASE.perform("submit", people.case(), actor=people.clerk, now=NOW, request_key="k-1")
    refuses(people.case(), "submit", people.clerk, Conflict, "已经用于另一件事", request_key="k-1")


def test_a_service_around_the_machine_is_repeated_as_a_whole(people: People) -> None:
    seen: list[int] = []

    @first_result
    def hand_in(*, actor: User, case: Case, request_key: str) -> Case:
        with act(kind="workshop.hand_in", actor=actor, role="clerk", obj=case, now=NOW):
            done = CASE.perform("submit", case, actor=actor, now=NOW, request_key=request_key)
            seen.append(done.version)
            return done

    case = people.case()
    hand_in(actor=people.clerk, case=case, request_key="k-2")
    before = Entry.objects.count()
    assert hand_in(actor=people.clerk, case=case, request_key="k-2").state == State.PENDING
    assert seen == [2]
    assert Entry.objects.count() == before


def test_inside_a_callers_act_a_repeat_undoes_that_act(people: People) -> None:
    case = people.case()
    CASE.perform("submit", case, actor=people.clerk, now=NOW, request_key="k-3")
    with (
        pytest.raises(Repeated),
        act(kind="workshop.hand_in", actor=people.clerk, role="clerk", obj=case, now=NOW),
    ):
        CASE.perform("submit", case, actor=people.clerk, now=NOW, request_key="k-3")


def test_the_subject_answers_in_his_own_case_and_a_stranger_does_not(people: People) -> None:
    concerned = factories.person("赵一诺")
    account = factories.account(concerned)
    case = people.case(State.PENDING, person=concerned)
    done = CASE.perform("answer", case, actor=account, now=NOW, facts="款已付清。")
    assert (done.facts, done.version) == ("款已付清。", 2)
    assert Entry.objects.get(kind="workshop.answer").role == "subject"
    offers = {offer.arrow.action: offer.open for offer in CASE.offers(done, actor=account, now=NOW)}
    assert [action for action, is_open in offers.items() if is_open] == ["answer"]
    refuses(people.case(State.PENDING), "answer", account, NotAllowed, "属于当事人、填报人")


def test_an_object_that_is_gone_is_missing(people: People) -> None:
    ghost = Case(department=people.bureau, state=State.PENDING)
    with pytest.raises(Missing, match="没有这件记录"):
        CASE.perform("pass_on", ghost, actor=people.reviewer, now=NOW)


def test_what_follows_from_an_arrow_stands_and_falls_with_it(people: People) -> None:
    case = people.case()

    def fail(moved: Case) -> None:
        assert moved.state == State.PENDING
        raise Conflict("附带的事没有办成")

    with pytest.raises(Conflict, match="附带的事"):
        CASE.perform("submit", case, actor=people.clerk, now=NOW, then=fail)
    assert Case.objects.get(pk=case.pk).state == State.DRAFT
    assert not Hand.objects.exists()
    seen: list[str] = []
    CASE.perform("submit", case, actor=people.clerk, now=NOW, then=lambda moved: seen.append(moved.state))
    assert seen == [State.PENDING]
