"""What the demo's records set going: reports, rectifications, persons, accountability and claims in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from accounts.models import Official, User
from records.demo import papers
from records.demo.playing import Cast, play
from records.demo.stories import LEAD, Stage, Story
from records.models import DishonestyRecord, Rectification, SituationReport
from records.services import accountability, duties, mitigation, responsibility, situation
from records.services.accountability import Result
from records.services.rectification import doing, judging, ordering
from records.services.rectification.judging import Finding
from rules.clock import ZONE, local_day

MEASURES = ("RECTIFY_ORDER", "PUBLIC_CRITICISM", "UNIT_AWARD_RESTRICT")
ROADS = Story(
    Stage.IN_FORCE, LEAD, "qinghe_transport", "CONTRACT_DEFAULT", "违约失信核查结论", "安发改信〔2026〕17号",
    "安平市发展和改革委员会",
    "青禾县交通运输局未按养护合同约定在验收后六十日内支付乡道修复工程款，施工单位三次书面催告，均以经费未到位答复。",
    ("F1103",), "general", 50, loss="412000.00", areas=("PROJECT",), sanctions=MEASURES,
)  # fmt: skip
TRAINING = Story(
    Stage.IN_FORCE, LEAD, "emergency", "BROKEN_COMMITMENT", "承诺事项核查意见", "安发改信〔2026〕19号",
    "安平市发展和改革委员会",
    "安平市应急管理局公开承诺2026年6月底前为辖区三十家小微企业免费提供安全评估，至期只完成十一家，未说明原因，也未依法变更承诺。",
    ("GDYS", "F1103"), "general", 44, areas=("STATUTORY_DUTY",),
    sanctions=("RECTIFY_ORDER", "PUBLIC_CRITICISM", "FISCAL_RESTRICT"),
)  # fmt: skip
PARKING = Story(
    Stage.IN_FORCE, LEAD, "transport", "CONTRACT_DEFAULT", "违约失信核查结论", "安发改信〔2026〕25号",
    "安平市发展和改革委员会",
    "安平市交通运输局未按城东停车场委托运营合同的约定移交两处充电设施，运营单位书面催告两次，逾期四个月仍未移交。",
    ("F1103",), "general", 22, loss="86000.00", areas=("PROJECT",), sanctions=MEASURES,
)  # fmt: skip
ENDED = Story(
    Stage.WITHDRAWN, LEAD, "housing", "CONTRACT_DEFAULT", "违约失信核查结论", "安发改信〔2026〕11号",
    "安平市发展和改革委员会",
    "安平市住房和城乡建设局被反映未按约定移交老旧小区改造竣工资料，后经复核，资料已在约定期限内移交，原核查结论撤销。",
    ("F1103",), "general", 40, areas=("PROJECT",), sanctions=("RECTIFY_ORDER",),
)  # fmt: skip
DESKS = {
    "qinghe_transport": ("clerk-qh", "head-qh"),
    "emergency": ("clerk-yj", "head-yj"),
    "transport": ("clerk", "head"),
}
REPORT = {
    "facts": "核查结论所载情况属实，涉及合同一份、事项一项。",
    "causes": "年度预算安排不足，合同履行没有专人跟踪，内部衔接不畅。",
    "losses": "给对方造成资金占用损失，企业多次上门反映，影响单位信誉。",
    "measures": "已列入追加预算，指定专人按月清点合同，对外公布进展。",
}


class _Desk:
    """One unit with its clerk and its head, acting some days after its record took effect."""

    def __init__(self, record: DishonestyRecord, cast: Cast) -> None:
        key = next(key for key, place in cast.places.items() if place.pk == record.subject_department_id)
        self.record, self.cast, self._minutes = record, cast, 0
        self.clerk, self.head = (cast.accounts[each] for each in DESKS[key])

    def at(self, days: int) -> datetime:
        """Return a moment some days after the record took effect, never in the future."""
        self._minutes += 3
        day = (self.record.recognised_on or local_day(self.cast.now)) + timedelta(days=days)
        moment = datetime.combine(day, time(10), tzinfo=ZONE) + timedelta(minutes=self._minutes)
        return min(moment, self.cast.now - timedelta(minutes=200 - self._minutes))

    def days_until(self, day: date | None) -> int:
        """Return how many days after the record took effect a day lies."""
        start = self.record.recognised_on or local_day(self.cast.now)
        return ((day or start) - start).days

    def who(self, account: str) -> User:
        """Return somebody of the cast."""
        return self.cast.accounts[account]


def tell(cast: Cast) -> None:
    """Play everything, and let the clock turn: what nobody answered becomes overdue and is drafted."""
    roads, training, parking = (
        _Desk(play(story, cast, is_delivered=False), cast) for story in (ROADS, TRAINING, PARKING)
    )
    for desk, stage in ((roads, "accepted"), (training, "returned"), (parking, "submitted")):
        _report(desk, stage)
    for desk, stages in (
        (roads, ("refused", "accepted", "received")),
        (training, ("overdue", "returned", "extension_requested")),
        (parking, ("submitted", "in_progress", "ordered")),
    ):
        for stage in stages:
            _rectify(desk, stage)
    _name(roads)
    play(ENDED, cast, is_delivered=False)
    _draft(cast)
    for desk, stage in ((roads, "closed"), (training, "transferred"), (parking, "found"), (roads, "opened")):
        _trace(desk, stage)
    _trace(training, "decided")
    for desk, outcome in (
        (roads, "lighten"), (roads, "filed"), (training, "refuse"), (training, "reviewing"), (parking, "waive"),
    ):  # fmt: skip
        _claim(desk, outcome)
    duties.turn(now=cast.now - timedelta(minutes=5))


def _report(desk: _Desk, stage: str) -> None:
    report = desk.record.situation_reports.get()
    report = situation.write(actor=desk.clerk, report=report, texts=REPORT, version=report.version, now=desk.at(3))
    report = situation.submit(actor=desk.head, report=report, version=report.version, now=desk.at(4))
    supervisor = desk.who("supervisor")
    if stage == "accepted":
        situation.accept(actor=supervisor, report=report, note="说明清楚。", version=report.version, now=desk.at(6))
    if stage == "returned":
        situation.send_back(
            actor=supervisor,
            report=report,
            reason="没有写明剩余企业的完成时间。",
            version=report.version,
            now=desk.at(6),
        )


def _draft(cast: Cast) -> None:
    """Leave one report half written, and past its day."""
    unit = cast.places["qinghe_transport"]
    report = SituationReport.objects.filter(department=unit, state="required").order_by("required_on").first()
    if report is not None:
        half = {"facts": REPORT["facts"], "causes": "正在向业务科室核实。"}
        at = cast.now - timedelta(days=1)
        situation.write(actor=cast.accounts["clerk-qh"], report=report, texts=half, version=report.version, now=at)


def _rectify(desk: _Desk, stage: str) -> None:
    """Order something of its own, and take it as far as the stage says."""
    start = {"refused": 0, "overdue": 2, "accepted": 1, "returned": 3}.get(stage, 4)
    held = ordering.order(
        actor=desk.who("supervisor"), source=desk.record, department=desk.record.subject_department,
        requirements=("付清或者办结核查结论所列事项，并取得对方书面确认。", "公开说明情况和今后的安排。"),
        limit_days=8 if stage in ("refused", "overdue") else 45, now=desk.at(start),
    )  # fmt: skip
    if stage in ("refused", "overdue"):
        _ignore(desk, held, stage)
        return
    for step in WAYS[stage]:
        held = step(desk, held)


def _ignore(desk: _Desk, held: Rectification, stage: str) -> None:
    duties.turn(now=desk.at(desk.days_until(held.due_on) + 1))
    held.refresh_from_db()
    if stage == "overdue":
        return
    held = judging.order_again(
        actor=desk.who("supervisor"), rectification=held, reason="到期没有签收，也没有提交报告。", version=held.version,
        now=desk.at(12),
    )  # fmt: skip
    judging.refuse(
        actor=desk.who("supervisor"), rectification=held, reason="两次责令均未整改，也未说明理由。", version=held.version,
        now=desk.at(desk.days_until(held.second_due_on) + 1),
    )  # fmt: skip


def _receive(desk: _Desk, held: Rectification) -> Rectification:
    return doing.receive(actor=desk.clerk, rectification=held, version=held.version, now=desk.at(5))


def _begin(desk: _Desk, held: Rectification) -> Rectification:
    plan = "分管局领导牵头，两周内与对方核对账目，月底前办结。"
    return doing.begin(actor=desk.clerk, rectification=held, plan=plan, version=held.version, now=desk.at(5))


def _hand_in(desk: _Desk, held: Rectification) -> Rectification:
    held = doing.answer(
        actor=desk.clerk, rectification=held, answers={1: "已办结，对方出具书面确认。", 2: "已在单位网站公开说明。"},
        report="两项要求均已落实，材料见附件。", version=held.version, now=desk.at(6),
    )  # fmt: skip
    for place in (1, 2):
        doing.attach(
            actor=desk.clerk,
            rectification=held,
            place=place,
            upload=papers.decision(f"整改材料{place}.pdf"),
            now=desk.at(6),
        )
    return doing.submit(actor=desk.clerk, rectification=held, version=held.version, now=desk.at(6))


def _judge(desk: _Desk, held: Rectification, *, is_met: bool) -> Rectification:
    findings = {1: Finding(True), 2: Finding(is_met, "" if is_met else "公开说明没有写明完成时间。")}
    return judging.judge(
        actor=desk.who("supervisor"), rectification=held, findings=findings, version=held.version, now=desk.at(8)
    )


def _extend(desk: _Desk, held: Rectification) -> Rectification:
    return doing.request_extension(
        actor=desk.head, rectification=held, days=15, reason="需等下一次常务会议审定资金。", version=held.version,
        now=desk.at(6),
    )  # fmt: skip


Step = Callable[[_Desk, Rectification], Rectification]
WAYS: dict[str, tuple[Step, ...]] = {
    "ordered": (),
    "received": (_receive,),
    "in_progress": (_receive, _begin),
    "extension_requested": (_receive, _begin, _extend),
    "submitted": (_receive, _begin, _hand_in),
    "accepted": (_receive, _begin, _hand_in, lambda desk, held: _judge(desk, held, is_met=True)),
    "returned": (_receive, _begin, _hand_in, lambda desk, held: _judge(desk, held, is_met=False)),
}


def _official(desk: _Desk, account: str) -> Official:
    found: Official = Official.objects.get(person=desk.who(account).person)
    return found


def _name(desk: _Desk) -> None:
    """Name two persons on a record: one got a record of his own drafted, the other waits for the second signature."""
    clerk, reviewer = desk.who("clerk-fg"), desk.who("reviewer-fg")
    rows = [
        responsibility.name(
            actor=clerk, record=desk.record, official=_official(desk, account), kind=kind, share=share,
            evidence="县局班子分工文件载明其负责合同履行。", now=desk.at(5),
        )
        for account, kind, share in (
            ("head-qh", "MAIN_HEAD", 40), ("reviewer-qh", "DIRECT", 50), ("clerk-qh", "DIRECT", 10),
        )
    ]  # fmt: skip
    reason = "依分工应负责任，证据充分。"
    signed = responsibility.propose_draft(
        actor=clerk, responsibility=rows[0], reason=reason, version=rows[0].version, now=desk.at(6)
    )
    responsibility.sign_draft(actor=reviewer, proposal=signed, now=desk.at(7))
    responsibility.propose_draft(
        actor=clerk, responsibility=rows[1], reason=reason, version=rows[1].version,
        now=desk.cast.now - timedelta(minutes=30),
    )  # fmt: skip
    responsibility.remove(
        actor=clerk,
        responsibility=rows[2],
        reason="经核实其当时不经办该合同。",
        version=rows[2].version,
        now=desk.at(7),
    )


def _trace(desk: _Desk, stage: str) -> None:
    supervisor, approver = desk.who("supervisor"), desk.who("approver")
    case = accountability.open_case(
        actor=supervisor, records=[desk.record], acted_on=desk.record.decided_on or local_day(desk.cast.now),
        cause="失信行为造成损失，须查明当时任职人员的责任。", now=desk.at(7),
    )  # fmt: skip
    if stage == "opened":
        return
    measure = "TRANSFER" if stage == "transferred" else "CRITICISM"
    results = {row.pk: Result("任职期间没有按规定安排履行，负有责任。", measure) for row in case.persons.all()}
    case = accountability.find(
        actor=supervisor, case=case, results=results, finding="责任清楚，建议按所列措施处理。", version=case.version,
        now=desk.at(8),
    )  # fmt: skip
    if stage == "found":
        return
    case = accountability.decide(actor=approver, case=case, note="同意。", version=case.version, now=desk.at(9))
    if stage == "transferred":
        accountability.transfer(
            actor=approver, case=case, organ="安平市监察委员会", number="安发改信移〔2026〕2号", version=case.version,
            now=desk.at(10),
        )  # fmt: skip
    if stage == "closed":
        accountability.close(
            actor=approver,
            case=case,
            result="已在局党组会上批评教育，整改到位。",
            version=case.version,
            now=desk.at(12),
        )


def _claim(desk: _Desk, outcome: str) -> None:
    day = 9 if outcome in ("lighten", "refuse", "waive") else 12
    claim = mitigation.file(
        actor=desk.head, record=desk.record, grounds=["LOSS_RECOVERED", "EFFECT_REMOVED"],
        done_on=local_day(desk.at(day)), facts="已付清全部款项并支付利息，对方出具谅解说明，凭证见附件。",
        uploads=[papers.decision("付款凭证.pdf")], now=desk.at(day),
    )  # fmt: skip
    if outcome == "filed":
        return
    claim = mitigation.take_up(
        actor=desk.who("approver"), claim=claim, opinion="凭证核对无误，对方确认收款。", version=claim.version,
        now=desk.at(day + 1),
    )  # fmt: skip
    if outcome == "reviewing":
        return
    facts = {"actor": desk.who("approver2"), "claim": claim, "version": claim.version, "now": desk.at(day + 2)}
    if outcome == "lighten":
        mitigation.lighten(changed={"UNIT_AWARD_RESTRICT": None}, reply="主动挽回损失，从轻。", **facts)  # type: ignore[arg-type]
    elif outcome == "waive":
        mitigation.waive(reply="设施已移交并补偿，损失全部挽回，免于惩戒。", **facts)  # type: ignore[arg-type]
    else:
        mitigation.refuse(reply="付款系经法院执行，不属主动挽回。", **facts)  # type: ignore[arg-type]
