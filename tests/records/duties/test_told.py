"""Who is concerned hears of it: a record in force with his rights, an order with its days, the answer to a claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from records import words
from records.models import MitigationClaim, Notification
from rules import deadlines
from tests.records import factories as records
from tests.records.duties import factories
from tests.records.factories import Scene

pytestmark = pytest.mark.django_db


def told(user: User, number: str) -> list[str]:
    held = Notification.objects.filter(person_id=user.person_id, text__contains=number).order_by("at", "pk")
    return list(held.values_list("text", flat=True))


def test_a_unit_hears_of_a_record_in_force_with_all_three_rights(scene: Scene) -> None:
    record = records.effective(scene)

    for person in (scene.head, scene.clerk):
        (text,) = told(person, record.number)
        assert "提出异议" in text
        assert "申请行政复议或者提起行政诉讼" in text
    assert told(scene.neighbour_clerk, record.number) == []


def test_an_official_heard_by_the_source_reads_his_rights_and_his_unit_reads_nothing(scene: Scene) -> None:
    record = records.recognised(scene, content=records.about_official(scene), sanctions=("AWARD_RESTRICT",))
    assert record.prior_hearing_by_source

    (text,) = told(scene.official_user, record.number)

    assert "提出异议" in text
    assert "申请行政复议或者提起行政诉讼" in text
    assert told(scene.head, record.number) == []


def test_the_head_hears_of_an_order_with_its_days(scene: Scene) -> None:
    order = factories.ordered(scene)
    receipt = next(each for each in deadlines.open_for(order) if each.due_on != order.due_on)

    (text,) = told(scene.head, order.number)

    assert "责令整改" in text
    assert words.day(receipt.due_on) in text
    assert words.day(order.due_on) in text


@pytest.mark.parametrize(
    ("made", "outcome", "reply"),
    [
        (factories.lightened, "从轻", "主动挽回损失，从轻。"),
        (factories.waived, "免于", "损失全部挽回，免于惩戒。"),
        (factories.claim_refused, "不予", "付款系法院执行，不是主动。"),
    ],
)
def test_the_claimant_reads_the_answer_and_its_reasons(
    scene: Scene, made: Callable[[Scene], MitigationClaim], outcome: str, reply: str
) -> None:
    claim = made(scene)

    (text,) = told(scene.head, claim.number)

    assert claim.get_state_display() in text
    assert outcome in text
    assert reply in text


def test_the_head_hears_of_a_second_order_and_what_silence_means(scene: Scene) -> None:
    order = factories.ordered_again(scene)

    again = [text for text in told(scene.head, order.number) if "再次责令整改" in text]

    assert [words.day(order.second_due_on) in text and "拒不整改" in text for text in again] == [True]
    assert not [text for text in told(scene.neighbour_clerk, order.number) if "再次责令" in text]
