"""The day's batch: shuffled, padded, dated by the day; rows are excused until it comes and not a moment longer."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from ledger import acts, batches
from ledger.models import Entry
from ledger.verification.run import verify
from records.models import Complaint, ComplaintMessage, ComplaintRating, ComplaintState
from records.services.intake import night, thread
from records.workflow.intake import receipts
from rules.clock import ZONE, local_day
from rules.models import Deadline
from tests.ledger.scenes import tampering
from tests.records import factories
from tests.records.complaints import cases
from tests.records.factories import NOW
from tests.records.intake.making import keyed, night_after, reread, sent


def batch() -> list[Entry]:
    return list(Entry.objects.filter(object_type=batches.KIND).order_by("position"))


def noted(entry: Entry) -> bool:
    from ledger.models import EntryBody

    return b'"rows":[]' not in bytes(EntryBody.objects.get(pk=entry.pk).body)


@pytest.mark.parametrize("how_many", [0, 1, 3])
def test_a_night_writes_a_multiple_of_64_entries_whether_or_not_anybody_wrote(scene, how_many):
    for _ in range(how_many):
        sent(scene)
    night_after()

    entries = batch()
    assert len(entries) == batches.SIZE
    assert len({(e.kind, e.object_id, e.person, e.role, e.request_id, e.reason_digest, e.at) for e in entries}) == 1
    assert entries[0].at == datetime.combine(local_day(NOW), time.min, ZONE)
    assert sum(map(noted, entries)) == (0 if not how_many else sum(map(noted, entries)) or 1)


def test_the_same_night_twice_writes_once(scene):
    sent(scene)
    night_after()
    night_after()
    assert len(batch()) == batches.SIZE


def test_where_an_entry_stands_tells_nothing_of_when_it_came(scene):
    places = set()
    for day in range(4):
        now = NOW + timedelta(days=day)
        sent(scene, now=now)
        night_after(now)
        entries = batch()[-batches.SIZE :]
        places.add(tuple(place for place, entry in enumerate(entries) if noted(entry)))
    assert len(places) > 1
    assert all(found != tuple(range(len(found))) for found in places)


def test_numbers_are_given_at_night_without_a_gap_and_the_clocks_count_from_the_day(scene):
    complaints = [sent(scene).complaint for _ in range(5)]
    assert all(each.number is None for each in complaints)
    assert not Deadline.objects.filter(object_type="records.complaint").exists()
    night_after()

    numbers = sorted(reread(each).number for each in complaints)
    assert [int(number[-4:]) for number in numbers] == list(range(1, 6))
    started = Deadline.objects.filter(object_type="records.complaint").values_list("started_on", flat=True)
    assert set(started) == {local_day(NOW)}


def test_a_rating_moves_the_case_at_night(scene):
    complaint = cases.answered(cases.cast(scene))
    receipt = complaint.receipts.get()
    before = Entry.objects.count()
    thread.rate(receipt=receipt, is_satisfied=False, now=NOW)

    assert Entry.objects.count() == before
    assert reread(complaint).state == ComplaintState.ANSWERED
    assert night.carry_ratings(now=NOW + timedelta(days=1)) == 1
    assert reread(complaint).state == ComplaintState.RATED
    assert night.carry_ratings(now=NOW + timedelta(days=1)) == 0


def test_only_new_rows_that_may_wait_are_saved_quietly(scene):
    complaint = sent(scene).complaint
    with pytest.raises(acts.NotQuiet), acts.quietly(now=NOW):
        complaint.save()
    with pytest.raises(acts.NotQuiet), acts.quietly(now=NOW):
        scene.bureau.save()
    with pytest.raises(acts.NotQuiet), acts.quietly(now=NOW):
        acts.act(kind="x", actor=scene.clerk, role="clerk", now=NOW).__enter__()


def test_a_row_of_a_day_already_covered_gets_its_entry_at_once(scene):
    night_after()
    before = len(batch())
    sent(scene)
    late = batch()[before:]
    assert late
    assert {entry.at for entry in late} == {datetime.combine(local_day(NOW), time.min, ZONE)}


def test_verify_excuses_todays_rows_and_names_what_was_touched_after_the_batch(fresh_database):
    factories.load_law()
    scene = factories.scene()
    keyed(scene)
    received = sent(scene, contact="a@example.org")
    receipt = thread.find(number=received.number, code=received.code)
    thread.supplement(receipt=receipt, text="补充说明", nonce=receipts.new_nonce(), now=NOW)
    assert verify().findings == []
    assert verify().counts["waiting"] > 5
    with acts.act(kind="test.look", actor=scene.approver, role="approver", now=NOW):
        thread.say(
            actor=scene.approver, role="approver", complaint=received.complaint, kind="notice", text="收到", now=NOW
        )
    night_after()
    assert verify().findings == []
    assert "waiting" not in verify().counts

    complaint, message = Complaint.objects.get(), ComplaintMessage.objects.filter(author=None).get()
    with tampering() as cursor:
        cursor.execute("UPDATE records_complaint SET object_name = 'x' WHERE id = %s", [str(complaint.pk)])
    assert [(f.table, f.key, f.column) for f in verify().findings if f.code == "row.column"] == [
        ("records_complaint", str(complaint.pk), "object_name")
    ]
    with tampering() as cursor:
        cursor.execute("DELETE FROM records_complaintmessage WHERE id = %s", [str(message.pk)])
    assert ("entry.without_row", str(message.pk)) in {(f.code, f.key) for f in verify().findings}
    with tampering() as cursor:
        cursor.execute(
            "INSERT INTO records_complaintrating (id, is_satisfied, rated_on, complaint_id, receipt_id)"
            " VALUES (gen_random_uuid(), true, %s, %s, %s)",
            [local_day(NOW), str(complaint.pk), str(receipt.pk)],
        )
    slipped = str(ComplaintRating.objects.get().pk)
    assert ("row.without_entry", slipped) in {(f.code, f.key) for f in verify().findings}
