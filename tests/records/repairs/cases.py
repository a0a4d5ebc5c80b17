"""Credit repairs in every state, made by the services, so that no test stands on an impossible state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from exchange import relay
from exchange.models import Delivery, DeliveryState
from ledger import acts
from ledger.actors import SYSTEM
from records.models import CreditRepair, DishonestyRecord, Rectification, RepairState
from records.services.repairs import applying, checking, checklist, deciding, following, revoking
from records.services.repairs.applying import Application
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import Scene

OPENS = date(2026, 8, 11)
"""The first day on which the factories' general record of 2026-05-11 may be repaired."""
THEN = datetime(2026, 8, 11, 2, 0, tzinfo=UTC)
"""Tuesday 11 August 2026, 10:00 in Shanghai."""
SAID = Application(grounds="欠款已于2026年7月20日付清，并已公开说明。", measures=("PROMISE", "RECTIFY"))


def day_before(moment: datetime) -> datetime:
    """Return the same hour one day earlier."""
    return moment - timedelta(days=1)


def record(scene: Scene, **given: Any) -> DishonestyRecord:
    """Return a general record that is public since 2026-05-11."""
    return factories.disclosed(scene, **given)


def put_right(scene: Scene, found: DishonestyRecord, *, now: datetime = THEN) -> None:
    """Let every order to put things right be accepted."""
    with acts.act(kind="test.accept", actor=SYSTEM, role="system", now=now):
        for order in Rectification.objects.filter(record=found):
            for state in ("received", "in_progress", "submitted", "accepted"):
                order.state, order.version = state, order.version + 1
                order.submitter, order.decider = scene.head.person, scene.supervisor.person
                order.save()


def opened(
    scene: Scene, *, found: DishonestyRecord | None = None, by: User | None = None, now: datetime = THEN, **given: Any
) -> CreditRepair:
    """Return a draft by the head of the unit recorded."""
    return applying.open_draft(
        actor=by or scene.head, key=uuid4(), record=found or record(scene), typed=SAID, now=now, **given
    )


def draft(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return a draft with its one document."""
    repair = opened(scene, now=now, **given)
    by = given.get("by") or scene.head
    return checklist.give(actor=by, repair=repair, code="DUTY_PROOF", upload=factories.upload("凭证.pdf"), now=now)


def submitted(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return an application handed in with its pledge."""
    repair = draft(scene, now=now, **given)
    by = given.get("by") or scene.head
    return applying.submit(actor=by, repair=repair, pledge_by="程立业", version=repair.version, now=now)


def supplement(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return an application that waits for what is missing."""
    repair = submitted(scene, now=now, **given)
    checking.ask_supplement(
        actor=scene.appeals, repair=repair, told={"DUTY_PROOF": "缺银行回单"}, version=repair.version, now=now
    )
    return fresh(repair)


def not_accepted(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return an application that was not taken up."""
    repair = submitted(scene, now=now, **given)
    return checking.not_accept(
        actor=scene.appeals, repair=repair, reason="不属于本平台认定的记录", version=repair.version, now=now
    )


def province_officer(scene: Scene) -> User:
    """Return an officer of the province, who accepts and has to send on."""
    office = scene.province.children.get(is_credit_lead=True)
    return accounts.user(("appeals", office), name="白秋水")


def accepted(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return an application accepted at the province and not sent on yet."""
    repair = submitted(scene, now=now, **given)
    return checking.accept(actor=province_officer(scene), repair=repair, version=repair.version, now=now)


def verifying(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return an application on the desk of the department that recognised the record."""
    repair = submitted(scene, now=now, **given)
    return checking.accept(actor=scene.appeals, repair=repair, version=repair.version, now=now)


def drafted(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return an application before the person who decides."""
    repair = verifying(scene, now=now, **given)
    return deciding.draft_decision(
        actor=scene.appeals, repair=repair, findings="已向收款单位核实，款项付清。", proposed="approve",
        version=repair.version, now=now,
    )  # fmt: skip


_NUMBERS = iter(range(1, 100_000))


def number() -> str:
    """Return a document number nobody used yet."""
    return f"安信修〔2026〕{next(_NUMBERS)}号"


def approved(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return a repair granted by the approver who has no hand in the record."""
    repair = drafted(scene, now=now, **given)
    deciding.approve(
        actor=scene.second, repair=repair, number=number(), reasons="义务已履行。", version=repair.version, now=now
    )
    return fresh(repair)


def refused(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return a repair that was refused."""
    repair = drafted(scene, now=now, **given)
    deciding.refuse(
        actor=scene.second, repair=repair, number=number(), reasons="余款未付清。", how="付清余款并提交回单。",
        version=repair.version, now=now,
    )  # fmt: skip
    return fresh(repair)


def platform_stores(repair: CreditRepair, *, now: datetime = THEN) -> None:
    """Let the platform have stored what it was told of the record."""
    relay.relay(now)
    Delivery.objects.filter(subject_id=repair.record_id).update(state=DeliveryState.STORED, stored_at=now)


def synced(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return a repair the platform has stored."""
    repair = approved(scene, now=now, **given)
    platform_stores(repair, now=now)
    following.sync_due(now=now)
    return fresh(repair)


def withdrawn(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return an application taken back."""
    repair = submitted(scene, now=now, **given)
    return applying.withdraw(actor=scene.head, repair=repair, reason="", version=repair.version, now=now)


def revoked(scene: Scene, *, now: datetime = THEN, **given: Any) -> CreditRepair:
    """Return a repair revoked by two persons."""
    repair = approved(scene, now=now, **given)
    proposal = revoking.propose(
        actor=scene.approver, repair=repair, ground="FORGED_MATERIAL", reason="银行回单系伪造", version=repair.version,
        now=now,
    )  # fmt: skip
    revoking.sign(actor=scene.second, proposal=proposal, now=now)
    return fresh(repair)


def fresh(repair: CreditRepair) -> CreditRepair:
    """Return the repair as the database has it now."""
    found: CreditRepair = CreditRepair.objects.select_related("record").get(pk=repair.pk)
    return found


BUILDERS: dict[str, Callable[..., CreditRepair]] = {
    RepairState.DRAFT: draft,
    RepairState.SUBMITTED: submitted,
    RepairState.SUPPLEMENT: supplement,
    RepairState.NOT_ACCEPTED: not_accepted,
    RepairState.ACCEPTED: accepted,
    RepairState.VERIFYING: verifying,
    RepairState.DECISION_DRAFT: drafted,
    RepairState.APPROVED: approved,
    RepairState.REFUSED: refused,
    RepairState.SYNCED: synced,
    RepairState.WITHDRAWN: withdrawn,
    RepairState.REVOKED: revoked,
}
"""How to come to a repair in every state."""


def office_head(scene: Scene) -> User:
    """Return the main head of the department that recognised the record."""
    return accounts.user(("head", scene.lead), name="董正言")
