"""Two people at once: exactly one decision, one objection, one escalation."""

from __future__ import annotations

from exchange.models import Report
from ledger.models import Entry
from ledger.refusals import Conflict
from records.models import Objection, ObjectionDecision, ObjectionEscalation, Outcome
from records.services.objections import filing, timing
from tests.records import factories as records
from tests.records.factories import NOW
from tests.records.objections import factories
from tests.records.test_races import at_once, built


def test_two_at_once_make_one_decision_one_objection_and_one_escalation(fresh_database: object) -> None:
    hall = factories.hall(built())

    drafted = factories.proposed(hall, outcome=Outcome.REVOKE)
    results = at_once(
        lambda: factories.confirmed(hall, drafted, by=hall.decider),
        lambda: factories.confirmed(hall, drafted, by=hall.third),
    )
    assert sorted(isinstance(result, Objection) for result in results) == [False, True]
    assert [type(result).status for result in results if isinstance(result, Conflict)] == [409]
    assert ObjectionDecision.objects.filter(objection=drafted).count() == 1
    assert Entry.objects.filter(object_id=str(drafted.pk), kind="objection.uphold_revoke").count() == 1
    assert Report.objects.filter(subject_id=drafted.record_id, operation="W").count() == 1

    record = records.disclosed(hall.scene)
    online = factories.drafted(hall, record=record)
    results = at_once(
        lambda: filing.submit(actor=hall.scene.head, objection=online, version=online.version, now=NOW),
        lambda: factories.registered(hall, record=record),
    )
    assert sorted(isinstance(result, Objection) for result in results) == [False, True], results
    assert Objection.objects.filter(record=record, state="submitted").count() == 1

    late = factories.accepted(hall)
    after = records.day_after(records.fresh(late.record).public_until)
    assert sum(at_once(*[lambda: timing.escalate_due(now=after)] * 2)) == 1
    assert ObjectionEscalation.objects.filter(objection=late).count() == 1
