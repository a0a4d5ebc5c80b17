"""Commitments for tests, made by the services, so that no test stands on an impossible state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from records.models import Commitment, CommitmentState, Milestone, Rectification
from records.services import duties
from records.services.commitments import (
    breaching,
    changing,
    drafting,
    performance,
    review,
    stepping,
    turning,
)
from records.workflow.commitments.promise import Promise, Step
from tests.records import factories
from tests.records.factories import NOW, Scene

S = CommitmentState
SHANGHAI = timedelta(hours=8)
DUE = date(2026, 6, 30)
LATER = datetime(2026, 7, 3, 16, 6, tzinfo=UTC)
"""00:06 on 4 July in Shanghai: an order of 1 July that gave one day has gone unheeded."""
AFTER_DUE = datetime(2026, 6, 30, 16, 5, tzinfo=UTC)
"""00:05 on 1 July in Shanghai: the first minutes of the day after."""


def promise(scene: Scene, **facts: Any) -> Promise:
    """Return complete content: a time-limit promise of the bureau with two milestones, public of itself."""
    given: dict[str, Any] = {
        "kind": "TIME_LIMIT",
        "title": "农村公路养护工程款限时支付",
        "content": "向按期完工的养护单位在验收后30日内付清工程款，逾期按合同约定计付利息。",
        "to_whom": "全市农村公路养护承包单位",
        "measure": "2026年6月30日前，已验收项目的应付款全部付清，付款凭证可查。",
        "starts_on": date(2026, 5, 11),
        "due_on": DUE,
        "key_areas": ("PROCUREMENT", "CHARGES"),
        "origin": "PLEDGE",
        "responsible_official": scene.official,
        "milestones": (Step("核清应付款清单", 40, date(2026, 5, 29)), Step("付清全部应付款", 60, date(2026, 6, 26))),
    }
    return Promise(**{**given, **facts})


def draft(scene: Scene, *, now: datetime = NOW, by: User | None = None, **facts: Any) -> Commitment:
    """Register a draft."""
    clerk = by or scene.clerk
    made = drafting.register(
        actor=clerk, key=uuid4(), department=scene.bureau, promise=promise(scene, **facts), now=now
    )
    return fresh(made)


def fresh(made: Commitment) -> Commitment:
    """Read a commitment again, as a face would."""
    return Commitment.objects.select_related("department", "lead", "responsible_official", "replaces").get(pk=made.pk)


def handed_in(scene: Scene, *, now: datetime = NOW, **facts: Any) -> Commitment:
    """Hand a promise in."""
    made = draft(scene, now=now, **facts)
    return fresh(drafting.submit(actor=scene.clerk, commitment=made, version=made.version, now=now))


def returned(scene: Scene, **facts: Any) -> Commitment:
    """Send a promise back."""
    made = handed_in(scene, **facts)
    return fresh(
        review.send_back(actor=scene.reviewer, commitment=made, reason="标准写不清", version=made.version, now=NOW)
    )


def cancelled(scene: Scene) -> Commitment:
    """Drop a draft."""
    made = draft(scene)
    return fresh(drafting.cancel(actor=scene.clerk, commitment=made, version=made.version, now=NOW))


def active(scene: Scene, *, now: datetime = NOW, **facts: Any) -> Commitment:
    """Give a promise."""
    made = handed_in(scene, now=now, **facts)
    return fresh(review.activate(actor=scene.reviewer, commitment=made, version=made.version, now=now))


def claimed(scene: Scene, *, now: datetime = NOW, by: User | None = None, **facts: Any) -> Commitment:
    """Claim a promise, in time."""
    return claim(scene, active(scene, **facts), now=now, by=by)


def claim(
    scene: Scene,
    made: Commitment,
    *,
    now: datetime = NOW,
    by: User | None = None,
    performed_on: date | None = None,
) -> Commitment:
    """Claim this promise with one file."""
    return fresh(
        performance.claim(
            actor=by or scene.clerk,
            commitment=made,
            performed_on=performed_on or now.date(),
            note="应付款已全部付清，凭证见附件。",
            proof=[factories.upload("付款凭证.pdf")],
            version=made.version,
            now=now,
        )
    )


def fulfil(
    scene: Scene, made: Commitment, *, now: datetime = NOW, by: User | None = None, score: int = 95
) -> Commitment:
    """Find this promise kept."""
    return fresh(
        performance.fulfil(
            actor=by or scene.approver,
            commitment=made,
            score=score,
            note="抽查三家养护单位，款项到账。",
            version=made.version,
            now=now,
        )
    )


def fulfilled(scene: Scene, **facts: Any) -> Commitment:
    """Keep a promise in time."""
    return fulfil(scene, claimed(scene, **facts))


def overdue(scene: Scene, **facts: Any) -> Commitment:
    """Let the due date pass."""
    made = active(scene, **facts)
    turning.lapse_due(now=AFTER_DUE)
    return fresh(made)


def ordered(scene: Scene, made: Commitment, *, now: datetime = AFTER_DUE) -> Commitment:
    """Order this promise to be put right."""
    return fresh(
        breaching.order_rectification(
            actor=scene.supervisor,
            commitment=made,
            requirements=["付清全部应付款并提交凭证"],
            limit_days=1,
            version=made.version,
            now=now,
        )
    )


def ignored(made: Commitment) -> Rectification:
    """Let the limit of the order pass, as the turn of the day sees it."""
    order = Rectification.objects.get(source_type="records.commitment", source_id=str(made.pk))
    duties.turn(now=max(LATER, factories.day_after(order.due_on)))
    order.refresh_from_db()
    return order


def breachable(scene: Scene, **facts: Any) -> Commitment:
    """Stand overdue with an order that went unheeded."""
    made = ordered(scene, overdue(scene, **facts))
    ignored(made)
    return made


def breached(scene: Scene, **facts: Any) -> Commitment:
    """Break a promise."""
    return broken(scene, breachable(scene, **facts))


def broken(scene: Scene, made: Commitment) -> Commitment:
    """Find this promise broken."""
    return fresh(
        breaching.breach(
            actor=scene.supervisor,
            commitment=made,
            note="责令整改期满，仍有三家单位的款项没有付清。",
            version=made.version,
            now=LATER,
        )
    )


def asked(scene: Scene, **facts: Any) -> changing.Request:
    """Return a request for a lawful change with a later day."""
    given: dict[str, Any] = {
        "basis_codes": ("GDYS",),
        "reason": "省级防汛应急响应期间，养护资金统一调度用于抢险，属公共利益需要。",
        "compensation_plan": "对受影响的三家承包单位按合同利率补偿延付利息。",
        "promise": promise(
            scene,
            starts_on=date(2026, 5, 11),
            due_on=date(2026, 9, 30),
            measure="2026年9月30日前，已验收项目的应付款全部付清，付款凭证可查。",
            milestones=(Step("付清全部应付款", 100, date(2026, 9, 25)),),
        ),
    }
    return changing.Request(**{**given, **facts})


def request(scene: Scene, made: Commitment, *, now: datetime = NOW, by: User | None = None, **facts: Any) -> Commitment:
    """Ask for a lawful change of this promise."""
    return fresh(
        changing.request(
            actor=by or scene.colleague, commitment=made, asked=asked(scene, **facts), version=made.version, now=now
        )
    )


def compensate(scene: Scene, made: Commitment, *, now: datetime = NOW) -> Commitment:
    """Write down the compensation."""
    return fresh(
        changing.record_compensation(
            actor=scene.colleague,
            commitment=made,
            amount="12600.00",
            note="三家承包单位的延付利息已到账。",
            compensated_on=now.date(),
            version=made.version,
            now=now,
        )
    )


def pending(scene: Scene, **facts: Any) -> Commitment:
    """Wait for the approval of a change, compensation written down."""
    return compensate(scene, request(scene, active(scene, **facts)))


def pending_overdue(scene: Scene, **facts: Any) -> Commitment:
    """Wait for the approval of a change asked for after the due date."""
    made = request(scene, overdue(scene, **facts), now=AFTER_DUE)
    return compensate(scene, made, now=AFTER_DUE)


def change(scene: Scene, made: Commitment, *, now: datetime = NOW) -> Commitment:
    """Approve the change of this promise by two."""
    proposal = changing.approve(
        actor=scene.head, commitment=made, opinion="情况属实，补偿已到位，同意变更。", version=made.version, now=now
    )
    changing.sign(actor=scene.approver, proposal=proposal, now=now)
    return fresh(made)


def changed(scene: Scene, **facts: Any) -> Commitment:
    """Change a promise lawfully."""
    return change(scene, pending(scene, **facts))


def report_step(scene: Scene, step: Milestone, *, now: datetime = NOW, by: User | None = None) -> Milestone:
    """Report a milestone."""
    return stepping.report(
        actor=by or scene.clerk,
        milestone=step,
        done_on=now.date(),
        note="清单已经双方签字确认。",
        proof=[factories.upload("清单.pdf")],
        version=step.version,
        now=now,
    )


IN_STATE: dict[str, Callable[[Scene], Commitment]] = {
    S.DRAFT: draft,
    S.PENDING_REVIEW: handed_in,
    S.RETURNED: returned,
    S.ACTIVE: active,
    S.PERFORMED_CLAIMED: claimed,
    S.FULFILLED: fulfilled,
    S.OVERDUE: breachable,
    S.BREACHED: breached,
    S.CHANGE_PENDING: pending,
    S.CHANGED: changed,
    S.CANCELLED: cancelled,
}
