"""Scenarios 56 to 64 of the domain reference, one test each (60 without the indicator C1; 57 is played with a real record)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from exchange import delivery, freezing, mappings, relay, resending
from exchange.models import Alarm, Delivery, DeliveryState, Report
from ledger import acts
from ledger.actors import SYSTEM
from ledger.models import Entry
from tests.accounts import factories
from tests.exchange import scenes
from tests.exchange.scenes import NOW

LATER = NOW + timedelta(hours=7)


def test_scenario_56_a_time_out_is_retried_with_the_same_key_and_the_platform_holds_one_record(unit, standin):
    standin.switch(mode="slow_answer", seconds=20, times=1)  # commits, and answers when nobody listens any more
    sent = scenes.relayed(unit)
    way = standin.transport(timeout=0.5)

    assert delivery.deliver_due(NOW, transport=way) == 1
    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (DeliveryState.RETRY_WAIT, 0)
    assert delivery.deliver_due(LATER, transport=way) == 1

    sent.refresh_from_db()
    assert sent.state == DeliveryState.STORED
    keys = {row["key"] for row in standin.store.rows("SELECT key FROM messages")}
    assert keys == {str(sent.pk)}
    assert standin.held() == {str(sent.subject_id): (1, "live")}


def test_scenario_58_a_withdrawal_before_the_create_was_sent_sends_neither(unit, puppet):
    first = scenes.relayed(unit)
    withdrawal = scenes.relayed(unit, subject=first.subject_id, version=2, op="W")

    assert delivery.deliver_due(NOW, transport=puppet) == 0

    states = set(Delivery.objects.values_list("state", flat=True))
    assert states == {DeliveryState.SUPERSEDED}
    assert puppet.sent == []
    assert withdrawal.tries == 0


def test_scenario_59_version_two_goes_before_version_three(unit, puppet):
    subject = uuid4()
    for version, op in ((1, "C"), (3, "U"), (2, "U")):  # three was written first, as a slow transaction could have it
        scenes.report(unit, subject=subject, version=version, op=op)
    relay.relay(NOW)
    puppet.answers = ["stored", "E090"]

    delivery.deliver_due(NOW, transport=puppet)
    assert [message.version for message in puppet.sent] == [1, 2]  # two is busy, three waits for it
    delivery.deliver_due(LATER, transport=puppet)
    assert [message.version for message in puppet.sent] == [1, 2, 2, 3]


@pytest.mark.parametrize(("day", "late"), [(date(2026, 10, 12), False), (date(2026, 10, 13), True)])
def test_scenario_60_pushed_after_seven_working_days_is_late(unit, puppet, day, late):
    sent = scenes.relayed(unit)  # decided on 2026-09-24
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)

    delivery.deliver_due(moment, transport=puppet)

    sent.refresh_from_db()
    assert sent.is_late is late


def test_scenario_61_a_rollback_leaves_no_row(unit):
    entries = Entry.objects.count()

    class Broken(Exception):
        pass

    with pytest.raises(Broken), acts.act(kind="test", actor=SYSTEM, role="system", now=NOW):
        _report_and_fail(unit, Broken)

    assert not Report.objects.exists()
    assert Entry.objects.count() == entries
    assert relay.relay(NOW) == 0
    assert not Delivery.objects.exists()


def test_scenario_63_eight_failures_make_it_dead_with_one_alarm_and_a_resend_needs_a_reason(unit, puppet):
    sent = scenes.relayed(unit)
    puppet.answers = ["E090", "E099"] * 4
    for turn in range(12):
        delivery.deliver_due(NOW + timedelta(hours=7 * turn), transport=puppet)
    sent.refresh_from_db()
    assert (sent.state, sent.attempts, len(puppet.sent)) == (DeliveryState.DEAD, 8, 8)
    assert [alarm.kind for alarm in Alarm.objects.all()] == [Alarm.Kind.DEAD]

    lead = factories.department("市发展和改革局", parent=unit.parent, level="CITY", is_credit_lead=True)
    approver = factories.user(("approver", lead))
    with pytest.raises(resending.Invalid, match="理由"):
        resending.resend(actor=approver, delivery=sent, reason="  ", now=LATER)
    resending.resend(actor=approver, delivery=sent, reason="平台已恢复，重新报送", now=LATER)
    delivery.deliver_due(LATER, transport=puppet)

    sent.refresh_from_db()
    assert sent.state == DeliveryState.STORED
    assert {message.key for message in puppet.sent} == {sent.pk}
    assert not Alarm.objects.filter(cleared_at=None).exists()
    assert Entry.objects.filter(kind="delivery.resend", person=approver.person_id).count() == 1


def test_scenario_64_a_fine_of_twenty_thousand_yuan_is_two_in_ten_thousands(unit):
    made = scenes.report(unit, resource="CF", fine_yuan="20000.00", penalty="罚款")

    frozen = freezing.freeze(made, batch="b", today=scenes.DECIDED)

    assert frozen.faults == []
    assert mappings.for_resource("CF").fill(_facts(made))["CF_NR_FK"] == "2.000000"


def _facts(made):
    return mappings.Facts(
        subject_id=made.subject_id,
        version=1,
        operation="C",
        decided_on=made.decided_on,
        created_at=NOW,
        batch="b",
        today=NOW.date(),
        fields=made.fields,
    )


def _report_and_fail(unit, fault):
    scenes.reporting.report(
        subject_id=uuid4(),
        version=1,
        op="C",
        decided_on=scenes.DECIDED,
        due_at=NOW,
        fields=scenes.fields(),
        department=unit,
        now=NOW,
    )
    raise fault
