"""Two people at once: exactly one decision, one objection, one escalation."""

from __future__ import annotations

from collections import Counter

from exchange.models import Report
from ledger.models import Entry
from ledger.refusals import Conflict, Refused
from ledger.verification.run import verify
from records.models import Objection, ObjectionDecision, ObjectionEscalation, Outcome, ProviderInquiry
from records.services.objections import filing, investigating, timing
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
    waiting = Objection.objects.get(record=record, state="submitted")
    assert sum(at_once(*[lambda: timing.escalate_due(now=after)] * 2)) == 2, "the late one, and that nobody took up"
    for each in (late, waiting):
        assert ObjectionEscalation.objects.filter(objection=each).count() == 1


def test_two_answers_of_the_providing_unit_at_once_leave_one(fresh_database: object) -> None:
    hall = factories.hall(built())
    objection = factories.accepted(hall)
    objection = investigating.check_platform(
        actor=hall.handler, objection=objection, result="三处一致", version=objection.version, now=NOW
    )
    asked = investigating.ask_provider(
        actor=hall.handler, objection=objection, question="合同是谁签的？", version=objection.version, now=NOW
    )
    said = ("另一单位签的。", "本单位签的。")

    answered = at_once(
        *[
            lambda text=text: investigating.answer(
                actor=hall.scene.clerk, inquiry=asked, text=text, version=asked.version, now=NOW
            )
            for text in said
        ]
    )

    won = [each for each in answered if isinstance(each, ProviderInquiry)]
    assert len(won) == 1, answered
    assert [type(each).status for each in answered if isinstance(each, Refused)] in ([409], [412])
    kept = ProviderInquiry.objects.get()
    assert kept.answer == won[0].answer
    assert kept.version == asked.version + 1
    kinds = Counter(Entry.objects.values_list("kind", flat=True))
    assert kinds["inquiry.answer"] == 1
    assert kinds["objection.take_reply"] == 1
    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []
