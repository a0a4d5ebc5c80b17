"""Departments, people and records for tests, made by the services, so that no test stands on an impossible state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Department, Official, User
from accounts.services import heads, officials
from ledger import acts, memory
from ledger.actors import SYSTEM
from records.models import DishonestyRecord, RecordState
from records.services import (
    drafting,
    ending,
    evidence,
    marking,
    notice,
    publication,
    recognition,
    review,
    withdrawal,
)
from records.workflow.filing import Filing
from rules import calendar_loading, loading
from rules.clock import local_day
from rules.models import Parameter
from tests.accounts import factories as accounts

NOW = datetime(2026, 5, 11, 2, 0, tzinfo=UTC)
"""Monday 11 May 2026, 10:00 in Shanghai."""
IN_MARCH = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
"""Two months before, when everybody held the same role."""
DECIDED = date(2026, 5, 11)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FACTS = "2025年6月签订养护合同，约定交付后60日内付款；2025年9月交付，至2026年4月仍未付清，经两次书面催告无果。"

_numbers = count(1)


def load_law() -> None:
    """Load rules, code lists and the calendar where the database of the run does not hold them yet."""
    memory.forget()
    if not Parameter.objects.exists():
        loading.load_rules(now=accounts.EARLIER)
        calendar_loading.load_years(now=accounts.EARLIER)
    memory.forget()


def changing_the_law() -> Any:
    """Open the act in which a test changes a row of the law."""
    return acts.act(kind="rules.change", actor=SYSTEM, role="system", now=NOW)


@dataclass(frozen=True)
class Scene:
    """A province, a city with its bureaus and credit lead office, a county, and a person for every role."""

    province: Department
    city: Department
    lead: Department
    bureau: Department
    neighbour: Department
    county: Department
    clerk: User
    colleague: User
    reviewer: User
    head: User
    approver: User
    second: User
    appeals: User
    supervisor: User
    neighbour_clerk: User
    neighbour_reviewer: User
    auditor: User
    official: Official
    official_user: User

    def everyone(self) -> dict[str, User]:
        """Return one account for every role the record's machine may meet, by name."""
        return {
            "clerk": self.clerk,
            "colleague": self.colleague,
            "reviewer": self.reviewer,
            "head": self.head,
            "approver": self.approver,
            "second": self.second,
            "appeals": self.appeals,
            "supervisor": self.supervisor,
            "neighbour_clerk": self.neighbour_clerk,
            "neighbour_reviewer": self.neighbour_reviewer,
            "auditor": self.auditor,
            "official": self.official_user,
        }


def scene() -> Scene:
    """Build the places and people; `load_law` must have run."""
    province = accounts.department("云山省人民政府", division_code="44")
    accounts.department("云山省发展和改革委员会", parent=province, is_credit_lead=True, division_code="44")
    city = accounts.department(
        "安平市人民政府", parent=province, level="CITY", kind="government", division_code="441400"
    )
    lead = accounts.department("安平市发展和改革局", parent=city, is_credit_lead=True)
    bureau = accounts.department("安平市交通运输局", parent=city, serial_prefix="JT" + accounts.letters(next(_numbers)))
    neighbour = accounts.department("安平市应急管理局", parent=city)
    county = accounts.department(
        "青禾县人民政府", parent=city, level="COUNTY", kind="government", division_code="441402"
    )
    people = _people(province, city, lead, bureau, neighbour)
    official = officials_of(bureau, "欧阳守信")
    return Scene(
        province=province,
        city=city,
        lead=lead,
        bureau=bureau,
        neighbour=neighbour,
        county=county,
        official=official,
        official_user=accounts.account(official.person),
        **people,
    )


def _people(
    province: Department, city: Department, lead: Department, bureau: Department, neighbour: Department
) -> dict[str, User]:
    boss = officials_of(bureau, "程立业")
    heads.appoint(actor=SYSTEM, department=bureau, official=boss, held_from=date(2024, 1, 1), now=accounts.EARLIER)
    accounts.granted(boss.person, "head", bureau)
    posts: dict[str, tuple[str, Department, str]] = {
        "clerk": ("clerk", bureau, "林小禾"),
        "colleague": ("clerk", bureau, "何雨田"),
        "reviewer": ("reviewer", bureau, "周明远"),
        "approver": ("approver", lead, "沈正清"),
        "second": ("approver", lead, "唐安宁"),
        "appeals": ("appeals", lead, "秦慎言"),
        "supervisor": ("supervisor", city, "罗长青"),
        "neighbour_clerk": ("clerk", neighbour, "方小满"),
        "neighbour_reviewer": ("reviewer", neighbour, "丁立冬"),
        "auditor": ("auditor", province, "严审之"),
    }
    made = {key: accounts.user((role, place), name=name) for key, (role, place, name) in posts.items()}
    return {**made, "head": accounts.account(boss.person)}


def officials_of(unit: Department, name: str) -> Official:
    """Register an official of a unit with a post held since 2020."""
    official = accounts.official(unit, name)
    officials.add_post(
        actor=SYSTEM,
        official=official,
        department=unit,
        title="科长",
        leadership_code="141",
        held_from=date(2020, 1, 1),
        now=accounts.EARLIER,
    )
    return official


def filing(scene: Scene, **facts: Any) -> Filing:
    """Return complete content about the bureau: a penalty, general, put down as heard by nobody yet."""
    given: dict[str, Any] = {
        "subject_department": scene.bureau,
        "source_type": "ADMIN_PENALTY",
        "document_name": "行政处罚决定书",
        "document_number": f"安交罚〔2026〕{next(_numbers)}号",
        "issuer_name": "安平市交通运输局",
        "decided_on": DECIDED,
        "facts": FACTS,
        "basis_codes": ("APL",),
        "severity_proposed": "general",
        "economic_loss_yuan": "1268400.00",
        "social_impact": "limited",
        "key_areas": ("PROCUREMENT",),
        "sanctions_proposed": ("PUBLIC_CRITICISM",),
        "in_duty": True,
    }
    return Filing(**{**given, **facts})


def about_official(scene: Scene, **facts: Any) -> Filing:
    """Return complete content about the official: a disciplinary decision with an effect period of 12 months."""
    given: dict[str, Any] = {
        "subject_official": scene.official,
        "source_type": "GOV_SANCTION",
        "document_name": "政务处分决定书",
        "basis_codes": ("GSL",),
        "discipline": "DEMERIT",
        "prior_hearing_by_source": True,
        "sanctions_proposed": ("AWARD_RESTRICT",),
    }
    return filing(scene, **{**given, **facts})


def upload(name: str = "决定书.pdf", content: bytes = PDF, declared: str = "application/pdf") -> SimpleUploadedFile:
    """Return a file as a form hands it over."""
    return SimpleUploadedFile(name, content, content_type=declared)


def draft(
    scene: Scene, *, now: datetime = NOW, by: User | None = None, content: Filing | None = None, **facts: Any
) -> DishonestyRecord:
    """Register a draft with its source document attached."""
    clerk = by or scene.clerk
    record = drafting.register(
        actor=clerk, key=uuid4(), department=scene.bureau, filing=content or filing(scene, **facts), now=now
    )
    evidence.add(actor=clerk, record=record, kind="source", upload=upload(), now=now)
    return fresh(record)


def edited(
    scene: Scene, record: DishonestyRecord, *, by: User, content: Filing, now: datetime = NOW
) -> DishonestyRecord:
    """Return the record saved again by somebody."""
    return drafting.edit(actor=by, record=record, filing=content, version=record.version, now=now)


def fresh(record: DishonestyRecord) -> DishonestyRecord:
    """Return the record as the database has it now."""
    return DishonestyRecord.objects.get(pk=record.pk)


def in_review(scene: Scene, *, now: datetime = NOW, by: User | None = None, **given: Any) -> DishonestyRecord:
    """Return a record handed in for first review."""
    record = draft(scene, now=now, by=by, **given)
    return drafting.submit(actor=by or scene.clerk, record=record, version=record.version, now=now)


def returned(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record sent back by the reviewer."""
    record = in_review(scene, now=now, **given)
    return review.send_back(
        actor=scene.reviewer, record=record, reason="金额与决定书不一致", version=record.version, now=now
    )


def notified(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record that passed review and waits for its notice to be delivered."""
    record = in_review(scene, now=now, **given)
    return review.pass_on(actor=scene.reviewer, record=record, version=record.version, now=now)


def delivered(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record whose notice was delivered today."""
    record = notified(scene, now=now, **given)
    notice.deliver(
        actor=scene.clerk,
        record=record,
        method="direct",
        received_by="收发室",
        delivered_on=local_day(now),
        version=record.version,
        now=now,
    )
    return fresh(record)


def pending_approval(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record before the approver: heard by the source organ, or the subject waived its statement."""
    content: Filing = given.get("content") or filing(scene, **given)
    if content.prior_hearing_by_source:
        record = in_review(scene, now=now, content=content)
        return review.pass_on(actor=scene.reviewer, record=record, version=record.version, now=now)
    record = delivered(scene, now=now, content=content)
    notice.waive(actor=scene.head, record=record, received_on=local_day(now), version=record.version, now=now)
    return fresh(record)


def recognised(
    scene: Scene,
    *,
    now: datetime = NOW,
    severity: str = "general",
    sanctions: tuple[str, ...] = ("PUBLIC_CRITICISM",),
    **given: Any,
) -> DishonestyRecord:
    """Return a record in force; a general or serious one of a unit is disclosed at once."""
    record = pending_approval(scene, now=now, **given)
    return recognition.recognise(
        actor=scene.approver, record=record, severity=severity, sanctions=sanctions, version=record.version, now=now
    )


def effective(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record in force that is not public: a minor one."""
    return recognised(scene, now=now, severity="minor", **given)


def disclosed(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record the public may read."""
    return recognised(scene, now=now, **given)


def rejected(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record the approver did not recognise."""
    record = pending_approval(scene, now=now, **given)
    return recognition.reject(
        actor=scene.approver, record=record, reason="不属于履职行为", version=record.version, now=now
    )


def withdrawn(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record two approvers withdrew."""
    record = disclosed(scene, now=now, **given)
    proposal = withdrawal.propose(
        actor=scene.approver,
        record=record,
        ground="BASIS_REVOKED",
        reason="处罚决定被撤销",
        version=record.version,
        now=now,
    )
    return withdrawal.sign(actor=scene.second, proposal=proposal, now=now)


def expired(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record disclosed at `now` whose disclosure has run out since."""
    record = disclosed(scene, now=now, **given)
    ending.expire_due(now=day_after(record.public_until))
    return fresh(record)


def day_after(day: date | None) -> datetime:
    """Return ten o'clock in Shanghai on the day after a day."""
    assert day is not None
    return datetime.combine(day + timedelta(days=1), NOW.time(), tzinfo=UTC)


def repaired(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a record repaired after its shortest period."""
    record = disclosed(scene, now=now, **given)
    assert record.repair_from is not None
    later = datetime.combine(record.repair_from, NOW.time(), tzinfo=UTC)
    return ending.repair(record=record, number="安信修〔2026〕1号", now=later)


def archived(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a withdrawn record whose retention is over."""
    record = withdrawn(scene, now=now, **given)
    ending.archive_due(now=now + timedelta(days=366 * 5 + 2))
    return fresh(record)


def objected(scene: Scene, *, now: datetime = NOW, **given: Any) -> DishonestyRecord:
    """Return a public record that bears the mark of an objection."""
    record = disclosed(scene, now=now, **given)
    return marking.mark(record=record, since=local_day(now), now=now)


def shown(scene: Scene, record: DishonestyRecord, *, now: datetime = NOW) -> DishonestyRecord:
    """Publish a record in force by an explicit decision."""
    return publication.publish(
        actor=scene.approver, record=record, version=record.version, now=now, reason="社会关注，确需公示"
    )


BUILDERS: dict[str, Callable[..., DishonestyRecord]] = {
    RecordState.DRAFT: draft,
    RecordState.PENDING_REVIEW: in_review,
    RecordState.RETURNED: returned,
    RecordState.NOTIFIED: delivered,
    RecordState.PENDING_APPROVAL: pending_approval,
    RecordState.REJECTED: rejected,
    RecordState.EFFECTIVE: effective,
    RecordState.DISCLOSED: disclosed,
    RecordState.REPAIRED: repaired,
    RecordState.EXPIRED: expired,
    RecordState.WITHDRAWN: withdrawn,
    RecordState.ARCHIVED: archived,
}
"""How to come to a record in every state."""
