"""Two people at once on what a record sets going: exactly one of them decides, and the clock runs once."""

from __future__ import annotations

from typing import Any

from exchange.models import Report
from ledger.refusals import Refused
from records.models import DishonestyRecord
from records.services import duties, mitigation
from records.services.rectification import judging
from records.services.rectification.judging import Finding
from tests.records.duties import factories
from tests.records.test_races import at_once, built


def test_accepting_and_sending_back_at_once_makes_one_verdict(fresh_database: object) -> None:
    scene = built()
    held = factories.submitted(scene)

    def judge(met: bool) -> Any:
        findings = {item.place: Finding(met, "凭证不全") for item in held.items.all()}
        return judging.judge(
            actor=scene.supervisor, rectification=held, findings=findings, version=held.version, now=factories.NOW
        )

    results = at_once(lambda: judge(True), lambda: judge(False))

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    verdicts = {item.verdict for item in held.items.all()}
    assert verdicts == ({"met"} if factories.fresh(held).state == "accepted" else {"unmet"})


def test_waiving_and_refusing_at_once_makes_one_decision(fresh_database: object) -> None:
    scene = built()
    claim = factories.examined(scene)
    facts = {"actor": scene.second, "claim": claim, "version": claim.version, "now": factories.NOW}

    results = at_once(
        lambda: mitigation.waive(reply="损失全部挽回。", **facts),  # type: ignore[arg-type]
        lambda: mitigation.refuse(reply="不属主动挽回。", **facts),  # type: ignore[arg-type]
    )

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    active = claim.record.measures.filter(state="active").exists()
    assert active is (factories.fresh(claim).state == "refused")


def test_the_night_twice_at_once_drafts_once(fresh_database: object) -> None:
    scene = built()
    held = factories.ordered(scene)
    later = factories.after(held.due_on)

    at_once(*[lambda: duties.turn(now=later)] * 2)

    assert DishonestyRecord.objects.filter(origin_id=str(held.pk)).count() == 2
    told = [report.fields["rectification_state"] for report in Report.objects.filter(subject_id=held.record_id)]
    assert told.count("overdue") == 1
