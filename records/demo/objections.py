"""The objections of the demo: one in every state, from the draft to the review by the superior office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from records.demo.playing import Cast
from records.demo.playing import play as tell
from records.demo.stories import LEAD, Stage, Story
from records.models import DishonestyRecord, Objection, Outcome
from records.services.objections import deciding, filing, investigating, notices, reviewing, screening
from records.workflow.objections.filing import Statement
from rules import calendar
from rules.clock import ZONE, local_day

OBJECTOR = {"transport": "head", "emergency": "head-yj", "qinghe_transport": "head-qh"}
FACTS = (
    ("emergency", "应急物资储备合同约定2026年4月底前付清尾款，至认定时仍有一笔未付，经供货单位两次书面催告未果。"),
    ("transport", "农村客运补贴资金应于2026年3月底前拨付，至认定时仍有两家企业未收到，且未书面说明原因。"),
    ("qinghe_transport", "县道路面修复项目约定验收后三十日内付款，至认定时逾期两个月，施工单位书面催告两次。"),
)
SAID = Statement(
    ground="WRONG", facts="所称款项已按合同约定的方式抵付，附对账单和双方确认书，认定的未付金额有误。", wanted="revoke"
)
FOUND = "核对合同、对账单和付款凭证，并向提供单位核实。"


@dataclass
class Hearing:
    """One objection on its way: every step is a working day later and by its own person."""

    cast: Cast
    record: DishonestyRecord
    case: Objection
    day: datetime

    def who(self, account: str) -> User:
        """Return an account of the cast."""
        return self.cast.accounts[account]

    def step(self, act: Callable[..., Any], account: str, *, after: int = 1, **facts: Any) -> Any:
        """Take one step by somebody, `after` working days later, never in the future."""
        moved = datetime.combine(calendar.add_working_days(local_day(self.day), after).day, time(10, 20), tzinfo=ZONE)
        self.day = min(max(moved, self.day + timedelta(minutes=9)), self.cast.now - timedelta(minutes=3))
        self.case.refresh_from_db()
        done = act(actor=self.who(account), objection=self.case, version=self.case.version, now=self.day, **facts)
        self.case.refresh_from_db()
        return done


Play = Callable[[Hearing], object]


def _accept(hearing: Hearing) -> object:
    return hearing.step(screening.accept, "appeals")


def _draft(outcome: str, content: Mapping[str, Any] | None = None) -> Play:
    def play(hearing: Hearing) -> object:
        _accept(hearing)
        return hearing.step(
            investigating.draft, "appeals", findings=FOUND, outcome=outcome, content=dict(content or {})
        )

    return play


def _decide(outcome: str, content: Mapping[str, Any] | None = None) -> Play:
    def play(hearing: Hearing) -> object:
        _draft(outcome, content)(hearing)
        serial = f"安发改异〔{hearing.day.year}〕{hearing.case.number[-2:]}号"
        return hearing.step(deciding.decide, "appeals2", reasons=_reasons(outcome), number=serial)

    return play


def _reasons(outcome: str) -> str:
    if outcome == Outcome.DISMISS:
        return "申请人提交的确认书形成于认定之后，不影响认定时的事实，异议理由不成立。"
    return "经核对合同、对账单和付款凭证，申请人所述属实，异议理由成立。"


def _review(hearing: Hearing) -> object:
    _decide(Outcome.DISMISS)(hearing)
    return hearing.step(
        reviewing.request, OBJECTOR_OF[hearing.case.subject_department_id], reason="没有核对抵付协议的原件。"
    )


def _uphold_review(hearing: Hearing) -> object:
    _review(hearing)
    proposal = hearing.step(
        reviewing.propose,
        "appeals-sf",
        outcome=Outcome.STOP,
        reasons="抵付协议原件真实，原公示期限依据不足，应当停止公示。",
        number="岭发改异复〔2026〕4号",
        content={},
    )
    return reviewing.sign(actor=hearing.who("appeals-sf2"), proposal=proposal, now=hearing.day + timedelta(minutes=3))


def _dismiss_review(hearing: Hearing) -> object:
    _review(hearing)
    return hearing.step(
        reviewing.dismiss, "appeals-sf", reasons="原决定认定事实清楚，程序合法。", number="岭发改异复〔2026〕5号"
    )


def _ask(hearing: Hearing) -> object:
    items = ["双方确认书原件", "付款凭证"]
    return hearing.step(screening.ask_supplement, "appeals", items=items)


def _lapse(hearing: Hearing) -> object:
    _ask(hearing)
    return screening.close_due(now=hearing.day + timedelta(days=16))


def _refuse(hearing: Hearing) -> object:
    return hearing.step(
        screening.not_accept, "appeals", refusal="ABOUT_PENALTY", remedy="", reason="申请书请求撤销的是处罚决定本身。"
    )


def _investigate(hearing: Hearing) -> Any:
    _accept(hearing)
    question = "合同尾款是否已抵付？请附对账单。"
    return hearing.step(investigating.ask_provider, "appeals", after=0, question=question)


def _pause(hearing: Hearing) -> object:
    _accept(hearing)
    return hearing.step(investigating.pause, "appeals", reason="确认书印章送检验机构鉴定。")


def _withdraw(hearing: Hearing) -> object:
    _investigate(hearing)
    return hearing.step(filing.withdraw, OBJECTOR_OF[hearing.case.subject_department_id], note="已与提供单位核对清楚。")


def _answered(hearing: Hearing) -> object:
    inquiry = _investigate(hearing)
    investigating.answer(
        actor=hearing.who("clerk-fg"),
        inquiry=inquiry,
        text="已查合同台账：尾款以设备抵付，对账单双方盖章，现送上复印件。",
        version=inquiry.version,
        now=hearing.day + timedelta(minutes=2),
    )
    return hearing.step(investigating.draft, "appeals", findings=FOUND, outcome=Outcome.REVOKE, content={})


def _revoke(hearing: Hearing) -> object:
    _decide(Outcome.REVOKE)(hearing)
    return hearing.step(notices.request, OBJECTOR_OF[hearing.case.subject_department_id])


CORRECTION = {
    "facts": "约定的尾款已于认定前抵付大部，余款逾期支付，金额以更正后的为准。",
    "economic_loss_yuan": "1200.00",
}
CASES: tuple[tuple[int, int, Play | None], ...] = (
    (0, 50, _lapse),
    (0, 30, _refuse),
    (0, 25, _withdraw),
    (0, 9, _decide(Outcome.DISMISS)),
    (1, 44, _dismiss_review),
    (1, 12, _decide(Outcome.CORRECT, CORRECTION)),
    (2, 30, _uphold_review),
    (2, 4, _ask),
    (3, 16, _decide(Outcome.STOP)),
    (3, 1, None),
    (4, 14, _revoke),
    (5, 12, _review),
    (6, 3, _investigate),
    (7, 4, _pause),
    (8, 4, _answered),
)
"""On which record, how many days ago each objection was handed in, and how far it comes; None waits for acceptance."""
OBJECTOR_OF: dict[Any, str] = {}


def play(cast: Cast) -> None:
    """Play the objections, several one after another on one record, and leave one draft."""
    OBJECTOR_OF.update({cast.places[place].pk: account for place, account in OBJECTOR.items()})
    records = [_record(cast, index) for index in range(1 + max(index for index, _days, _steps in CASES))]
    for index, days_ago, steps in CASES:
        hearing = _filed(cast, records[index], days_ago)
        if steps is not None:
            steps(hearing)
    record = _record(cast, len(records))
    filing.open_draft(
        actor=cast.accounts[OBJECTOR_OF[record.subject_department_id]],
        key=uuid4(),
        record=record,
        statement=Statement(ground="PERIOD_WRONG"),
        now=cast.now - timedelta(hours=2),
    )


def _record(cast: Cast, index: int) -> DishonestyRecord:
    place, facts = FACTS[index % len(FACTS)]
    story = Story(
        Stage.IN_FORCE,
        LEAD,
        place,
        "CONTRACT_DEFAULT",
        "违约失信核查结论",
        f"安发改信〔2026〕{101 + index}号",
        "安平市发展和改革委员会",
        facts,
        ("F1103",),
        "general",
        70 + index,
        loss=f"{20000 + 3700 * index}.00",
        areas=("PROJECT",),
    )
    return tell(story, cast, is_delivered=False)  # told with what other stories left


def _filed(cast: Cast, record: DishonestyRecord, days_ago: int) -> Hearing:
    record.refresh_from_db()
    account = OBJECTOR_OF[record.subject_department_id]
    day = datetime.combine(local_day(cast.now) - timedelta(days=days_ago), time(9, 40), tzinfo=ZONE)
    case = filing.open_draft(
        actor=cast.accounts[account], key=uuid4(), record=record, statement=SAID, now=day - timedelta(minutes=30)
    )
    case = filing.submit(actor=cast.accounts[account], objection=case, version=case.version, now=day)
    return Hearing(cast, record, case, day)
