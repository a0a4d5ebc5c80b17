"""Promises of the demo: one in every state, with the texts of departments that do not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from uuid import uuid4

from accounts.models import Official
from records.demo import deliveries, papers
from records.demo.playing import Cast
from records.models import Commitment
from records.services.commitments import (
    amending,
    breaching,
    changing,
    drafting,
    performance,
    review,
    stepping,
    turning,
)
from records.services.rectification import turning as orders
from records.workflow.commitments.promise import Promise, Step
from rules.clock import ZONE, local_day


class End(Enum):
    """Where a tale of a promise stops."""

    DRAFT = 0
    HANDED_IN = 1
    RETURNED = 2
    CANCELLED = 3
    RUNNING = 4
    CLAIMED = 5
    KEPT = 6
    KEPT_LATE = 7
    OVERDUE = 8
    BROKEN = 9
    ASKED = 10
    CHANGED = 11
    AMENDED = 12


@dataclass(frozen=True)
class Tale:
    """One promise: what, by whom, how many days ago it was given, when it is due, how far it came."""

    end: End
    title: str
    content: str
    measure: str
    to_whom: str
    given_ago: int
    due_in: int
    kind: str = "TIME_LIMIT"
    unit: str = "transport"
    origin: str = "PLEDGE"
    areas: tuple[str, ...] = ()
    document: tuple[str, str] = ("", "")
    yuan: str = ""
    mode: str = "PROACTIVE"
    steps: tuple[tuple[str, int, int], ...] = field(
        default_factory=tuple
    )  # title, weight, share of the time in per cent
    checked: int = 0  # milestones checked by another
    waiting: int = 0  # milestones reported after these, that wait for the check


TOLD = (review.activate, performance.fulfil, breaching.breach)
"""The acts of which the platform is told on the day."""

STAFF = {"transport": ("clerk", "reviewer", "head"), "emergency": ("clerk-yj", "reviewer-yj", "head-yj")}

TALES = (
    Tale(
        End.RUNNING, "“出行服务网”网约车许可五个工作日办结", "对材料齐全的网约车经营许可申请，五个工作日内作出决定，逾期自动公开原因。",
        "办件系统中每件的受理日和决定日可查，超期件数为零。", "全市网约车经营者", 60, 120, kind="SERVICE_QUALITY", areas=("STATUTORY_DUTY",),
        steps=(("流程压缩方案印发", 30, 20), ("系统上线超期提示", 40, 45), ("连续三个月零超期", 30, 95)), checked=2,
    ),
    Tale(
        End.RUNNING, "青石桥危桥改造年底前通车", "完成青石桥拆除重建并恢复双向通行，施工期间保留便道。", "交工验收合格并开放交通，验收报告公开。",
        "青石桥两岸居民", 200, 6, kind="PROJECT", areas=("PROJECT", "GOV_INVESTMENT", "PROCUREMENT"), yuan="18600000.00",
        steps=(("旧桥拆除", 20, 30), ("主体完工", 50, 80), ("交工验收", 30, 97)), checked=1, waiting=1,
    ),
    Tale(
        End.CLAIMED, "农村客运站点无障碍改造", "对十二个农村客运站点加装坡道和低位窗口。", "十二个站点全部完成并通过残联查验。", "行动不便的乘客",
        150, 20, kind="GUARANTEE", areas=("GRASSROOTS",), steps=(("设计确认", 30, 30), ("施工完成", 70, 90)), checked=2,
    ),
    Tale(
        End.KEPT, "道路运输证换证一次不跑", "换证材料网上提交、结果邮寄送达，申请人不到窗口。", "换证网办率达到百分之百，到窗口办理件数为零。", "道路运输经营者",
        240, -60, kind="SERVICE_QUALITY", steps=(("材料清单公布", 40, 30), ("网上全程开通", 60, 80)), checked=2,
    ),
    Tale(
        End.KEPT_LATE, "养护工程质保金限期退还", "质保期满的养护工程，三十日内退还质保金。", "应退质保金全部退还，银行回单可查。", "农村公路养护承包单位",
        220, -70, kind="CONTRACT", origin="CONTRACT", areas=("PROCUREMENT", "CHARGES"), document=("养护工程施工合同", "安交养合〔2026〕12号"),
        yuan="1268400.00",
    ),
    Tale(
        End.OVERDUE, "学校周边减速带补设", "在全市三十六所学校门前补设减速带和警示标志。", "三十六所学校门前设施齐全，照片逐一公开。", "师生和家长", 120, -9,
        areas=("WORK_SAFETY",), steps=(("点位核定", 30, 30), ("设施安装", 70, 90)), checked=1,
    ),
    Tale(
        End.BROKEN, "物流园配套道路按招商协议交付", "按招商协议约定修通物流园东侧配套道路。", "道路交工验收并开放使用。", "安平物流园入驻企业", 330, -110,
        kind="INVESTMENT", origin="CONTRACT", areas=("INVESTMENT",), document=("物流园项目投资协议", "安招协〔2025〕7号"), yuan="9800000.00",
    ),
    Tale(
        End.CHANGED, "城南公交枢纽投用", "建成城南公交枢纽并投入使用，开通六条接驳线路。", "枢纽开站，六条线路按图运行。", "城南片区居民", 180, 15,
        kind="PROJECT", areas=("PROJECT",), yuan="42000000.00",
    ),
    Tale(
        End.ASKED, "绕城公路夜间施工全部避开居民区", "绕城公路夜间施工时段避开居民区路段。", "居民区路段夜间施工为零，按月公布施工记录。", "绕城公路沿线居民", 90, 60, kind="GUARANTEE",
    ),
    Tale(
        End.AMENDED, "出租汽车投诉三日答复", "对出租汽车服务投诉，三日内答复投诉人。", "投诉答复率百分之百，平均答复时间不超过三日。", "出租汽车乘客", 100, 80,
        kind="SERVICE_QUALITY",
    ),
    Tale(
        End.RUNNING, "应急物资储备点建设方案兑现", "按方案在八个乡镇建成应急物资储备点。", "八个储备点建成并通过清点。", "各乡镇", 70, 90, unit="emergency",
        kind="POLICY", origin="POLICY_DOCUMENT", document=("应急物资储备三年方案", "安应急〔2026〕5号"), mode="ON_REQUEST", areas=("POLICY",),
    ),
    Tale(
        End.KEPT, "烟花爆竹零售许可十日办结", "材料齐全的烟花爆竹零售许可申请，十日内办结。", "许可决定均在十日内作出。", "烟花爆竹零售申请人", 200, -30,
        unit="emergency", kind="SERVICE_QUALITY", origin="STATUTE",
    ),
    Tale(
        End.HANDED_IN, "春运加班车次提前十日公布", "春运加班车次和票价提前十日公布。", "公布日期早于首日开行十日以上。", "春运旅客", 2, 60, kind="GUARANTEE",
    ),
    Tale(
        End.RETURNED, "共享单车停放秩序整治", "规范城区主要路段的共享单车停放。", "停放有序，群众满意。", "城区居民", 8, 100, kind="POLICY", origin="DEPUTY_REPLY",
    ),
    Tale(End.DRAFT, "公交线网优化征求意见按期答复", "对公交线网优化意见逐条答复。", "", "提出意见的市民", 1, 45),
    Tale(
        End.CANCELLED, "旧候车亭更新（重复登记）", "更新城区旧候车亭。", "更新数量与计划一致。", "公交乘客", 20, 100, kind="PROJECT",
    ),
)  # fmt: skip


def play(cast: Cast) -> None:
    """Play every tale, then let the clock of today turn: overdue ones, reminders."""
    for tale in TALES:
        _Play(tale, cast).whole()
    turning.remind_due(now=cast.now)


class _Play:
    """One tale on its way; every step on its own day and by its own person."""

    def __init__(self, tale: Tale, cast: Cast) -> None:
        self.tale, self.cast = tale, cast
        self.clerk, self.reviewer, self.head = (cast.accounts[name] for name in STAFF[tale.unit])
        today = local_day(cast.now)
        self.given_on, self.due_on = today - timedelta(days=tale.given_ago), today + timedelta(days=tale.due_in)
        self.minutes = 0

    def at(self, day: date) -> datetime:
        """A moment of a day, later than the one before, never in the future."""
        self.minutes += 6
        moment = datetime.combine(day, time(9, 0), tzinfo=ZONE) + timedelta(minutes=self.minutes)
        return min(moment, self.cast.now - timedelta(minutes=max(60 - self.minutes / 6, 1)))

    def whole(self) -> None:
        """Play it to its end."""
        self.promise = drafting.register(
            actor=self.clerk, key=uuid4(), department=self.cast.places[self.tale.unit], promise=self.words(),
            now=self.at(self.given_on),
        )  # fmt: skip
        if self.tale.end == End.DRAFT:
            return
        if self.tale.end == End.CANCELLED:
            self.do(drafting.cancel, self.clerk)
            return
        self.do(drafting.submit, self.clerk)
        if self.tale.end == End.RETURNED:
            self.do(review.send_back, self.reviewer, reason="标准写不清：写明整治哪些路段、到什么程度算做到。")
        elif self.tale.end != End.HANDED_IN:
            self.do(review.activate, self.reviewer)
            self.step_by_step()
            self.end()

    def words(self, **changed: object) -> Promise:
        """The content of the promise."""
        tale, span = self.tale, (self.due_on - self.given_on).days
        given: dict[str, object] = {
            "kind": tale.kind, "title": tale.title, "content": tale.content, "to_whom": tale.to_whom,
            "measure": tale.measure, "starts_on": self.given_on, "due_on": self.due_on, "key_areas": tale.areas,
            "origin": tale.origin, "document_name": tale.document[0], "document_number": tale.document[1],
            "amount_yuan": tale.yuan, "responsible_official": Official.objects.get(person=self.head.person),
            "disclosure_mode": tale.mode,
            "disclosure_reason": "" if tale.mode == "PROACTIVE" else "储备点位置和数量不宜主动公开。",
            "disclosure_basis": "" if tale.mode == "PROACTIVE" else "政府信息公开条例第十四条",
            "milestones": tuple(
                Step(title, weight, self.given_on + timedelta(days=span * share // 100)) for title, weight, share in tale.steps
            ),
        }  # fmt: skip
        return Promise(**{**given, **changed})  # type: ignore[arg-type]

    def do(self, service: object, actor: object, *, day: date | None = None, **facts: object) -> None:
        """Call a service on the present version."""
        self.promise = Commitment.objects.get(pk=self.promise.pk)
        moment = self.at(day or self.given_on)
        service(actor=actor, commitment=self.promise, version=self.promise.version, now=moment, **facts)  # type: ignore[operator]
        if service in TOLD:
            deliveries.carry(at=moment, now=self.cast.now)

    def step_by_step(self) -> None:
        """Report the milestones that were reached, and check all but those that wait."""
        reached = self.tale.checked + self.tale.waiting
        for place, step in enumerate(self.promise.milestones.order_by("place")[:reached]):
            at = self.at(min(step.due_on, local_day(self.cast.now)))
            day = local_day(at)  # in the first hour of a day, what was done a moment ago was done yesterday
            upload = papers.decision(f"{step.title}.pdf")
            held = stepping.report(
                actor=self.clerk, milestone=step, done_on=day, note="已完成，材料见附件。", proof=[upload],
                version=step.version, now=at,
            )  # fmt: skip
            if place < self.tale.checked:
                stepping.check(actor=self.reviewer, milestone=held, note="", version=held.version, now=self.at(day))

    def end(self) -> None:
        """Go where the tale ends."""
        ends = {
            End.CLAIMED: self.claim, End.KEPT: self.keep, End.KEPT_LATE: self.keep_late, End.OVERDUE: self.let_pass,
            End.BROKEN: self.break_it, End.ASKED: self.ask, End.CHANGED: self.change, End.AMENDED: self.amend,
        }  # fmt: skip
        if self.tale.end in ends:
            ends[self.tale.end]()

    def claim(self, day: date | None = None) -> None:
        """Claim it was kept."""
        on = day or min(self.due_on, local_day(self.cast.now)) - timedelta(days=2)
        proof = [papers.decision("履行证明.pdf")]
        self.do(
            performance.claim, self.clerk, day=on, performed_on=on, note="已对照标准逐项完成，证明见附件。", proof=proof
        )

    def keep(self) -> None:
        """Have it found kept."""
        self.claim()
        self.do(
            performance.fulfil, self.cast.accounts["approver"], day=self.due_on, score=96,
            note="抽查办件记录和现场，与承诺的标准一致。",
        )  # fmt: skip

    def keep_late(self) -> None:
        """Keep it five days late."""
        self.let_pass()
        late = self.due_on + timedelta(days=5)
        self.claim(late)
        self.do(
            performance.fulfil, self.cast.accounts["supervisor"], day=late + timedelta(days=3), score=78,
            note="质保金已全部退还，比承诺晚五天。",
        )  # fmt: skip

    def let_pass(self) -> None:
        """Let the day pass without a claim."""
        self.promise = Commitment.objects.get(pk=self.promise.pk)
        performance.lapse(self.promise, now=datetime.combine(self.due_on + timedelta(days=1), time(0, 5), tzinfo=ZONE))

    def break_it(self) -> None:
        """Order it put right, see the order ignored, find it broken."""
        self.let_pass()
        supervisor, day = self.cast.accounts["supervisor"], self.due_on + timedelta(days=6)
        self.do(
            breaching.order_rectification, supervisor, day=day, limit_days=30,
            requirements=["修通配套道路并组织交工验收", "向入驻企业书面说明延误原因和补救安排"],
        )  # fmt: skip
        passed = datetime.combine(day + timedelta(days=45), time(0, 5), tzinfo=ZONE)
        orders.overdue_due(now=passed)
        self.do(
            breaching.breach, supervisor, day=day + timedelta(days=46),
            note="责令整改期满，配套道路仍未修通，也没有补救安排。",
        )  # fmt: skip

    def ask(self) -> None:
        """Ask for a lawful change and write down the compensation."""
        self.do(changing.request, self.clerk, day=local_day(self.cast.now) - timedelta(days=4), asked=self.request())
        self.do(
            changing.record_compensation, self.clerk, day=local_day(self.cast.now) - timedelta(days=2), amount="0",
            note="经走访沿线三个社区，没有因此产生损失。", compensated_on=local_day(self.cast.now) - timedelta(days=2),
        )  # fmt: skip

    def request(self) -> changing.Request:
        """Why it must change, and into what."""
        later = self.due_on + timedelta(days=120)
        return changing.Request(
            basis_codes=("GDYS",),
            reason="上游防洪工程经批准调整施工时序，为保证汛期行洪安全，本项目须让出施工面，属公共利益需要。",
            compensation_plan="对受影响的单位和居民逐户核实，按实际损失补偿。",
            promise=self.words(due_on=later, milestones=()),
        )

    def change(self) -> None:
        """Have the change approved by two; the successor begins at once."""
        day = local_day(self.cast.now) - timedelta(days=30)
        self.do(changing.request, self.clerk, day=day, asked=self.request())
        self.do(
            changing.record_compensation, self.clerk, day=day + timedelta(days=3), amount="86000.00",
            note="对四家接驳线路经营者的前期投入已按协议补偿到位。", compensated_on=day + timedelta(days=3),
        )  # fmt: skip
        self.promise = Commitment.objects.get(pk=self.promise.pk)
        proposal = changing.approve(
            actor=self.head, commitment=self.promise, opinion="情况属实，补偿已到位，同意变更。", version=self.promise.version,
            now=self.at(day + timedelta(days=4)),
        )  # fmt: skip
        changing.sign(actor=self.cast.accounts["approver"], proposal=proposal, now=self.at(day + timedelta(days=6)))

    def amend(self) -> None:
        """Have the standard written more clearly, as a second version."""
        day = self.given_on + timedelta(days=30)
        self.promise = Commitment.objects.get(pk=self.promise.pk)
        proposal = amending.propose(
            actor=self.clerk, commitment=self.promise, version=self.promise.version, now=self.at(day),
            promise=self.words(measure="投诉答复率百分之百，每件答复时间都不超过三日，按月公布。"),
            reason="原标准只写了平均时间，改为逐件计算，更便于监督。",
        )  # fmt: skip
        amending.sign(actor=self.cast.accounts["approver2"], proposal=proposal, now=self.at(day + timedelta(days=2)))
