"""The period to ask for a review is a right: it ends by itself, nobody is chased for it, and the day of service decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ledger.refusals import Conflict
from records.models import Escalation, Notification
from records.services.notifications import escalation
from records.services.objections import nightly, reviewing
from records.workflow.objections import clocks
from rules import deadlines
from rules.models import Deadline
from tests.accounts import factories as accounts
from tests.records import proofs
from tests.records.objections import factories
from tests.records.objections.factories import Hall, at

pytestmark = pytest.mark.django_db


def period(objection: object) -> Deadline:
    return Deadline.objects.get(object_id=str(objection.pk), rule=clocks.APPLY_FOR_REVIEW)  # type: ignore[attr-defined]


def last_day(clock: Deadline) -> date:
    assert clock.due_on is not None
    return clock.due_on


def test_nobody_hears_that_an_applicant_let_his_right_pass(hall: Hall) -> None:
    objection = factories.dismissed(hall)
    accounts.user(("head", hall.scene.city), name="何远山")
    clock = period(objection)
    told = set(Notification.objects.values_list("pk", flat=True))  # the decision itself names the right

    for days in range(-2, 15):
        escalation.escalate_due(now=at(last_day(clock) + timedelta(days=days)))

    assert not Escalation.objects.filter(deadline=clock).exists()
    assert not Notification.objects.filter(text__contains=clock.label).exclude(pk__in=told).exists()


def test_the_period_ends_at_night_once_its_last_day_has_passed(hall: Hall) -> None:
    objection = factories.dismissed(hall)
    until = last_day(period(objection))

    assert nightly.turn(now=at(until)) == 0
    assert nightly.turn(now=at(until + timedelta(days=1))) == 1
    assert nightly.turn(now=at(until + timedelta(days=1))) == 0

    assert period(objection).closed_on == until + timedelta(days=1)
    assert factories.fresh(objection).state == "dismissed"


@pytest.mark.parametrize("night", [False, True])
def test_after_its_last_day_no_review_is_taken_whether_the_night_has_been_or_not(hall: Hall, night: bool) -> None:
    objection = factories.dismissed(hall)
    late = at(last_day(period(objection)) + timedelta(days=1))
    if night:
        nightly.turn(now=late)

    with proofs.refused(Conflict, "申请复核的期限到"):
        reviewing.request(
            actor=hall.scene.head, objection=objection, reason="没有核对原件", version=objection.version, now=late
        )


def test_on_its_last_day_a_review_is_taken(hall: Hall) -> None:
    objection = factories.dismissed(hall)
    until = last_day(period(objection))
    nightly.turn(now=at(until))

    asked = reviewing.request(
        actor=hall.scene.head, objection=objection, reason="没有核对原件", version=objection.version, now=at(until)
    )

    assert asked.state == "review_requested"
    assert period(objection).closed_on == until


def test_the_holder_of_an_applicants_period_is_named_in_words(hall: Hall) -> None:
    said = deadlines.owner_words(period(factories.dismissed(hall)))

    assert said == f"{hall.scene.bureau.name} · 当事人"
