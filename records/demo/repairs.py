"""The repairs of the demo: one in every state, and a record the court's own list has closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from accounts.models import User
from records.demo import deliveries, papers, playing
from records.demo.playing import Cast
from records.demo.stories import LEAD, QINGHE, Desk, Stage, Story
from records.models import CreditRepair, DishonestyRecord
from records.services.repairs import applying, checking, checklist, court, deciding, following, revoking
from records.services.repairs.applying import Application
from records.workflow.repairs import materials
from rules.clock import local_day

GROUNDS = "欠付款项已全部付清，付款凭证随附；已在门户网站说明情况，并修订了付款台账和催办办法。"


def _arrears(number: str, subject: str, facts: str, *, desk: Desk = LEAD, days_ago: int = 60) -> Story:
    """Arrears: repair may be asked for as soon as they are paid (发改财金〔2023〕1103号)."""
    return Story(
        Stage.IN_FORCE, desk, subject, "ARREARS", "民事判决书", number, "安平市人民法院", facts, ("F1103", "SME25"),
        "general", days_ago, loss="120000.00", areas=("PROCUREMENT",), sanctions=("PUBLIC_CRITICISM",),
    )  # fmt: skip


DRAFTED = _arrears(
    "（2026）粤4499民初2101号", "transport", "安平市交通运输局未按合同支付交通标线施工款，经判决后于履行期内付清。"
)
WAITING = _arrears(
    "（2026）粤4499民初2102号", "emergency", "安平市应急管理局未按合同支付应急仓库租金两个季度，经判决后付清。"
)
LACKING = _arrears(
    "（2026）粤4499民初2103号", "qinghe_transport", "青禾县交通运输局未按合同支付桥梁检测费，经判决后分期付清。"
)
ELSEWHERE = _arrears(
    "（2026）粤4499民初2104号", "qinghe_transport", "青禾县交通运输局未按合同支付公交站台维修款，经判决后付清。",
    desk=QINGHE,
)  # fmt: skip
CHECKED = _arrears(
    "（2026）粤4499民初2105号", "resources", "安平市自然资源局未按合同支付地籍测绘费尾款，经判决后付清。"
)
PROPOSED = _arrears(
    "（2026）粤4499民初2106号", "terminal", "安平市公路事务中心未按合同支付除雪设备租赁费，经判决后付清。"
)
GRANTED = _arrears("（2026）粤4499民初2107号", "veterans", "安平市退役军人事务局未按合同支付培训场地费，经判决后付清。")
FALSE = _arrears("（2026）粤4499民初2108号", "yunxi_transport", "云溪县交通运输局未按合同支付养护材料款，自称已付清。")
THRICE = _arrears(
    "（2026）粤4499民初2109号", "transport", "安平市交通运输局未按合同支付公交智能终端维护费，仍有一笔尾款未付。"
)
STORED = _arrears(
    "（2026）粤4499民初2110号", "east_transport", "东林区交通运输局未按合同支付候车亭清洁费，经判决后付清。"
)
LISTED = Story(
    Stage.IN_FORCE, LEAD, "housing", "JUDGMENT_DEFAULTER", "执行决定书", "（2026）粤4499执611号", "安平市人民法院",
    "安平市住房和城乡建设局未按期履行生效判决确定的给付义务，被法院列入失信被执行人名单。", ("SPC13",), "serious", 120,
    loss="310000.00", areas=("STATUTORY_DUTY",),
)  # fmt: skip
DELISTED = Story(
    Stage.IN_FORCE, LEAD, "qinghe_resources", "JUDGMENT_DEFAULTER", "执行决定书", "（2026）粤4499执588号",
    "青禾县人民法院", "青禾县自然资源局未按期履行生效判决确定的给付义务，被法院列入失信被执行人名单。", ("SPC13",),
    "serious", 140, loss="96000.00", areas=("STATUTORY_DUTY",),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One application on its way: who asks (nobody's account: on paper), and how many days ago it began."""

    cast: Cast
    record: DishonestyRecord
    head: str
    days_ago: int

    def at(self, after: int = 0) -> datetime:
        """Give a moment some days after the beginning, never in the future."""
        begun = self.cast.now - timedelta(days=self.days_ago, hours=1)
        return min(begun + timedelta(days=after, minutes=7 * after), self.cast.now - timedelta(minutes=15))

    @property
    def applicant(self) -> User:
        """The one who writes: the unit's head, or the officer who enters paper."""
        return self.cast.accounts[self.head or "appeals"]

    @property
    def officer(self) -> User:
        """Who checks."""
        return self.cast.accounts["appeals"]

    @property
    def decider(self) -> User:
        """Who decides; the first approver has recognised the record."""
        return self.cast.accounts["approver2"]


def _begin(cast: Cast, story: Story, *, head: str = "", days_ago: int = 3) -> Case:
    return Case(cast, playing.play(story, cast), head, days_ago)


def draft(case: Case) -> CreditRepair:
    """Open an application with everything it needs."""
    is_paper, now = not case.head, case.at()
    repair = applying.open_draft(
        actor=case.applicant, key=uuid4(), record=case.record, now=now, is_paper=is_paper,
        typed=Application(GROUNDS, ("PROMISE", "RECTIFY")),
    )  # fmt: skip
    for line in materials.required(repair):
        if line.code != materials.PLEDGE:
            upload = None if is_paper else papers.decision(f"{line.label}.pdf")
            repair = checklist.give(actor=case.applicant, repair=repair, code=line.code, upload=upload, now=now)
    return repair


def submitted(case: Case) -> CreditRepair:
    """Hand it in with the pledge."""
    repair = draft(case)
    head = case.record.subject_department.head_on(local_day(case.at()))
    signer = head.person.name if head else ""
    return applying.submit(
        actor=case.applicant, repair=repair, pledge_by=signer, version=repair.version, now=case.at(),
        received_on=local_day(case.at()) if repair.is_paper else None,
    )  # fmt: skip


def supplement(case: Case) -> object:
    """Tell once what is missing."""
    repair = submitted(case)
    told = {"PAYMENT_PROOF": "缺第二笔付款的银行回单", "DUTY_PROOF": "履行证明没有盖章"}
    return checking.ask_supplement(actor=case.officer, repair=repair, told=told, version=repair.version, now=case.at(1))


def accepted(case: Case) -> CreditRepair:
    """Take it up; where the officer sits in the deciding office it is sent on at once."""
    repair = submitted(case)
    return checking.accept(actor=case.officer, repair=repair, version=repair.version, now=case.at(1))


def extension_asked(case: Case) -> object:
    """Ask the main head for more time."""
    repair = accepted(case)
    return deciding.propose_extension(
        actor=case.officer, repair=repair, reason="须向开户银行函询付款情况。", version=repair.version, now=case.at(1)
    )


def proposed(case: Case) -> CreditRepair:
    """Check and draft."""
    repair = accepted(case)
    findings = "已向收款单位核实，款项全部付清；承诺书和凭证齐全。"
    return deciding.draft_decision(
        actor=case.officer, repair=repair, findings=findings, proposed="approve", version=repair.version, now=case.at(2)
    )


def granted(case: Case, number: str) -> CreditRepair:
    """Grant it."""
    repair = proposed(case)
    return deciding.approve(
        actor=case.decider, repair=repair, number=number, reasons="义务已经履行，材料真实，符合修复条件。",
        version=repair.version, now=case.at(3),
    )  # fmt: skip


def revoked(case: Case, number: str) -> None:
    """Grant it, then find the paper forged."""
    repair = granted(case, number)
    proposal = revoking.propose(
        actor=case.cast.accounts["approver"], repair=repair, ground="FORGED_MATERIAL",
        reason="收款单位来函：从未收到所附回单载明的款项，银行证实回单系伪造。", version=repair.version, now=case.at(9),
    )  # fmt: skip
    revoking.sign(actor=case.decider, proposal=proposal, now=case.at(10))


def three_times(case: Case, number: str) -> None:
    """Not taken up, taken back, refused: one record, asked for three times."""
    first = submitted(case)
    checking.not_accept(
        actor=case.officer, repair=first, reason="申请书写的不是这条记录，请核对文号后重新申请。", version=first.version,
        now=case.at(1),
    )  # fmt: skip
    later = Case(case.cast, case.record, case.head, case.days_ago - 5)
    second = submitted(later)
    applying.withdraw(
        actor=later.applicant, repair=second, reason="先补交尾款。", version=second.version, now=later.at(1)
    )
    last = Case(case.cast, case.record, case.head, case.days_ago - 10)
    third = proposed(last)
    deciding.refuse(
        actor=last.decider, repair=third, number=number, reasons="经查，尾款仍有3万元没有付清。",
        how="付清尾款，提交收款单位确认函。", version=third.version, now=last.at(3),
    )  # fmt: skip


def delisted(cast: Cast) -> None:
    """The court takes an entry off its list; another stays on it."""
    playing.play(LISTED, cast)
    record = playing.play(DELISTED, cast)
    now = cast.now - timedelta(days=4)
    court.delist(
        actor=cast.accounts["approver"], record=record, court="青禾县人民法院", number="（2026）粤4499执588号之一",
        delisted_on=local_day(now), version=record.version, now=now,
    )  # fmt: skip


def synced(case: Case, number: str) -> None:
    """Grant it, and let the platform store it."""
    granted(case, number)
    deliveries.carry(at=case.at(3), now=case.cast.now)
    following.sync_due(now=case.at(4))


def play(cast: Cast) -> None:
    """Play every case to its place."""
    synced(_begin(cast, STORED, days_ago=12), "安信修〔2026〕4号")
    stories: tuple[tuple[Story, str, int, Callable[[Case], object]], ...] = (
        (DRAFTED, "head", 1, draft),
        (WAITING, "head-yj", 6, submitted),
        (LACKING, "head-qh", 4, supplement),
        (ELSEWHERE, "head-qh", 1, accepted),
        (CHECKED, "", 2, extension_asked),
        (PROPOSED, "", 4, proposed),
    )
    for story, head, days_ago, part in stories:
        part(_begin(cast, story, head=head, days_ago=days_ago))
    granted(_begin(cast, GRANTED, days_ago=5), "安信修〔2026〕5号")
    revoked(_begin(cast, FALSE, days_ago=25), "安信修〔2026〕6号")
    three_times(_begin(cast, THRICE, head="head", days_ago=20), "安信修〔2026〕8号")
    delisted(cast)
