"""The applicant hears of every step of his objection: what it is, until when, and what he can do now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from records.models import Notification, Objection, Outcome
from records.services.objections import nightly, screening
from records.workflow.objections import clocks
from rules import deadlines
from tests.records import factories as records
from tests.records.factories import NOW
from tests.records.objections import factories
from tests.records.objections.factories import Hall, at

pytestmark = pytest.mark.django_db


def told(user: User, objection: Objection) -> list[str]:
    held = Notification.objects.filter(person_id=user.person_id, object_id=str(objection.pk)).order_by("at", "pk")
    return [text for text in held.values_list("text", flat=True) if objection.number in text]


def of_decision(user: User, objection: Objection, number: str) -> str:
    (text,) = [each for each in told(user, objection) if number in each]
    return text


def due(objection: Objection, rule: str) -> Any:
    return deadlines.open_for(objection).get(rule=rule).due_on


def in_words(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_acceptance_is_told_with_the_day_of_the_decision(hall: Hall) -> None:
    objection = factories.accepted(hall)

    for person in (hall.scene.head, hall.scene.clerk):
        (text,) = told(person, objection)
        assert "已受理" in text
        assert in_words(due(objection, clocks.DECIDE)) in text
    assert told(hall.scene.neighbour_clerk, objection) == []


def test_what_is_missing_is_told_with_the_last_day_and_what_follows(hall: Hall) -> None:
    objection = factories.supplementing(hall)

    (text,) = told(hall.scene.head, objection)

    assert "合同原件、授权委托书" in text
    assert in_words(due(objection, clocks.SUPPLEMENT)) in text
    assert "视为撤回" in text


def test_a_long_list_of_missing_things_leaves_day_and_consequence_whole(hall: Hall) -> None:
    objection = factories.submitted(hall)
    items = [f"第{place}项材料" + "甲" * 60 for place in range(12)]
    screening.ask_supplement(actor=hall.handler, objection=objection, items=items, version=objection.version, now=NOW)

    (text,) = told(hall.scene.head, factories.fresh(objection))

    assert "视为撤回" in text
    assert in_words(due(objection, clocks.SUPPLEMENT)) in text
    assert text.endswith("等12项，全部见案卷")
    assert len(text) <= 300


def test_not_accepted_is_told_with_reason_and_remedy(hall: Hall) -> None:
    objection = factories.refused(hall)

    (text,) = told(hall.scene.head, objection)

    assert "不予受理" in text
    assert objection.refusal_reason in text
    assert objection.remedy[:20] in text


@pytest.mark.parametrize("outcome", [Outcome.DISMISS, Outcome.CORRECT])
def test_a_decision_is_told_with_the_way_to_a_review(hall: Hall, outcome: str) -> None:
    objection = factories.decided(hall, outcome=outcome)

    text = of_decision(hall.scene.head, objection, "安发改异〔2026〕1号")

    assert str(Outcome(outcome).label) in text
    assert f"{in_words(due(objection, clocks.APPLY_FOR_REVIEW))}前（含当日）申请复核" in text


def test_before_a_paper_decision_is_served_the_length_of_the_period_is_told(hall: Hall) -> None:
    objection = factories.registered(hall)
    accepted = screening.accept(actor=hall.handler, objection=objection, version=objection.version, now=NOW)
    factories.confirmed(hall, factories.redrafted(hall, accepted, outcome=Outcome.DISMISS))

    text = of_decision(hall.scene.head, objection, "安发改异〔2026〕1号")

    assert "自决定送达之日起 10 个工作日内申请复核一次" in text


def test_where_nothing_is_left_to_ask_no_review_is_offered(hall: Hall) -> None:
    objection = factories.decided(hall, outcome=Outcome.REVOKE)

    text = of_decision(hall.scene.head, objection, "安发改异〔2026〕1号")

    assert "成立，撤销记录" in text
    assert "复核" not in text


def test_the_decision_on_review_is_told_with_the_courts(hall: Hall) -> None:
    objection = factories.review_dismissed(hall)

    text = of_decision(hall.scene.head, objection, "云发改异复〔2026〕3号")

    assert "行政复议或者提起行政诉讼" in text


def test_a_lapse_is_told_once(hall: Hall) -> None:
    objection = factories.supplementing(hall)
    after = at(due(objection, clocks.SUPPLEMENT) + timedelta(days=1))

    nightly.turn(now=after)
    nightly.turn(now=after)

    (text,) = [each for each in told(hall.scene.head, objection) if "可以重新提出" in each]
    assert "逾期未补正，视为撤回" in text


def test_an_official_alone_hears_of_his_objection(hall: Hall) -> None:
    record = records.recognised(hall.scene, content=records.about_official(hall.scene), sanctions=("AWARD_RESTRICT",))
    objection = factories.accepted(hall, record=record, by=hall.scene.official_user)

    (text,) = told(hall.scene.official_user, objection)

    assert "已受理" in text
    assert told(hall.scene.head, objection) == []
