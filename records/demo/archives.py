"""The archives of the demo: one missing, restricted parts with a reading, honours in every state, checks of every verdict."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from accounts.identifiers import id_number
from accounts.models import ApiClient, Official, User
from accounts.services import clients, officials, proposals
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records.demo import papers
from records.demo.playing import Cast
from records.models import CheckRun, CreditCheck, Honour
from records.services.archives import checks, honouring, opening, reports, restricted
from records.services.archives.checks import Question
from records.services.archives.honouring import Award
from records.workflow.archives.restricting import Subject
from rules.clock import local_day

BASIS = "粤府〔2017〕140号 二（五）"
OPENED_BEFORE = timedelta(days=390)
APPRAISALS = ((2023, "称职。"), (2024, "优秀。全年办理工程款支付事项无逾期。"))


@dataclass(frozen=True)
class Prize:
    """One honour to be: who keeps it, for whom, which title, how many days ago, and how far it comes."""

    place: str
    clerk: str
    reviewer: str
    title: str
    number: str
    days_ago: int
    steps: tuple[str, ...] = ()
    official: str = ""  # account of the one honoured; the unit where none is named
    incentives: tuple[str, ...] = ("AWARD_PRIORITY",)


PRIZES = (
    Prize("emergency", "clerk-yj", "reviewer-yj", "政务服务守信窗口", "安府〔2026〕18号", 40, ("propose", "grant")),
    Prize(
        "emergency", "clerk-yj",
        "head-yj",
        "守信践诺先进个人", "安应急〔2026〕7号", 30, ("propose", "grant"),
        official="reviewer-yj", incentives=("CADRE_REFERENCE",),
    ),
    Prize("qinghe_transport", "clerk-qh", "reviewer-qh", "工程款支付诚信单位", "青府〔2025〕33号", 90, ("propose", "grant", "withdraw")),
    Prize("city_lead", "clerk-fg", "reviewer-fg", "信用建设先进集体", "安府〔2026〕25号", 6, ("propose",)),
    Prize("city_lead", "clerk-fg", "reviewer-fg", "信用建设先进个人", "安发改〔2026〕11号", 3, official="approver"),
    Prize("transport", "clerk", "reviewer", "重点工程建设先进单位", "安府〔2026〕27号", 2, ("stopped",)),
)  # fmt: skip


def play(cast: Cast) -> None:
    """Open the archives, keep and read a restricted part, give honours, and check units and people."""
    opening.open_missing(now=cast.now - OPENED_BEFORE)
    _arrive_late(cast)
    _keep_restricted(cast)
    for prize in PRIZES:
        _honour(prize, cast)
    _check(cast)
    _check_by_client(cast)


def _arrive_late(cast: Cast) -> None:
    """One official of the transport bureau is registered today and has no archive yet."""
    today, place = local_day(cast.now), cast.places["transport"]
    first_17 = "44000019950704357"
    official = officials.register(
        actor=SYSTEM,
        department=place,
        personnel_kind="CIVIL_SERVANT",
        name="江晚照",
        id_number=first_17 + id_number.check_character(first_17),
        now=cast.now,
    )
    officials.add_post(
        actor=SYSTEM,
        official=official,
        department=place,
        title="一级科员",
        leadership_code="150",
        held_from=today,
        now=cast.now,
    )


def _keep_restricted(cast: Cast) -> None:
    officer, then = cast.accounts["personnel"], cast.now - timedelta(days=20)
    archive = opening.of_official(official=_official(cast, "clerk"), now=then)
    for year, text in APPRAISALS:
        restricted.write(actor=officer, archive=archive, kind="appraisal", year=year, text=text, now=then)
    restricted.read(
        actor=officer, archive=archive, kind="appraisal", purpose="REWARD", reason="核对先进个人推荐材料", now=then
    )


def _honour(prize: Prize, cast: Cast) -> Honour:
    clerk, reviewer = cast.accounts[prize.clerk], cast.accounts[prize.reviewer]
    place, at = cast.places[prize.place], cast.now - timedelta(days=prize.days_ago)
    subject = Subject(place, _official(cast, prize.official) if prize.official else None)
    award = Award(
        subject=subject,
        title=prize.title,
        level="CITY",
        granted_by="安平市人民政府",
        document_number=prize.number,
        granted_on=local_day(at),
        incentives=prize.incentives,
    )
    honour = honouring.register(actor=clerk, key=uuid4(), department=place, award=award, now=at)
    for place_in_line, step in enumerate(prize.steps, start=1):
        now = at + timedelta(hours=place_in_line)
        if step == "propose":
            honour = honouring.propose(actor=clerk, honour=honour, version=honour.version, now=now)
        elif step == "stopped":
            with suppress(
                Conflict
            ):  # a measure on awards is in force: the honour stays a draft, its check stays on file
                honouring.propose(actor=clerk, honour=honour, version=honour.version, now=now)
        elif step == "grant":
            honour = honouring.grant(actor=reviewer, honour=honour, version=honour.version, now=now)
        else:
            honour = honouring.withdraw(
                actor=reviewer, honour=honour, reason="申报材料中的支付数据不实。", version=honour.version, now=now
            )
    return honour


def _check(cast: Cast) -> None:
    clerk, officer, then = cast.accounts["clerk"], cast.accounts["personnel"], cast.now - timedelta(days=5)
    units = [Subject(cast.places[key]) for key in ("emergency", "housing", "qinghe_transport", "terminal")]
    bids = _ask(clerk, cast, units, "BIDDING", "安交招〔2026〕4号", then)
    line = CreditCheck.objects.filter(run=bids).order_by("place")[1]
    today = local_day(cast.now)
    reports.add(
        actor=clerk,
        check=line,
        agency="安平征信服务有限公司",
        number="APZX-2026-0117",
        issued_on=today - timedelta(days=30),
        valid_to=today + timedelta(days=335),
        upload=papers.decision("信用报告.pdf"),
        now=then,
    )
    checks.decide(actor=clerk, check=line, decision="PROCEEDED", now=cast.now - timedelta(days=2))
    rivals = [Subject(cast.places[key]) for key in ("resources", "housing", "emergency", "veterans")]
    _ask(cast.accounts["clerk-fg"], cast, rivals, "AWARD", "安评〔2026〕3号", then, place="city_lead")
    people = [Subject(cast.places["transport"], _official(cast, key)) for key in ("clerk", "reviewer", "head")]
    _ask(officer, cast, people, "AWARD", "安交评〔2026〕1号", then)
    cadre = _ask(officer, cast, people[1:2], "CADRE", "安交干〔2026〕2号", then)
    checks.decide(actor=officer, check=cadre.checks.get(), decision="PROCEEDED", now=cast.now - timedelta(days=1))


def _ask(
    actor: User, cast: Cast, subjects: list[Subject], purpose: str, ref: str, now: datetime, place: str = "transport"
) -> CheckRun:
    question = Question(subjects=subjects, purpose=purpose, legal_basis=BASIS, business_ref=ref)
    return checks.run(actor=actor, key=uuid4(), department=cast.places[place], question=question, now=now)


def _check_by_client(cast: Cast) -> None:
    """The online service hall of the city asks through the API."""
    asked = clients.propose(
        actor=cast.accounts["sysadmin"],
        name="安平市网上办事大厅",
        department=cast.places["city"],
        scopes=("checks:write",),
        purpose="办理许可和采购前核查",
        reason="业务系统对接",
        now=cast.now - timedelta(days=15),
    )
    done = proposals.confirm(
        actor=cast.accounts["secadmin"], proposal=asked, now=cast.now - timedelta(days=14, hours=12)
    )
    client = ApiClient.objects.select_related("department").get(proposals=done)
    question = Question(
        subjects=[Subject(cast.places["resources"])],
        purpose="PROCUREMENT",
        legal_basis=BASIS,
        business_ref="BSDT-20260001",
    )
    checks.run_for_client(client=client, question=question, now=cast.now - timedelta(days=4))


def _official(cast: Cast, account: str) -> Official:
    return Official.objects.select_related("department", "person").get(person=cast.accounts[account].person)
