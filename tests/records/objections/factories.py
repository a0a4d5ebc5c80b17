"""Objections in every state, made by the services, with the officers of two offices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import Department, User
from records.models import DishonestyRecord, Objection, ObjectionState, Outcome
from records.services.objections import deciding, filing, investigating, reviewing, screening, timing
from records.workflow.objections.filing import Statement
from rules.clock import local_day
from rules.models import Proposal
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene

S = ObjectionState
FACTS = "决定书所称的养护合同由另一单位签订，我局不是合同当事人，有合同原件为证。"
STATEMENT = Statement(ground="WRONG", facts=FACTS, wanted="revoke")
FINDINGS = "调取合同原件核对，签约单位确为另一单位，异议理由成立。"
REASONS = "经核查，记录所载合同的签约单位不是申请人，认定事实有误。"


@dataclass(frozen=True)
class Hall:
    """The scene, and who handles objections: three at the city's office with its head, three at the province's."""

    scene: Scene
    handler: User
    decider: User
    third: User
    lead_head: User
    province_lead: Department
    superior: User
    superior2: User
    superior3: User

    def officers(self) -> dict[str, User]:
        """Return the accounts of both offices by name."""
        return {
            "handler": self.handler,
            "decider": self.decider,
            "third": self.third,
            "lead_head": self.lead_head,
            "superior": self.superior,
            "superior2": self.superior2,
        }

    def everyone(self) -> dict[str, User]:
        """Return one account for every role the table may meet."""
        return {**self.scene.everyone(), **self.officers()}


def hall(scene: Scene) -> Hall:
    """Appoint the officers of both offices."""
    above = scene.province.credit_lead()
    assert above is not None
    return Hall(
        scene=scene,
        handler=accounts.user(("appeals", scene.lead), name="陆闻道"),
        decider=accounts.user(("appeals", scene.lead), name="季明察"),
        third=accounts.user(("appeals", scene.lead), name="傅思远"),
        lead_head=accounts.user(("head", scene.lead), name="董正言"),
        province_lead=above,
        superior=accounts.user(("appeals", above), name="顾南山"),
        superior2=accounts.user(("appeals", above), name="左丘和"),
        superior3=accounts.user(("appeals", above), name="何其正"),
    )


def fresh(objection: Objection) -> Objection:
    """Return the objection as the database has it now."""
    return Objection.objects.get(pk=objection.pk)


def drafted(
    hall: Hall,
    *,
    record: DishonestyRecord | None = None,
    by: User | None = None,
    statement: Statement = STATEMENT,
    now: datetime = NOW,
) -> Objection:
    """Return a draft of the unit's head about a public record."""
    held = record or factories.disclosed(hall.scene)
    return filing.open_draft(actor=by or hall.scene.head, key=uuid4(), record=held, statement=statement, now=now)


def submitted(hall: Hall, *, now: datetime = NOW, by: User | None = None, **given: Any) -> Objection:
    """Return an objection handed in online."""
    objection = drafted(hall, now=now, by=by, **given)
    return filing.submit(actor=by or hall.scene.head, objection=objection, version=objection.version, now=now)


def registered(hall: Hall, *, record: DishonestyRecord | None = None, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection that came on paper from an agent."""
    held = record or factories.disclosed(hall.scene)
    facts: dict[str, Any] = {
        "agent_name": "白律",
        "received_on": local_day(now),
        "proof": factories.upload("授权委托书.pdf"),
        "papers": [factories.upload("异议申请书.pdf")],
        **given,
    }
    return filing.register(actor=hall.handler, key=uuid4(), record=held, statement=STATEMENT, now=now, **facts)


def supplementing(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection whose applicant was told everything that is missing."""
    objection = submitted(hall, now=now, **given)
    items = ["合同原件", "授权委托书"]
    screening.ask_supplement(actor=hall.handler, objection=objection, items=items, version=objection.version, now=now)
    return fresh(objection)


def refused(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection that was not accepted."""
    objection = submitted(hall, now=now, **given)
    return screening.not_accept(
        actor=hall.handler,
        objection=objection,
        refusal="DECIDED_BEFORE",
        remedy="",
        reason="同一理由已经处理过",
        version=objection.version,
        now=now,
    )


def accepted(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection that is being looked into."""
    objection = submitted(hall, now=now, **given)
    return screening.accept(actor=hall.handler, objection=objection, version=objection.version, now=now)


def paused(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection that waits for experts."""
    objection = accepted(hall, now=now, **given)
    return investigating.pause(
        actor=hall.handler, objection=objection, reason="印章送检", version=objection.version, now=now
    )


def proposed(
    hall: Hall,
    *,
    outcome: str = Outcome.REVOKE,
    content: dict[str, Any] | None = None,
    now: datetime = NOW,
    **given: Any,
) -> Objection:
    """Return an objection with a draft that waits for its decision."""
    objection = accepted(hall, now=now, **given)
    return redrafted(hall, objection, outcome=outcome, content=content, now=now)


def redrafted(
    hall: Hall, objection: Objection, *, outcome: str, content: dict[str, Any] | None = None, now: datetime = NOW
) -> Objection:
    """Return the objection with the handler's draft of an outcome."""
    changed = {"facts": factories.FACTS + "（已更正）"} if outcome == Outcome.CORRECT and content is None else content
    return investigating.draft(
        actor=hall.handler,
        objection=objection,
        findings=FINDINGS,
        outcome=outcome,
        content=changed or {},
        version=objection.version,
        now=now,
    )


def decided(hall: Hall, *, now: datetime = NOW, outcome: str = Outcome.REVOKE, **given: Any) -> Objection:
    """Return an objection that was decided by a second person."""
    objection = proposed(hall, outcome=outcome, now=now, **given)
    return confirmed(hall, objection, now=now)


def confirmed(hall: Hall, objection: Objection, *, by: User | None = None, now: datetime = NOW) -> Objection:
    """Return the objection decided as drafted."""
    return deciding.decide(
        actor=by or hall.decider,
        objection=objection,
        reasons=REASONS,
        number="安发改异〔2026〕1号",
        version=objection.version,
        now=now,
    )


def dismissed(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection that did not hold."""
    return decided(hall, now=now, outcome=Outcome.DISMISS, **given)


def review_requested(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return a dismissed objection whose applicant asks for a review."""
    objection = dismissed(hall, now=now, **given)
    return reviewing.request(
        actor=hall.scene.head, objection=objection, reason="没有核对合同原件", version=objection.version, now=now
    )


def review_proposed(hall: Hall, *, now: datetime = NOW, outcome: str = Outcome.REVOKE, **given: Any) -> Proposal:
    """Return the proposal of the superior office to grant what was refused."""
    objection = review_requested(hall, now=now, **given)
    return reviewing.propose(
        actor=hall.superior,
        objection=objection,
        outcome=outcome,
        reasons=REASONS,
        number="云发改异复〔2026〕2号",
        content={},
        version=objection.version,
        now=now,
    )


def review_upheld(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection the superior office granted by two new persons."""
    return reviewing.sign(actor=hall.superior2, proposal=review_proposed(hall, now=now, **given), now=now)


def review_dismissed(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection whose first decision stands."""
    objection = review_requested(hall, now=now, **given)
    return reviewing.dismiss(
        actor=hall.superior,
        objection=objection,
        reasons="原决定认定事实清楚。",
        number="云发改异复〔2026〕3号",
        version=objection.version,
        now=now,
    )


def withdrawn(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection the applicant took back."""
    objection = accepted(hall, now=now, **given)
    return filing.withdraw(
        actor=hall.scene.head, objection=objection, note="已沟通清楚", version=objection.version, now=now
    )


def lapsed(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection whose supplement never came."""
    objection = supplementing(hall, now=now, **given)
    screening.close_due(now=now + timedelta(days=15))
    return fresh(objection)


def escalated(hall: Hall, *, now: datetime = NOW, **given: Any) -> Objection:
    """Return an objection the superior office took over because nobody decided in time."""
    objection = accepted(hall, now=now, **given)
    timing.escalate_due(now=now + timedelta(days=30))
    return fresh(objection)


BUILDERS: dict[str, Callable[..., Objection]] = {
    S.DRAFT: drafted,
    S.SUBMITTED: submitted,
    S.SUPPLEMENT: supplementing,
    S.NOT_ACCEPTED: refused,
    S.INVESTIGATING: accepted,
    S.PAUSED: paused,
    S.DECISION_DRAFT: proposed,
    S.UPHELD_CORRECT: lambda hall, **given: decided(hall, outcome=Outcome.CORRECT, **given),
    S.UPHELD_REVOKE: decided,
    S.UPHELD_STOP: lambda hall, **given: decided(hall, outcome=Outcome.STOP, **given),
    S.DISMISSED: dismissed,
    S.WITHDRAWN_BY_APPLICANT: withdrawn,
    S.REVIEW_REQUESTED: review_requested,
    S.REVIEW_UPHELD: review_upheld,
    S.REVIEW_DISMISSED: review_dismissed,
    S.CLOSED: lapsed,
}
"""How to come to an objection in every state but 已受理, which acceptance leaves in the same act."""


def at(day: date) -> datetime:
    """Return ten in the morning of a day."""
    return datetime.combine(day, NOW.time(), tzinfo=NOW.tzinfo)
