"""Two people at once: exactly one decision, whichever door they come through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from django.db import connections

from exchange.models import Report
from ledger.models import Entry
from ledger.refusals import Conflict, Refused
from records.models import DishonestyRecord, RecordState
from records.services import drafting, ending, recognition, withdrawal
from tests.records import factories
from tests.records.factories import NOW, Scene

S = RecordState


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; return what each gave or was refused with."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def built() -> Scene:
    """Build law and people in a database where commits are real."""
    factories.load_law()
    return factories.scene()


def test_two_people_deciding_at_once_make_exactly_one_decision(fresh_database: object) -> None:
    scene = built()
    record = factories.pending_approval(scene)

    def recognise() -> DishonestyRecord:
        return recognition.recognise(
            actor=scene.approver, record=record, severity="general", sanctions=(), version=record.version, now=NOW
        )

    def reject() -> DishonestyRecord:
        return recognition.reject(actor=scene.second, record=record, reason="证据不足", version=record.version, now=NOW)

    results = at_once(recognise, reject)

    decided = [result for result in results if isinstance(result, DishonestyRecord)]
    assert len(decided) == 1
    assert [type(result).status for result in results if isinstance(result, Conflict)] == [409]
    kinds = Counter(Entry.objects.filter(object_id=str(record.pk)).values_list("kind", flat=True))
    assert kinds["record.recognise"] + kinds["record.reject"] == 1
    assert factories.fresh(record).state == decided[0].state
    assert Report.objects.filter(subject_id=record.pk).count() == (decided[0].state == S.DISCLOSED)


def test_two_last_signatures_withdraw_once(fresh_database: object) -> None:
    scene = built()
    record = factories.disclosed(scene)
    proposal = withdrawal.propose(
        actor=scene.approver, record=record, ground="BASIS_REVOKED", reason="撤销", version=record.version, now=NOW
    )

    results = at_once(*[lambda: withdrawal.sign(actor=scene.second, proposal=proposal, now=NOW)] * 2)

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert Report.objects.filter(subject_id=record.pk, operation="W").count() == 1


def test_the_nightly_run_twice_at_once_expires_once(fresh_database: object) -> None:
    scene = built()
    record = factories.disclosed(scene)
    after = factories.day_after(record.public_until)

    results = at_once(*[lambda: ending.expire_due(now=after)] * 2)

    assert sum(results) == 1
    assert Report.objects.filter(subject_id=record.pk, operation="E").count() == 1


def test_a_form_sent_twice_at_once_makes_one_record(fresh_database: object) -> None:
    scene = built()
    key, content = uuid4(), factories.filing(scene)

    results = at_once(
        *[lambda: drafting.register(actor=scene.clerk, key=key, department=scene.bureau, filing=content, now=NOW)] * 2
    )

    assert {result.pk for result in results} == {key}
    assert DishonestyRecord.objects.count() == 1


def test_two_records_of_one_document_cannot_both_come_into_force(fresh_database: object) -> None:
    scene = built()
    number = "安交罚〔2026〕900号"
    first = factories.pending_approval(scene, document_number=number)
    drafted = factories.draft(scene)

    results = at_once(
        lambda: recognition.recognise(
            actor=scene.approver, record=first, severity="general", sanctions=(), version=first.version, now=NOW
        ),
        lambda: drafting.edit(
            actor=scene.colleague,
            record=drafted,
            filing=factories.filing(scene, document_number=number),
            version=drafted.version,
            now=NOW,
        ),
    )

    assert isinstance(results[0], DishonestyRecord)
    assert isinstance(results[1], Conflict)
