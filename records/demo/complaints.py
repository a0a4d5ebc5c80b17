"""The complaints of the demo: one in every state, the channels, two social supervisors, and what the papers wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from accounts.models import User
from records.demo import papers
from records.demo.playing import Cast
from records.models import Complaint, ComplaintKind, ComplaintReceipt
from records.services.complaints import (
    channels,
    clues,
    corps,
    ending,
    handling,
    rating,
    registering,
    screening,
    settling,
    verifying,
    writing_back,
)
from records.services.complaints.channels import Way
from records.services.complaints.clues import Report
from records.services.complaints.corps import Letter
from records.services.intake import forgetting, night, register, thread
from records.services.intake.register import Intake
from records.services.rectification import turning
from records.workflow.complaints import keeping
from records.workflow.intake import receipts
from rules.clock import ZONE, local_day

MORNING = time(9, 40)
FOUND = "调取合同、验收单和付款凭证，并向双方核实。"


@dataclass(frozen=True)
class Tale:
    """One complaint: how long ago it came, by which way, about whom, what it says, and what became of it."""

    days_ago: int
    accused: str
    content: str
    steps: tuple[str, ...] = ()
    channel: str = "CREDIT_SITE"
    kind: str = ComplaintKind.GENERAL
    is_public: bool = False


TALES: tuple[Tale, ...] = (
    Tale(1, "transport", "承诺本月10日前修好的县道缺口，到今天还没有动工。", is_public=True),
    Tale(0, "housing", "窗口承诺当场办结的备案，跑了三次都说系统有问题。", is_public=True),
    Tale(3, "resources", "土地出让合同约定的配套道路两年没有修。", ("screen",), channel="WEB_MAILBOX"),
    Tale(30, "transport", "2025年供的沥青货款48万元拖欠至今，多次催要没有结果。", ("screen", "accept"),
         kind=ComplaintKind.SME_PAYMENT, channel="PHONE"),
    Tale(5, "housing", "政务大厅承诺免费复印，昨天去办事还是收了钱。", ("accept_simply",), channel="HOTLINE_12345"),
    Tale(9, "emergency", "承诺公开的应急预案一直没有公开，申请也没有答复。", ("screen", "transfer"), channel="HOTLINE_12350"),
    Tale(20, "housing", "物业专项资金承诺按季公示，已经三个季度没有公示。", ("screen", "accept", "investigate", "find", "propose")),
    Tale(26, "veterans", "承诺的困难补助两个月没有发放。", ("screen", "transfer", "investigate", "find"), channel="PETITION"),
    Tale(34, "resources", "招商时书面承诺的用水用电条件没有兑现。", ("accept", "investigate", "find", "true")),
    Tale(36, "emergency", "年初承诺的五项便民措施，有两项没有落实。", ("accept", "investigate", "find", "partial"), channel="HOTLINE_12345"),
    Tale(28, "transport", "收费站改造期间承诺的绕行补贴一直没有发。", ("accept", "investigate", "find", "false"), channel="HOTLINE_12345"),
    Tale(40, "housing", "老旧小区改造质保金到期不退。", ("accept", "investigate", "find", "true", "order"), kind=ComplaintKind.GENERAL),
    Tale(70, "resources", "承诺的补偿款拖了一年半。", ("accept", "investigate", "find", "true", "order_briefly"), channel="PETITION"),
    Tale(95, "veterans", "答应安排的培训一直没有安排。", ("accept", "investigate", "find", "true", "order_briefly", "overdue", "confirm")),
    Tale(24, "emergency", "说好公开招标，结果直接定了供应商。", ("accept", "investigate", "find", "false", "answer"), channel="EMAIL"),
    Tale(25, "transport", "去年承诺加开的客运线路到现在没有加开。", ("accept", "investigate", "find", "false", "answer", "rate"), channel="OTHER"),
    Tale(60, "housing", "公租房轮候结果没有公示。", ("accept", "investigate", "find", "false", "answer", "close"), channel="WEB_MAILBOX"),
    Tale(15, "resources", "单位无故扣了我三个月的工资，请帮我要回来。", ("not_accept",), channel="HOTLINE_12345"),
    Tale(19, "housing", "物业专项资金好几个季度没公示了。", ("merge",), channel="MAILBOX_PHYSICAL"),
    Tale(12, "emergency", "承诺整治的排水口一直在冒污水，没有人管。", ("accept", "withdraw"), channel="PHONE"),
)  # fmt: skip

CHANNELS: tuple[tuple[str, Way], ...] = (
    ("city", Way("HOTLINE_12345", "12345政务服务热线", "拨打 12345", "每天24小时")),
    ("city", Way("PETITION", "市信访局接访大厅", "安平市人民路1号", "工作日 8:30–17:30")),
    ("city_lead", Way("CREDIT_SITE", "违约失信投诉专栏", "本网站“投诉举报”页面", "每天24小时")),
    ("city_lead", Way("MAILBOX_PHYSICAL", "政务诚信举报箱", "市发展改革委大门左侧", "每周一开箱")),
    ("emergency", Way("HOTLINE_12350", "12350安全生产举报", "拨打 12350", "每天24小时")),
    ("transport", Way("PHONE", "交通运输监督电话", "0999-12328", "工作日 8:30–17:30", False)),
)


def play(cast: Cast) -> None:
    """Take everything in, let one night number it, and bring each complaint as far as its tale goes."""
    _forgotten(cast)
    _registers(cast)
    taken = [(tale, _take(tale, cast)) for tale in sorted(TALES, key=lambda each: -each.days_ago)]
    night.register_due(now=cast.now)
    for tale, complaint in taken:
        _Way(tale, complaint, cast).go()
    _watch(cast)
    turning.overdue_due(now=cast.now)


def _forgotten(cast: Cast) -> None:
    """One from long ago that its sender took back by receipt; its term is over, and the night destroys what it said."""
    term = keeping.term(keeping.CONTENT, on=local_day(cast.now))
    sent = cast.now - timedelta(days=366 * term.amount + 30)
    accused = cast.places["transport"]
    facts = Intake(accused, "桥头的限高架说好当月修好，过了两个月还歪着。", channel="WEB_MAILBOX")
    complaint = register.receive(actor=None, facts=facts, now=sent).complaint
    thread.withdraw(receipt=ComplaintReceipt.objects.get(complaint=complaint), now=sent + timedelta(days=1))
    night.register_due(now=sent + timedelta(days=2))
    ending.carry_withdrawals(now=sent + timedelta(days=2))
    forgetting.erase_contents(now=cast.now)


def _take(tale: Tale, cast: Cast) -> Complaint:
    at = _at(cast, tale.days_ago)
    facts = Intake(
        object_department=cast.places[tale.accused], content=tale.content, kind=tale.kind, channel=tale.channel
    )
    if tale.is_public:
        return register.receive(actor=None, facts=facts, now=at).complaint
    who = cast.accounts["handler-fg"]
    return registering.register(actor=who, facts=facts, nonce=receipts.new_nonce(), now=at).complaint


def _at(cast: Cast, days_ago: int, step: int = 0) -> datetime:
    day = local_day(cast.now) - timedelta(days=days_ago)
    at = datetime.combine(day, MORNING, tzinfo=ZONE) + timedelta(minutes=9 * step)
    return min(at, cast.now - timedelta(minutes=60 - step))


class _Way:
    """One complaint on its way: each step a day later, by the person whose step it is."""

    def __init__(self, tale: Tale, complaint: Complaint, cast: Cast) -> None:
        self.tale, self.held, self.cast, self.step = tale, complaint, cast, 0

    def go(self) -> None:
        """Take every step of the tale."""
        for name in self.tale.steps:
            self.held.refresh_from_db()
            self.step += 1
            STEPS[name](self, _at(self.cast, max(self.tale.days_ago - self.step * 2, 0), self.step))

    def who(self, account: str) -> User:
        """Give an account of the cast."""
        return self.cast.accounts[account]

    @property
    def is_above(self) -> bool:
        """Whether the case lies with the city rather than the lead office."""
        return self.held.department_id == self.cast.places["city"].pk

    @property
    def handler(self) -> User:
        """Give who investigates."""
        return self.who("handler" if self.is_above else "handler-fg")


def _screen(way: _Way, at: datetime) -> None:
    screening.screen(actor=way.who("approver"), complaint=way.held, version=way.held.version, now=at)


def _accept(way: _Way, at: datetime) -> None:
    screening.accept(actor=way.who("approver"), complaint=way.held, version=way.held.version, now=at)


def _accept_simply(way: _Way, at: datetime) -> None:
    screening.accept(actor=way.who("approver"), complaint=way.held, is_simple=True, version=way.held.version, now=at)


def _transfer(way: _Way, at: datetime) -> None:
    screening.transfer(
        actor=way.who("approver"), complaint=way.held, department=way.cast.places["city"], version=way.held.version,
        now=at,
    )  # fmt: skip


def _not_accept(way: _Way, at: datetime) -> None:
    screening.not_accept(
        actor=way.who("approver"), complaint=way.held, reason="属于劳动报酬争议，不在政务诚信投诉范围。",
        where_to="安平市劳动保障监察支队，电话 12333。", version=way.held.version, now=at,
    )  # fmt: skip


def _merge(way: _Way, at: datetime) -> None:
    same = Complaint.objects.filter(object_department=way.held.object_department_id).exclude(pk=way.held.pk)
    first = same.filter(state="investigating").first()
    if first is not None:
        screening.merge(
            actor=way.who("approver"), complaint=way.held, into=first, note="同一件事", version=way.held.version, now=at
        )


def _investigate(way: _Way, at: datetime) -> None:
    boss = way.who("reviewer-zf" if way.is_above else "approver")
    held = handling.assign(
        actor=boss, complaint=way.held, handler_id=way.handler.person_id, version=way.held.version, now=at
    )
    handling.investigate(actor=way.handler, complaint=held, version=held.version, now=at + timedelta(minutes=3))


def _find(way: _Way, at: datetime) -> None:
    held = handling.note_findings(actor=way.handler, complaint=way.held, text=FOUND, version=way.held.version, now=at)
    handling.add_evidence(actor=way.handler, complaint=held, upload=papers.decision("核查笔录.pdf"), now=at)
    writing_back.write(
        actor=way.handler, role="handler", complaint=held, text="请补充合同编号或付款时间，便于核对。", now=at
    )


def _propose(way: _Way, at: datetime) -> None:
    # The first signature is fresh: a proposal lapses, and a newcomer should be able to give the second.
    verifying.propose(
        actor=way.handler, complaint=way.held, outcome="true", reason="凭证齐全，所反映情况属实。",
        version=way.held.version, now=way.cast.now - timedelta(minutes=15),
    )  # fmt: skip


def _verify(outcome: str) -> Callable[[_Way, datetime], None]:
    def step(way: _Way, at: datetime) -> None:
        proposal = verifying.propose(
            actor=way.handler, complaint=way.held, outcome=outcome, reason="证据相互印证。", version=way.held.version,
            now=at,
        )  # fmt: skip
        reviewer = way.who("reviewer-zf" if way.is_above else "reviewer-fg")
        verifying.sign(actor=reviewer, proposal=proposal, now=at + timedelta(hours=2))

    return step


def _order(limit_days: int | None) -> Callable[[_Way, datetime], None]:
    def step(way: _Way, at: datetime) -> None:
        settling.order(
            actor=way.who("supervisor"), complaint=way.held, requirements=["逐项兑现承诺", "书面说明未兑现的原因"],
            limit_days=limit_days, version=way.held.version, now=at,
        )  # fmt: skip

    return step


def _overdue(way: _Way, at: datetime) -> None:
    turning.overdue_due(now=way.cast.now - timedelta(days=30))


def _confirm(way: _Way, at: datetime) -> None:
    settling.confirm_default(
        actor=way.who("supervisor"), complaint=way.held,
        facts="经核查承诺事项未兑现，责令限期整改后逾期仍未改正。", version=way.held.version,
        now=way.cast.now - timedelta(days=20),
    )  # fmt: skip


def _answer(way: _Way, at: datetime) -> None:
    settling.answer(
        actor=way.handler, complaint=way.held, version=way.held.version, now=at,
        text="经调取台账和现场核实，所反映事项已按期办理，情况不属实。如有新的材料，请继续补充。",
    )  # fmt: skip


def _rate(way: _Way, at: datetime) -> None:
    rating.rate(complaint=way.held, satisfied=True, now=at)


def _close(way: _Way, at: datetime) -> None:
    ending.close_due(now=way.cast.now)


def _withdraw(way: _Way, at: datetime) -> None:
    ending.withdraw(
        actor=way.who("approver"), complaint=way.held, reason="举报人来电表示问题已解决，自愿撤回。",
        version=way.held.version, now=at,
    )  # fmt: skip


STEPS: dict[str, Callable[[_Way, datetime], None]] = {
    "screen": _screen,
    "accept": _accept,
    "accept_simply": _accept_simply,
    "transfer": _transfer,
    "not_accept": _not_accept,
    "merge": _merge,
    "investigate": _investigate,
    "find": _find,
    "propose": _propose,
    "true": _verify("true"),
    "partial": _verify("partial"),
    "false": _verify("false"),
    "order": _order(None),
    "order_briefly": _order(10),
    "overdue": _overdue,
    "confirm": _confirm,
    "answer": _answer,
    "rate": _rate,
    "close": _close,
    "withdraw": _withdraw,
}


def _registers(cast: Cast) -> None:
    """The channels, and the two letters: one whose term runs, one whose term is over."""
    at, keeper = _at(cast, 200), cast.accounts["approver"]
    for place, way in CHANNELS:
        channels.open_channel(actor=keeper, department=cast.places[place], way=way, now=at)
    today = local_day(cast.now)
    letters = (
        ("monitor", Letter("安全生产", "安社监〔2026〕1号", today - timedelta(days=180), today + timedelta(days=185), "139****1001")),
        ("monitor2", Letter("交通出行", "安社监〔2025〕6号", today - timedelta(days=400), today - timedelta(days=35), "139****1002")),
    )  # fmt: skip
    for account, letter in letters:
        corps.appoint(
            actor=keeper, person=cast.accounts[account].person, department=cast.places["city"], letter=letter, now=at
        )


def _watch(cast: Cast) -> None:
    """A clue of the running supervisor, and three reports: one waiting, one joined, one unfounded."""
    registering.file_clue(
        actor=cast.accounts["monitor"], nonce=receipts.new_nonce(), now=_at(cast, 2),
        facts=Intake(object_department=cast.places["transport"], content="渡口安全员到岗承诺没有兑现，连续三天无人值守。"),
    )  # fmt: skip
    keeper, today = cast.accounts["approver"], local_day(cast.now)
    reports = (
        ("housing", "安平日报", "质保金为何迟迟不退", "http://example.cn/a1", None),
        ("resources", "安平广播电视台《民生直通车》", "承诺的路修到哪里去了", "http://example.cn/a2", True),
        ("emergency", "安平新闻网", "应急物资采购疑问", "http://example.cn/a3", False),
    )
    for days, (place, outlet, title, link, is_true) in enumerate(reports, start=4):
        at = _at(cast, days)
        clue = clues.note(
            actor=keeper, object_department=cast.places[place], now=at,
            report=Report(outlet, title, today - timedelta(days=days + 1), link, "报道称有关承诺没有兑现。"),
        )  # fmt: skip
        if is_true is None:
            continue
        clue = clues.check(
            actor=keeper, clue=clue, is_true=is_true, note="向报道当事人和经办单位核实。", version=clue.version, now=at
        )
        about = Complaint.objects.filter(object_department=cast.places[place]).visible_to(keeper, at)
        if is_true and (found := about.exclude(state="not_accepted").order_by("-received_on").first()):
            clues.join(actor=keeper, clue=clue, complaint=found, version=clue.version, now=at)
