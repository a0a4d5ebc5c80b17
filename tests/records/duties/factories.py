"""Duties in every state, made by the services from a record in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from records.models import (
    AccountabilityCase,
    DishonestyRecord,
    MitigationClaim,
    RecordResponsibility,
    Rectification,
    SituationReport,
)
from records.services import accountability, duties, mitigation, responsibility, situation, withdrawal
from records.services.accountability import Result
from records.services.rectification import doing, judging
from records.services.rectification.judging import Finding
from rules.clock import ZONE
from tests.records import factories
from tests.records.factories import NOW, Scene

TEXTS = {
    "facts": "2026年1月起未按合同支付养护款，共计三笔。",
    "causes": "年度预算没有列足，科室之间没有衔接。",
    "losses": "施工单位垫付利息约十二万元，引起两次信访。",
    "measures": "已列入追加预算，6月底前付清并公开说明。",
}


def on(day: date, hour: int = 10) -> datetime:
    """Return ten o'clock in Shanghai on a day."""
    return datetime.combine(day, time(hour), tzinfo=ZONE)


def after(day: date, days: int = 1) -> datetime:
    """Return ten o'clock in Shanghai some days after a day."""
    return on(day + timedelta(days=days))


def fresh(obj: Any) -> Any:
    """Return the row as the database has it now."""
    return type(obj).objects.get(pk=obj.pk)


def in_force(scene: Scene, **given: Any) -> DishonestyRecord:
    """Return a record of the bureau in force with a rectification and two measures."""
    facts = {"sanctions": ("PUBLIC_CRITICISM", "HONOUR_DISQUALIFY", "RECTIFY_ORDER"), **given}
    return factories.disclosed(scene, needs_rectification=True, **facts)


# --- situation reports


def required(scene: Scene) -> SituationReport:
    """Return the report a record in force requires."""
    report: SituationReport = in_force(scene).situation_reports.get()
    return report


def drafted(scene: Scene) -> SituationReport:
    """Return a report its clerk has written."""
    report = required(scene)
    return situation.write(actor=scene.clerk, report=report, texts=TEXTS, version=report.version, now=NOW)


def handed_up(scene: Scene) -> SituationReport:
    """Return a report the head has signed."""
    report = drafted(scene)
    return situation.submit(actor=scene.head, report=report, version=report.version, now=NOW)


def taken(scene: Scene) -> SituationReport:
    """Return a report the superior has accepted."""
    report = handed_up(scene)
    return situation.accept(actor=scene.supervisor, report=report, note="", version=report.version, now=NOW)


def sent_back(scene: Scene) -> SituationReport:
    """Return a report the superior has sent back."""
    report = handed_up(scene)
    return situation.send_back(
        actor=scene.supervisor, report=report, reason="没有说明损失的依据", version=report.version, now=NOW
    )


def cancelled(scene: Scene) -> SituationReport:
    """Return a report whose record was withdrawn."""
    report = required(scene)
    withdraw(scene, report.record)
    return fresh(report)


def withdraw(scene: Scene, record: DishonestyRecord) -> DishonestyRecord:
    """Withdraw a record by its two approvers."""
    record = factories.fresh(record)
    proposal = withdrawal.propose(
        actor=scene.approver,
        record=record,
        ground="BASIS_REVOKED",
        reason="处罚被撤销",
        version=record.version,
        now=NOW,
    )
    return withdrawal.sign(actor=scene.second, proposal=proposal, now=NOW)


SITUATIONS: dict[str, Callable[[Scene], SituationReport]] = {
    "required": required,
    "drafted": drafted,
    "submitted": handed_up,
    "accepted": taken,
    "returned": sent_back,
    "cancelled": cancelled,
}

# --- rectification


def ordered(scene: Scene) -> Rectification:
    """Return the order a record in force brings."""
    held: Rectification = in_force(scene).rectifications.get()
    return held


def received(scene: Scene) -> Rectification:
    """Return an order signed for."""
    held = ordered(scene)
    return doing.receive(actor=scene.clerk, rectification=held, version=held.version, now=NOW)


def begun(scene: Scene) -> Rectification:
    """Return an order being worked on."""
    held = received(scene)
    return doing.begin(
        actor=scene.clerk, rectification=held, plan="6月底前付清，7月公开说明。", version=held.version, now=NOW
    )


def asking(scene: Scene, days: int = 15) -> Rectification:
    """Return an order with more time asked for."""
    held = begun(scene)
    return doing.request_extension(
        actor=scene.head, rectification=held, days=days, reason="需等财政下达", version=held.version, now=NOW
    )


def answered(scene: Scene, held: Rectification, *, now: datetime = NOW) -> Rectification:
    """Return an order with every point answered and proved."""
    answers = {item.place: f"第{item.place}项已办结，凭证见附件。" for item in held.items.all()}
    held = doing.answer(
        actor=scene.clerk,
        rectification=held,
        answers=answers,
        report="全部办结，报告如下。",
        version=held.version,
        now=now,
    )
    for place in answers:
        doing.attach(
            actor=scene.clerk, rectification=held, place=place, upload=factories.upload(f"凭证{place}.pdf"), now=now
        )
    return held


def submitted(scene: Scene) -> Rectification:
    """Return an order handed in."""
    held = answered(scene, begun(scene))
    return doing.submit(actor=scene.clerk, rectification=held, version=held.version, now=NOW)


def judged(scene: Scene, held: Rectification, *, met: bool, now: datetime = NOW) -> Rectification:
    """Return an order judged, all points alike."""
    findings = {item.place: Finding(met, "" if met else "凭证不全") for item in held.items.all()}
    return judging.judge(actor=scene.supervisor, rectification=held, findings=findings, version=held.version, now=now)


def accepted(scene: Scene) -> Rectification:
    """Return an order done."""
    return judged(scene, submitted(scene), met=True)


def returned(scene: Scene) -> Rectification:
    """Return an order sent back."""
    return judged(scene, submitted(scene), met=False)


def overdue(scene: Scene) -> Rectification:
    """Return an order nobody answered."""
    held = ordered(scene)
    duties.turn(now=after(held.due_on))
    return fresh(held)


def ordered_again(scene: Scene) -> Rectification:
    """Return an overdue order that was ordered a second time."""
    held = overdue(scene)
    return judging.order_again(
        actor=scene.supervisor, rectification=held, reason="催办未果", version=held.version, now=after(held.due_on)
    )


def refused(scene: Scene) -> Rectification:
    """Return an order whose second round was ignored too."""
    held = ordered_again(scene)
    return judging.refuse(
        actor=scene.supervisor, rectification=held, reason="两次责令均未整改", version=held.version,
        now=after(held.second_due_on),
    )  # fmt: skip


def closed(scene: Scene) -> Rectification:
    """Return an order whose record was withdrawn."""
    held = ordered(scene)
    withdraw(scene, held.record)
    return fresh(held)


RECTIFICATIONS: dict[str, Callable[[Scene], Rectification]] = {
    "ordered": ordered,
    "received": received,
    "in_progress": begun,
    "extension_requested": asking,
    "submitted": submitted,
    "returned": returned,
    "accepted": accepted,
    "overdue": overdue,
    "refused": refused,
    "closed": closed,
}

# --- persons, cases, claims


def named(scene: Scene, record: DishonestyRecord | None = None, share: int = 40) -> RecordResponsibility:
    """Return an official named on a record of the bureau."""
    return responsibility.name(
        actor=scene.clerk, record=record or in_force(scene), official=scene.official, kind="DIRECT", share=share,
        evidence="分工文件载明其分管养护合同。", now=NOW,
    )  # fmt: skip


def opened(scene: Scene, **given: Any) -> AccountabilityCase:
    """Return an accountability case about a record of the bureau, traced back to its document's day."""
    records = given.pop("records", None) or [in_force(scene)]
    facts = {"acted_on": factories.DECIDED, "cause": "合同款项长期拖欠，须倒查。", "now": NOW, **given}
    return accountability.open_case(actor=scene.supervisor, records=records, **facts)


def found(scene: Scene, measure: str = "CRITICISM", **given: Any) -> AccountabilityCase:
    """Return a case with a proposed result."""
    case = opened(scene, **given)
    results = {row.pk: Result("在任期间未安排付款。", measure) for row in case.persons.all()}
    return accountability.find(
        actor=scene.supervisor,
        case=case,
        results=results,
        finding="主要负责人负领导责任。",
        version=case.version,
        now=NOW,
    )


def decided(scene: Scene, measure: str = "CRITICISM") -> AccountabilityCase:
    """Return a case decided by the credit lead office."""
    case = found(scene, measure)
    return accountability.decide(actor=scene.approver, case=case, note="", version=case.version, now=NOW)


def transferred(scene: Scene) -> AccountabilityCase:
    """Return a case handed over to the supervision organ."""
    case = decided(scene, "TRANSFER")
    return accountability.transfer(
        actor=scene.approver,
        case=case,
        organ="安平市监察委员会",
        number="安督移〔2026〕3号",
        version=case.version,
        now=NOW,
    )


def case_closed(scene: Scene) -> AccountabilityCase:
    """Return a case closed with what was done."""
    case = decided(scene)
    return accountability.close(
        actor=scene.approver, case=case, result="批评教育已落实。", version=case.version, now=NOW
    )


CASES: dict[str, Callable[[Scene], AccountabilityCase]] = {
    "opened": opened,
    "found": found,
    "decided": decided,
    "transferred": transferred,
    "closed": case_closed,
}


def filed(scene: Scene, record: DishonestyRecord | None = None, by: User | None = None) -> MitigationClaim:
    """Return a claim of the bureau's head."""
    return mitigation.file(
        actor=by or scene.head, record=record or in_force(scene), grounds=["LOSS_RECOVERED"], done_on=factories.DECIDED,
        facts="已于5月11日付清全部欠款和利息，有转账凭证。", uploads=[factories.upload("转账凭证.pdf")], now=NOW,
    )  # fmt: skip


def examined(scene: Scene, claim: MitigationClaim | None = None) -> MitigationClaim:
    """Return a claim whose evidence was examined."""
    held = claim or filed(scene)
    return mitigation.take_up(
        actor=scene.approver, claim=held, opinion="凭证属实，付款在前。", version=held.version, now=NOW
    )


def lightened(scene: Scene) -> MitigationClaim:
    """Return a claim granted in part."""
    claim = examined(scene)
    return mitigation.lighten(
        actor=scene.second, claim=claim, changed={"HONOUR_DISQUALIFY": None}, reply="主动挽回损失，从轻。",
        version=claim.version, now=NOW,
    )  # fmt: skip


def waived(scene: Scene) -> MitigationClaim:
    """Return a claim granted whole."""
    claim = examined(scene)
    return mitigation.waive(
        actor=scene.second, claim=claim, reply="损失全部挽回，免于惩戒。", version=claim.version, now=NOW
    )


def claim_refused(scene: Scene) -> MitigationClaim:
    """Return a claim not granted."""
    claim = examined(scene)
    return mitigation.refuse(
        actor=scene.second, claim=claim, reply="付款系法院执行，不是主动。", version=claim.version, now=NOW
    )


CLAIMS: dict[str, Callable[[Scene], MitigationClaim]] = {
    "filed": filed,
    "reviewing": examined,
    "granted_lighten": lightened,
    "granted_waive": waived,
    "refused": claim_refused,
}
