"""Two people at once on what a record sets going: exactly one of them decides, and the clock runs once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from exchange.models import Report
from ledger.models import Entry
from ledger.refusals import Refused
from records.models import DishonestyRecord
from records.services import accountability, duties, mitigation, responsibility, situation
from records.services.rectification import judging
from records.services.rectification.judging import Finding
from rules import deadlines
from tests.records import factories as records
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


def test_accepting_and_sending_back_a_report_at_once_makes_one_answer(fresh_database: object) -> None:
    scene = built()
    report = factories.handed_up(scene)
    facts: dict[str, Any] = {
        "actor": scene.supervisor, "report": report, "version": report.version, "now": factories.NOW,
    }  # fmt: skip

    results = at_once(
        lambda: situation.accept(note="", **facts), lambda: situation.send_back(reason="没有说明损失的依据", **facts)
    )

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    held = factories.fresh(report)
    running = set(deadlines.open_for(held).values_list("rule", flat=True))
    assert running == (set() if held.state == "accepted" else {"report.situation_days"})
    assert answers(held, "situation") == ({"accept": 1} if held.state == "accepted" else {"send_back": 1})


def answers(obj: Any, machine: str) -> dict[str, int]:
    """Return which answers stand in the log of a case, and how often."""
    kinds = Entry.objects.filter(object_id=str(obj.pk), kind__startswith=f"{machine}.").values_list("kind", flat=True)
    counted = Counter(kind.removeprefix(f"{machine}.") for kind in kinds)
    return {kind: counted[kind] for kind in ("accept", "send_back", "decide", "remove", "open_draft") if counted[kind]}


def test_deciding_and_sending_back_a_case_at_once_makes_one_decision(fresh_database: object) -> None:
    scene = built()
    case = factories.found(scene)
    facts: dict[str, Any] = {"case": case, "version": case.version, "now": factories.NOW}

    results = at_once(
        lambda: accountability.decide(actor=scene.approver, note="", **facts),
        lambda: accountability.send_back(actor=scene.second, reason="没有核对分工文件", **facts),
    )

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    decided = factories.fresh(case).state == "decided"
    assert answers(case, "accountability") == ({"decide": 1} if decided else {"send_back": 1})


def test_striking_out_a_person_and_drafting_his_record_at_once_does_one_of_them(fresh_database: object) -> None:
    scene = built()
    row = factories.named(scene)
    proposal = responsibility.propose_draft(
        actor=scene.clerk, responsibility=row, reason="负直接责任", version=row.version, now=factories.NOW
    )

    results = at_once(
        lambda: responsibility.sign_draft(actor=scene.reviewer, proposal=proposal, now=factories.NOW),
        lambda: responsibility.remove(
            actor=scene.clerk, responsibility=row, reason="分工文件有误", version=row.version, now=factories.NOW
        ),
    )

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    held = factories.fresh(row)
    drafts = DishonestyRecord.objects.filter(origin_id=str(row.pk)).count()
    assert (held.state, drafts) in (("drafted", 1), ("removed", 0))


def test_two_namings_at_once_never_share_out_more_than_the_whole(fresh_database: object) -> None:
    scene = built()
    record = factories.in_force(scene)
    other = records.officials_of(scene.bureau, "钱分管")
    facts: dict[str, Any] = {
        "record": record, "kind": "DIRECT", "share": 60, "evidence": "分工文件载明其分管。", "now": factories.NOW,
    }  # fmt: skip

    results = at_once(
        lambda: responsibility.name(actor=scene.clerk, official=scene.official, **facts),
        lambda: responsibility.name(actor=scene.colleague, official=other, **facts),
    )

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert [row.share for row in record.responsibilities.all()] == [60]
