"""Complaints in every state, made by the services, and the people who meet them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from records.models import Complaint, ComplaintState, Rectification
from records.services import duties
from records.services.complaints import ending, handling, rating, screening, settling, verifying
from records.services.intake import register
from records.services.intake.register import Intake, Received
from records.services.rectification import doing, judging
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.duties import factories as orders
from tests.records.factories import NOW, Scene

S = ComplaintState
SAID = "2025年9月交付的养护工程至今没有付款，多次催告没有结果。"
FOUND = "调取合同和验收单核实：2025年9月交付，约定60日内付款，至今没有付清。"
EXPLAINED = "经查，款项已于2026年4月30日付清，付款凭证已核对，所反映情况不属实。"


@dataclass(frozen=True)
class Cast:
    """Who meets a complaint about the bureau: its people in every role, and those who may look into it."""

    scene: Scene
    handler: User
    other_handler: User
    reviewer: User
    head: User
    above: User  # handler of the city, the superior
    above_reviewer: User
    above_head: User
    accused_handler: User
    accused_part: User  # handler of a part of the accused, and of the city
    custodian: User
    monitor: User

    def everyone(self) -> dict[str, User]:
        """Return one account for everybody, by name."""
        people = {
            name: getattr(self, name)
            for name in (
                "handler", "other_handler", "reviewer", "head", "above", "above_reviewer", "above_head",
                "accused_handler", "accused_part", "custodian", "monitor",
            )
        }  # fmt: skip
        scene = {name: user for name, user in self.scene.everyone().items() if name not in ("reviewer", "head")}
        return {**scene, "accused_reviewer": self.scene.reviewer, "accused_head": self.scene.head, **people}


def cast(scene: Scene) -> Cast:
    """Build the people beside those of the scene."""
    part = accounts.department("安平市公路养护中心", parent=scene.bureau)
    user = accounts.user
    return Cast(
        scene=scene,
        handler=user(("handler", scene.lead), name="韩立秋"),
        other_handler=user(("handler", scene.lead), name="苗青竹"),
        reviewer=user(("reviewer", scene.lead), name="尹知秋"),
        head=user(("head", scene.lead), name="段文博"),
        above=user(("handler", scene.city), name="杨千里"),
        above_reviewer=user(("reviewer", scene.city), name="齐修远"),
        above_head=user(("head", scene.city), name="裴怀远"),
        accused_handler=user(("handler", scene.bureau), ("handler", scene.lead), name="冯二心"),
        accused_part=user(("clerk", part), ("handler", scene.city), name="邓铺石"),
        custodian=user(("custodian", scene.city), name="韩静姝"),
        monitor=user(("monitor", scene.city), name="尤见山"),
    )


def sent(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Received:
    """Send a complaint about the bureau, as somebody without an account."""
    given: dict[str, Any] = {"object_department": cast.scene.bureau, "content": SAID}
    return register.receive(actor=None, facts=Intake(**{**given, **facts}), now=now)


def received(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint that has come in."""
    return fresh(sent(cast, now=now, **facts).complaint)


def fresh(complaint: Complaint) -> Complaint:
    """Return the complaint as the database has it now."""
    return Complaint.objects.get(pk=complaint.pk)


def screened(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint the lead office has begun to screen."""
    held = received(cast, now=now, **facts)
    return screening.screen(actor=cast.scene.approver, complaint=held, version=held.version, now=now)


def accepted(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint the lead office took up."""
    held = screened(cast, now=now, **facts)
    return screening.accept(actor=cast.scene.approver, complaint=held, version=held.version, now=now)


def transferred(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint handed to the superior."""
    held = screened(cast, now=now, **facts)
    return screening.transfer(
        actor=cast.scene.approver, complaint=held, department=cast.scene.city, version=held.version, now=now
    )


def investigating(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint under investigation in the lead office, with findings and evidence."""
    held = accepted(cast, now=now, **facts)
    held = handling.assign(
        actor=cast.scene.approver, complaint=held, handler_id=cast.handler.person_id, version=held.version, now=now
    )
    held = handling.investigate(actor=cast.handler, complaint=held, version=held.version, now=now)
    held = handling.note_findings(actor=cast.handler, complaint=held, text=FOUND, version=held.version, now=now)
    handling.add_evidence(actor=cast.handler, complaint=held, upload=factories.upload("付款凭证.pdf"), now=now)
    return fresh(held)


def verified(cast: Cast, outcome: str = "true", *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint two persons have decided."""
    held = investigating(cast, now=now, **facts)
    proposal = verifying.propose(
        actor=cast.handler, complaint=held, outcome=outcome, reason="证据相互印证", version=held.version, now=now
    )
    return verifying.sign(actor=cast.reviewer, proposal=proposal, now=now)


def rectifying(cast: Cast, outcome: str = "true", *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint whose department was ordered to put things right."""
    held = verified(cast, outcome, now=now, **facts)
    return settling.order(
        actor=cast.scene.supervisor, complaint=held, requirements=["30日内付清工程款"], version=held.version, now=now
    )


def told(cast: Cast, complaint: Complaint, how: str) -> Complaint:
    """Let the rectification end by the acts of people and the turn of the day: accepted, overdue or refused."""
    scene, order = cast.scene, Rectification.objects.get(pk=complaint.rectification_id)
    if how == "accepted":
        order = doing.receive(actor=scene.clerk, rectification=order, version=order.version, now=NOW)
        order = doing.begin(
            actor=scene.clerk, rectification=order, plan="本月付清，下月公开说明。", version=order.version, now=NOW
        )
        order = orders.answered(scene, order)
        order = doing.submit(actor=scene.clerk, rectification=order, version=order.version, now=NOW)
        orders.judged(scene, order, met=True)
        return fresh(complaint)
    late = orders.after(order.due_on)
    duties.turn(now=late)
    if how == "refused":
        refused(cast, complaint)
    return fresh(complaint)


def refused(cast: Cast, complaint: Complaint) -> None:
    """Order an overdue rectification a second time, and find that it is refused."""
    order = Rectification.objects.get(pk=complaint.rectification_id)
    order = judging.order_again(
        actor=cast.scene.supervisor, rectification=order, reason="催办未果", version=order.version,
        now=orders.after(order.due_on),
    )  # fmt: skip
    judging.refuse(
        actor=cast.scene.supervisor, rectification=order, reason="两次责令均未整改", version=order.version,
        now=orders.after(order.second_due_on),
    )  # fmt: skip


def answered(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint found false and explained."""
    held = verified(cast, "false", now=now, **facts)
    return settling.answer(actor=cast.handler, complaint=held, text=EXPLAINED, version=held.version, now=now)


def rated(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint whose answer was rated."""
    return rating.rate(complaint=answered(cast, now=now, **facts), satisfied=True, now=now)


def closed(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint closed by the clock."""
    held = answered(cast, now=now, **facts)
    ending.close_due(now=now + timedelta(days=20))
    return fresh(held)


def not_accepted(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint that was not taken up."""
    held = screened(cast, now=now, **facts)
    return screening.not_accept(
        actor=cast.scene.approver, complaint=held, reason="劳动报酬争议，不属于政务诚信投诉。",
        where_to="安平市劳动监察大队，电话 12333。", version=held.version, now=now,
    )  # fmt: skip


def merged(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint joined to another."""
    first, held = accepted(cast, now=now), received(cast, now=now, **facts)
    return screening.merge(actor=cast.scene.approver, complaint=held, into=first, version=held.version, now=now)


def withdrawn(cast: Cast, *, now: datetime = NOW, **facts: Any) -> Complaint:
    """Return a complaint its sender took back."""
    held = accepted(cast, now=now, **facts)
    return ending.withdraw(
        actor=cast.scene.approver, complaint=held, reason="举报人来电撤回", version=held.version, now=now
    )


BUILDERS: dict[str, Callable[..., Complaint]] = {
    S.RECEIVED: received,
    S.SCREENING: screened,
    S.NOT_ACCEPTED: not_accepted,
    S.TRANSFERRED: transferred,
    S.ACCEPTED: accepted,
    S.INVESTIGATING: investigating,
    S.VERIFIED_TRUE: verified,
    S.VERIFIED_PARTIAL: lambda cast, **given: verified(cast, "partial", **given),
    S.VERIFIED_FALSE: lambda cast, **given: verified(cast, "false", **given),
    S.RECTIFYING: rectifying,
    S.ANSWERED: answered,
    S.RATED: rated,
    S.CLOSED: closed,
    S.MERGED: merged,
    S.WITHDRAWN: withdrawn,
}
"""How to come to a complaint in every state."""

RECEIVED_ON = date(2026, 5, 11)
