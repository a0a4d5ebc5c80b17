"""The rules of design 8, one by one: what counts, what releases, what holds, what overtakes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from exchange import alarms, claiming, delivery, erasing, receipts, relay, reporting, results
from exchange.models import Alarm, Attempt, Channel, Delivery, DeliveryState, Outcome, Receipt, Report, Way
from exchange.transports import Answer, Word
from ledger import acts
from ledger.models import Entry
from tests.exchange import scenes
from tests.exchange.scenes import NOW

HOUR = timedelta(hours=7)  # longer than any back-off


def _states(subject):
    return list(Delivery.objects.filter(subject_id=subject).order_by("version").values_list("state", flat=True))


def _two(unit, op="U"):
    subject = uuid4()
    return subject, scenes.relayed(unit, subject=subject), scenes.relayed(unit, subject=subject, version=2, op=op)


@pytest.mark.parametrize(
    ("told", "state", "counted"),
    [
        ("stored", "stored", 0),
        ("accepted", "sent", 0),
        ("E090", "retry_wait", 1),
        ("E099", "retry_wait", 1),
        ("busy", "retry_wait", 1),
        ("silence", "retry_wait", 0),
        ("untrusted", "retry_wait", 0),
        ("credential", "retry_wait", 0),
        *((code, "rejected", 0) for code in ("E010", "E011", "E012", "E013", "E020", "E021", "E022", "E031", "E032")),
        *((code, "rejected", 0) for code in ("E033", "E040", "E041", "E042", "E060")),
    ],
)
def test_the_state_walk_of_one_sending(unit, puppet, told, state, counted):
    sent = scenes.relayed(unit)
    puppet.answers = [told]
    delivery.deliver_due(NOW, transport=puppet, limit=1)
    sent.refresh_from_db()
    assert (sent.state, sent.attempts, sent.tries) == (state, counted, 1)
    assert sent.lease_until is None


@pytest.mark.parametrize("told", ["stored", "E020"])
def test_stored_and_rejected_release_the_next_version(unit, puppet, told):
    subject, _first, _second = _two(unit)
    puppet.answers = [told]
    delivery.deliver_due(NOW, transport=puppet)
    assert _states(subject)[1] == DeliveryState.STORED


@pytest.mark.parametrize("told", ["accepted", "E090", "silence"])
def test_nothing_else_releases_the_next_version(unit, puppet, told):
    subject, _first, _second = _two(unit)
    puppet.answers = [told]
    delivery.deliver_due(NOW, transport=puppet)
    assert _states(subject)[1] == DeliveryState.QUEUED
    assert [message.version for message in puppet.sent] == [1]


def _die(unit, puppet, subject):
    puppet.answers = ["E090"] * 8
    for turn in range(8):
        delivery.deliver_due(NOW + turn * HOUR, transport=puppet)
    assert _states(subject)[0] == DeliveryState.DEAD


def test_a_dead_version_holds_the_next(unit, puppet):
    subject, _first, _second = _two(unit)
    _die(unit, puppet, subject)
    delivery.deliver_due(NOW + 9 * HOUR, transport=puppet)
    assert _states(subject) == [DeliveryState.DEAD, DeliveryState.QUEUED]


def test_a_withdrawal_supersedes_a_dead_version_and_goes_since_it_was_attempted(unit, puppet):
    subject = uuid4()
    scenes.relayed(unit, subject=subject)
    _die(unit, puppet, subject)
    scenes.relayed(unit, subject=subject, version=2, op="W", now=NOW + 8 * HOUR)

    delivery.deliver_due(NOW + 9 * HOUR, transport=puppet)

    assert _states(subject) == [DeliveryState.SUPERSEDED, DeliveryState.STORED]
    assert puppet.sent[-1].operation == "W"
    assert not Alarm.objects.filter(cleared_at=None).exists()


def test_a_withdrawal_of_what_never_arrived_is_closed_without_calling_a_person(unit, puppet):
    subject = uuid4()
    scenes.relayed(unit, subject=subject)
    puppet.answers = ["E090", "E032"]
    delivery.deliver_due(NOW, transport=puppet)
    scenes.relayed(unit, subject=subject, version=2, op="W")
    delivery.deliver_due(NOW + HOUR, transport=puppet)
    assert _states(subject) == [DeliveryState.SUPERSEDED, DeliveryState.CANCELLED]
    assert not Delivery.objects.all().needing_a_hand().exists()


def test_a_withdrawal_supersedes_unsent_changes_of_a_stored_record_and_goes_itself(unit, puppet):
    subject = uuid4()
    scenes.relayed(unit, subject=subject)
    delivery.deliver_due(NOW, transport=puppet)
    scenes.relayed(unit, subject=subject, version=2, op="U")
    scenes.relayed(unit, subject=subject, version=3, op="W")
    delivery.deliver_due(NOW, transport=puppet)
    assert _states(subject) == ["stored", "superseded", "stored"]
    assert [message.operation for message in puppet.sent] == ["C", "W"]


def test_a_withdrawal_waits_for_a_sending_under_way_and_for_one_that_was_cut_off(unit, puppet):
    subject = uuid4()
    first = scenes.relayed(unit, subject=subject)
    message = claiming.claim(owner="one", now=NOW)
    scenes.relayed(unit, subject=subject, version=2, op="W")
    assert claiming.claim(owner="two", now=NOW) is None  # under way: nobody passes it

    results.note(key=message.key, epoch=message.epoch, answer=Answer(Outcome.UNREACHABLE), now=NOW)

    first.refresh_from_db()
    assert first.state == DeliveryState.SUPERSEDED
    assert claiming.claim(owner="two", now=NOW + timedelta(seconds=60)) is None  # its bytes may still be travelling
    assert claiming.claim(owner="two", now=NOW + timedelta(seconds=121)).operation == "W"


def test_withdrawals_go_first_across_subjects(unit, puppet):
    held = uuid4()
    scenes.relayed(unit, subject=held)
    delivery.deliver_due(NOW, transport=puppet)
    others = [scenes.relayed(unit) for _n in range(3)]
    scenes.relayed(unit, subject=held, version=2, op="W", now=NOW + timedelta(minutes=1))
    puppet.sent.clear()

    delivery.deliver_due(NOW + timedelta(minutes=2), transport=puppet)

    assert puppet.sent[0].operation == "W"
    assert {message.key for message in puppet.sent[1:]} == {other.pk for other in others}


def test_an_unreachable_platform_opens_the_breaker_and_counts_nothing(unit, puppet):
    made = [scenes.relayed(unit) for _n in range(7)]
    puppet.answers = ["silence"] * 7

    assert delivery.deliver_due(NOW, transport=puppet) == 5  # then it is open

    channel = Channel.objects.get()
    assert channel.opened_at == NOW
    assert {each.attempts for each in Delivery.objects.all()} == {0}
    assert delivery.deliver_due(NOW + timedelta(seconds=29), transport=puppet) == 0
    later = NOW + timedelta(minutes=20)
    assert delivery.deliver_due(later, transport=puppet, limit=1) == 1  # the probe, silent again
    assert delivery.deliver_due(later, transport=puppet) == 0  # only one
    puppet.answers = []
    assert delivery.deliver_due(later + timedelta(hours=1), transport=puppet) == len(made)
    assert Channel.objects.get().opened_at is None
    assert set(Delivery.objects.values_list("state", flat=True)) == {"stored"}


def test_a_refused_credential_opens_the_breaker_at_once_and_calls_a_person_without_costing_an_attempt(unit, puppet):
    sent = scenes.relayed(unit)
    puppet.answers = ["credential"]
    delivery.deliver_due(NOW, transport=puppet)
    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (DeliveryState.RETRY_WAIT, 0)
    assert Channel.objects.get().opened_at == NOW
    assert Alarm.objects.get().kind == Alarm.Kind.CREDENTIAL


def test_retry_after_is_honoured(unit, puppet, monkeypatch):
    sent = scenes.relayed(unit)
    waiting = Answer(Outcome.BUSY, http_status=429, retry_after=timedelta(minutes=50))
    monkeypatch.setattr(puppet, "send", lambda message: waiting)
    delivery.deliver_due(NOW, transport=puppet, limit=1)
    sent.refresh_from_db()
    assert sent.next_attempt_at >= NOW + timedelta(minutes=50)


def test_the_back_off_stays_between_nothing_and_its_growing_limit(unit, puppet):
    sent = scenes.relayed(unit)
    for turn in range(1, 8):
        moment = NOW + turn * HOUR
        puppet.answers = ["E090"]
        delivery.deliver_due(moment, transport=puppet, limit=1)
        sent.refresh_from_db()
        assert (
            timedelta(0) <= sent.next_attempt_at - moment <= min(timedelta(hours=6), timedelta(minutes=2 ** (turn - 1)))
        )


def test_the_first_version_the_platform_has_not_stored_goes_as_a_create(unit, puppet):
    subject = uuid4()
    for version, op in ((1, "C"), (2, "M"), (3, "N")):
        scenes.relayed(unit, subject=subject, version=version, op=op)
    puppet.answers = ["E020", "stored", "stored"]
    delivery.deliver_due(NOW, transport=puppet)
    assert [message.operation for message in puppet.sent] == ["C", "C", "N"]


def test_a_repeat_carries_the_same_key_and_the_same_bytes(unit, puppet):
    scenes.relayed(unit)
    puppet.answers = ["silence", "E090", "stored"]
    for turn in range(3):
        delivery.deliver_due(NOW + turn * HOUR, transport=puppet)
    assert len(puppet.sent) == 3
    assert len({(message.key, message.content, message.operation) for message in puppet.sent}) == 1


def test_a_late_sender_changes_nothing_once_its_lease_is_gone(unit):
    sent = scenes.relayed(unit)
    slow = claiming.claim(owner="slow", now=NOW)
    quick = claiming.claim(owner="quick", now=NOW + timedelta(seconds=121))
    assert quick.key == slow.key
    results.note(key=slow.key, epoch=slow.epoch, answer=Answer(Outcome.BUSY, code="E090"), now=NOW)
    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (DeliveryState.SENDING, 0)
    assert Attempt.objects.get(delivery=sent, epoch=slow.epoch).outcome == Outcome.BUSY


def test_a_late_senders_receipt_is_valid_and_fences_the_other_off(unit):
    sent = scenes.relayed(unit)
    slow = claiming.claim(owner="slow", now=NOW)
    quick = claiming.claim(owner="quick", now=NOW + timedelta(seconds=121))
    results.note(key=slow.key, epoch=slow.epoch, answer=scenes.answer(slow, "stored"), now=NOW)
    results.note(key=quick.key, epoch=quick.epoch, answer=Answer(Outcome.UNREACHABLE), now=NOW)
    sent.refresh_from_db()
    assert sent.state == DeliveryState.STORED
    assert Receipt.objects.filter(delivery=sent).count() == 1


def test_a_receipt_over_other_bytes_moves_nothing(unit):
    sent = scenes.relayed(unit)
    message = claiming.claim(owner="one", now=NOW)
    lie = Word(message.key, "stored", "R1", "0" * 64)
    results.note(key=message.key, epoch=message.epoch, answer=Answer(Outcome.STORED, word=lie), now=NOW)
    sent.refresh_from_db()
    assert sent.state == DeliveryState.RETRY_WAIT
    assert Alarm.objects.get().kind == Alarm.Kind.UNTRUSTED


def test_polling_applies_each_later_word_once(unit, puppet):
    sent = scenes.relayed(unit)
    puppet.answers = ["accepted"]
    delivery.deliver_due(NOW, transport=puppet)
    puppet.words = [scenes.word(puppet.sent[0], "stored", platform_id="P9")]
    assert receipts.poll(NOW, transport=puppet) == 1
    Channel.objects.update(results_cursor="")
    assert receipts.poll(NOW, transport=puppet) == 0
    sent.refresh_from_db()
    assert (sent.state, sent.platform_id) == (DeliveryState.STORED, "P9")
    assert Receipt.objects.get(verdict="stored").via == Way.POLL


def test_polling_an_absent_platform_raises_nothing(unit):
    assert receipts.poll(NOW, transport=scenes.Silent()) == 0
    assert Channel.objects.get().failures == 1


def test_no_answer_within_five_working_days_calls_a_person_once(unit, puppet):
    scenes.relayed(unit)
    puppet.answers = ["accepted"]
    delivery.deliver_due(NOW, transport=puppet)  # Friday 9 October; Saturday 10 is a make-up working day
    friday = NOW + timedelta(days=6)
    assert alarms.watch(friday) == 0
    assert alarms.watch(friday + timedelta(days=1)) == 1
    assert alarms.watch(friday + timedelta(days=2)) == 0
    assert [alarm.kind for alarm in Alarm.objects.all()] == [Alarm.Kind.NO_ACK]


def test_contents_are_erased_after_receipt_and_retention_and_digests_stay(unit, puppet):
    sent = scenes.relayed(unit, is_person=True, restricted=scenes.PERSONAL)
    delivery.deliver_due(NOW, transport=puppet)
    assert erasing.erase_old(NOW + timedelta(days=364)) == 0
    assert erasing.erase_old(NOW + timedelta(days=366)) == 1
    assert erasing.erase_old(NOW + timedelta(days=366)) == 0
    sent.refresh_from_db()
    assert (sent.payload, sent.report.fields, sent.report.restricted) == (None, {}, None)
    assert len(sent.report.digest) == len(sent.payload_digest) == 64
    assert Receipt.objects.filter(delivery=sent).exists()
    assert Entry.objects.filter(kind=erasing.KIND).count() == 1


def test_a_withdrawn_records_contents_do_not_wait_for_the_retention(unit, puppet):
    subject = uuid4()
    scenes.relayed(unit, subject=subject)
    delivery.deliver_due(NOW, transport=puppet)
    scenes.relayed(unit, subject=subject, version=2, op="W")
    assert erasing.erase_old(NOW) == 0
    delivery.deliver_due(NOW, transport=puppet)
    assert erasing.erase_old(NOW) == 2
    assert set(Report.objects.values_list("erased_at", flat=True)) == {NOW}


def test_the_entry_of_the_act_carries_the_reports_digest(unit):
    made = scenes.report(unit)
    entry = Entry.objects.filter(kind="test.report").get()
    assert {"name": "exchange.report", "key": str(made.pk), "digest": made.digest} in entry.refs
    assert reporting.digest_of(Report.objects.get(pk=made.pk)) == made.digest


def test_a_report_outside_an_act_is_a_fault_of_the_program(unit):
    with pytest.raises(acts.NoActOpen):
        reporting.report(
            subject_id=uuid4(),
            version=1,
            op="C",
            decided_on=scenes.DECIDED,
            due_at=NOW,
            fields={},
            department=unit,
            now=NOW,
        )
    assert not Report.objects.exists()


def test_the_relay_makes_each_delivery_once(unit):
    scenes.report(unit)
    assert relay.relay(NOW) == 1
    assert relay.relay(NOW) == 0
    assert Delivery.objects.count() == 1
