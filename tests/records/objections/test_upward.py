"""Where an office has nobody independent, or does not act, the case goes up: at once, or when its day has passed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from ledger.acts import act
from ledger.refusals import Conflict, NotAllowed
from records import words
from records.models import DishonestyRecord, Notification, Objection, ObjectionEscalation, Outcome
from records.services.objections import screening, timing
from records.workflow.objections import clocks
from rules import deadlines
from rules.workflow import hands
from tests.records import factories as records
from tests.records import proofs
from tests.records.factories import NOW
from tests.records.objections import factories
from tests.records.objections.factories import Hall, at

pytestmark = pytest.mark.django_db


def taking_part(record: DishonestyRecord, *users: User) -> None:
    """Let officers have had a part in the record."""
    for user in users:
        with act(kind="test.part", actor=user, role="clerk", obj=record, now=NOW):
            hands.lay(actor=user, obj=record, part="editor", noun="记录", now=NOW)


def owed(objection: Objection) -> Any:
    held = clocks.owed(objection)
    assert held is not None
    return held


def moved_as_told(user: User, objection: Objection) -> list[str]:
    """Return what somebody concerned was told of an objection's way to another office."""
    mine = Notification.objects.filter(person_id=user.person_id, object_id=str(objection.pk))
    return [each.text for each in mine if "办理：" in each.text]


def city(hall: Hall) -> tuple[User, ...]:
    return hall.handler, hall.decider, hall.third, hall.scene.appeals


def test_handed_in_where_everybody_had_a_part_it_goes_up_in_the_same_act(hall: Hall) -> None:
    record = records.disclosed(hall.scene)
    taking_part(record, *city(hall))

    objection = factories.submitted(hall, record=record)

    assert objection.office == hall.province_lead
    assert (objection.state, objection.is_escalated) == ("submitted", False)
    assert (owed(objection).rule, owed(objection).owner_department) == (clocks.ACCEPT, hall.province_lead)
    mine = Notification.objects.filter(person_id=hall.superior.person_id, object_id=str(objection.pk))
    assert [hall.scene.lead.name in each.text for each in mine] == [True]
    for person in (hall.scene.head, hall.scene.clerk):
        (heard,) = moved_as_told(person, objection)
        assert "没有可以独立办理的人" in heard
        assert words.day(owed(objection).due_on) in heard
    with proofs.refused(NotAllowed, "不能由您办"):
        screening.accept(actor=hall.handler, objection=objection, version=objection.version, now=NOW)
    accepted = screening.accept(actor=hall.superior, objection=objection, version=objection.version, now=NOW)
    assert accepted.state == "investigating"


def test_with_one_independent_officer_left_it_stays_and_his_draft_is_decided_above(hall: Hall) -> None:
    record = records.disclosed(hall.scene)
    taking_part(record, hall.decider, hall.third, hall.scene.appeals)
    objection = factories.accepted(hall, record=record)
    assert objection.office == hall.scene.lead
    before = owed(objection)

    drafted = factories.redrafted(hall, objection, outcome=Outcome.DISMISS)

    assert (drafted.state, drafted.office) == ("decision_draft", hall.province_lead)
    after = owed(drafted)
    assert (after.pk, after.due_on, after.owner_department) == (before.pk, before.due_on, hall.province_lead)
    assert not ObjectionEscalation.objects.exists()
    assert factories.confirmed(hall, drafted, by=hall.superior).state == "dismissed"


def test_with_two_independent_officers_nothing_moves(hall: Hall) -> None:
    record = records.disclosed(hall.scene)
    taking_part(record, hall.third, hall.scene.appeals)

    drafted = factories.proposed(hall, record=record, outcome=Outcome.DISMISS)

    assert drafted.office == hall.scene.lead
    assert factories.confirmed(hall, drafted).state == "dismissed"


def test_on_paper_the_superior_registers_what_nobody_below_may(hall: Hall) -> None:
    record = records.disclosed(hall.scene)
    taking_part(record, *city(hall))

    with proofs.refused(NotAllowed, hall.province_lead.name):
        factories.registered(hall, record=record)
    above = Hall(**{**hall.__dict__, "handler": hall.superior})
    assert factories.registered(above, record=record).office == hall.province_lead


def test_not_taken_up_in_time_it_goes_up_and_the_period_for_acceptance_starts_there(hall: Hall) -> None:
    objection = factories.submitted(hall)
    until = owed(objection).due_on

    assert timing.escalate_due(now=at(until)) == 0
    assert timing.escalate_due(now=at(until + timedelta(days=1))) == 1
    assert timing.escalate_due(now=at(until + timedelta(days=1))) == 0

    held = factories.fresh(objection)
    assert (held.state, held.office, held.is_escalated) == ("submitted", hall.province_lead, True)
    assert (owed(held).rule, owed(held).started_on) == (clocks.ACCEPT, until + timedelta(days=1))
    assert ObjectionEscalation.objects.get(objection=held).rule == clocks.ACCEPT
    said = Notification.objects.filter(person_id=hall.superior.person_id, object_id=str(held.pk))
    assert ["逾期没有决定是否受理" in each.text for each in said] == [True]
    for person in (hall.scene.head, hall.scene.clerk):
        (heard,) = moved_as_told(person, held)
        assert heard.endswith(f"没有按期办理。应于{words.day(owed(held).due_on)}前（含当日）办结这一步")


def test_an_extension_is_had_once_however_far_the_case_goes_up(hall: Hall) -> None:
    objection = factories.accepted(hall)
    asked = timing.propose_extension(
        actor=hall.handler, objection=objection, reason="须调取外地档案", version=objection.version, now=NOW
    )
    timing.sign_extension(actor=hall.lead_head, proposal=asked, now=NOW)
    late = at(owed(objection).due_on + timedelta(days=1))
    assert timing.escalate_due(now=late) == 1
    held = factories.fresh(objection)
    assert owed(held).rule == clocks.DECIDE

    with proofs.refused(Conflict, "处理期限已经延长过一次"):
        timing.propose_extension(actor=hall.superior, objection=held, reason="再要时间", version=held.version, now=late)
    assert deadlines.open_for(held).filter(rule=clocks.EXTENSION).count() == 0
