"""Lawful change: asked for with basis, public interest and compensation; approved by the head and the lead office, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.actors import SYSTEM
from ledger.refusals import Invalid, Missing
from records.models import ChangeState, Commitment, CommitmentChange, CommitmentState
from records.services import remarks
from records.services.commitments import drafting, paying, performance, planning, review, versions
from records.workflow import writing
from records.workflow.commitments import excuses
from records.workflow.commitments.machine import COMMITMENT
from records.workflow.commitments.progress import WHOLE
from records.workflow.commitments.promise import Promise, Step, columns
from records.workflow.contents import plain
from records.workflow.filing import yuan
from rules import codes
from rules.clock import local_day
from rules.models import Proposal, Signature

REASON_LIMIT, PLAN_LIMIT, LEAST = 1000, 1000, 10  # characters
CARRIED = (
    "kind", "to_whom", "key_areas", "origin", "document_name", "document_number", "amount_yuan", "responsible_official",
    "responsible_name", "responsible_post", "disclosure_mode", "disclosure_reason", "disclosure_basis",
)  # fmt: skip
MOVED = ("title", "content", "measure", "starts_on", "due_on")


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a clerk writes to ask for a lawful change; ``promise`` None = the promise is to end without a successor."""

    basis_codes: tuple[str, ...]
    reason: str
    compensation_plan: str
    promise: Promise | None = None


def request(*, actor: User, commitment: Commitment, asked: Request, version: int, now: datetime) -> Commitment:
    """
    Ask for a lawful change; this will stop the due date's clock and start that of the approval.

    :raises Invalid: a change of leader, institution or division is all the reason there is (广东省优化营商环境条例 art. 26),
        or basis, reason, compensation or the new words are missing
    :raises Conflict: the due date is over and the promise is not overdue yet
    """
    today = local_day(now)
    reason = writing.required(asked.reason, field="reason", label=_("公共利益理由"), limit=REASON_LIMIT, lines=True)
    named = excuses.refuse_alone(reason, on=today)
    if len(reason) < LEAST:
        raise Invalid(_("“%(label)s”至少 %(least)d 字") % {"label": _("公共利益理由"), "least": LEAST}, field="reason")
    columns_of_change = {
        "basis_codes": _basis(asked, on=today),
        "reason": reason,
        "excuses": named,
        "compensation_plan": writing.required(
            asked.compensation_plan, field="compensation_plan", label=_("补偿方案"), limit=PLAN_LIMIT
        ),
        "content": _new_words(commitment, asked.promise, now=now),
    }

    def then(pending: Commitment) -> None:
        remarks.note(pending, actor=actor, action="request_change", text=reason, now=now)
        CommitmentChange(
            commitment=pending,
            edition=pending.edition,
            requested_by_id=actor.person_id,
            requested_on=today,
            **columns_of_change,
        ).save()

    return COMMITMENT.perform(
        "request_change",
        commitment,
        actor=actor,
        now=now,
        version=version,
        reason=reason,
        then=then,
        state_before=commitment.state,
        change_reason=reason,
    )


def _basis(asked: Request, *, on: date) -> list[str]:
    known = dict(codes.choices("legal_basis", on=on))
    basis = writing.codes(asked.basis_codes, field="basis_codes", label=_("法定依据"), known=known)
    if not basis:
        raise Invalid(_("请选择法定依据"), field="basis_codes")
    return basis


def _new_words(commitment: Commitment, promise: Promise | None, *, now: datetime) -> dict[str, Any]:
    """The words the successor will have; empty where there is to be none."""
    if promise is None:
        return {}
    typed, steps = columns(promise, now=now)
    for field in ("title", "content", "measure", "due_on"):
        if not typed[field]:
            raise Invalid(_("请填写"), field=field)
    if typed["due_on"] < local_day(now):
        raise Invalid(_("新的到期日期不能早于今天"), field="due_on")
    total = sum(step.weight for step in steps)
    if total not in (0, WHOLE):
        raise Invalid(_("各节点权重合计应为 100，现在是 %d") % total, field="milestones")
    typed["starts_on"] = typed["starts_on"] or commitment.starts_on
    return {**{field: plain(typed[field]) for field in MOVED}, "milestones": [step.plain() for step in steps]}


def open_change(commitment: Commitment) -> CommitmentChange:
    """
    Return the request that waits for its decision.

    :raises Missing: none is open
    """
    found = CommitmentChange.objects.filter(commitment=commitment, state=ChangeState.REQUESTED).first()
    if found is None:
        raise Missing(_("没有待批准的变更申请"))
    return found


def record_compensation(
    *,
    actor: User,
    commitment: Commitment,
    amount: Decimal | str | None,
    note: str,
    compensated_on: date,
    version: int,
    now: datetime,
) -> Commitment:
    """
    Write down who was compensated, with how much, and when; this must stand before the change is approved.

    :param amount: yuan; 0 where nobody suffered a loss, which the note then explains
    :raises Invalid: amount, words or day are not acceptable
    """
    text = writing.required(note, field="note", label=_("补偿情况"), limit=PLAN_LIMIT)
    try:
        paid = yuan(amount)
    except Invalid as problem:
        raise Invalid(problem.message.replace(_("经济损失（元）"), _("补偿金额（元）")), field="amount") from None
    if paid is None:
        raise Invalid(_("请填写补偿金额；没有损失填 0，并在说明里写明"), field="amount")
    if compensated_on > local_day(now):
        raise Invalid(_("补偿到位日期不能晚于今天"), field="compensated_on")

    def then(pending: Commitment) -> None:
        remarks.note(pending, actor=actor, action="record_compensation", text=text, now=now)
        change = open_change(pending)
        change.compensation_yuan, change.compensation_note = paid, text
        change.compensated_on, change.compensation_by_id = compensated_on, actor.person_id
        change.save()

    return COMMITMENT.perform(
        "record_compensation", commitment, actor=actor, now=now, version=version, reason=text, then=then
    )


def approve(*, actor: User, commitment: Commitment, opinion: str, version: int, now: datetime) -> Proposal:
    """
    Sign as the department's head; this will hand the change to the credit lead office for the second signature.

    :raises Conflict: the compensation is not written down yet
    :raises NotAllowed: the actor asked for the change, filed or reviewed the promise
    """
    words = remarks.clean(opinion)
    return COMMITMENT.propose("approve_change", commitment, actor=actor, now=now, reason=words, version=version)


def sign(*, actor: User, proposal: Proposal, now: datetime) -> Commitment:
    """
    Sign for the credit lead office; this will end the promise as lawfully changed and put its successor in force at once.

    :raises NotAllowed: the signer had a hand in the promise
    :raises Conflict: the proposal has lapsed or the promise has moved since
    """

    def then(changed: Commitment) -> None:
        remarks.note(changed, actor=actor, action="approve_change", text=proposal.reason, now=now)
        change = _settle(changed, proposal, actor, now=now)
        if change.content:
            paying.hand_on(changed, _succeed(changed, change, now=now), now=now)
        performance.follow(changed, now=now)

    return COMMITMENT.sign(proposal, actor=actor, now=now, then=then, ended_on=local_day(now))


def _settle(changed: Commitment, proposal: Proposal, actor: User, *, now: datetime) -> CommitmentChange:
    change = open_change(changed)
    change.state, change.decided_on, change.decision_note = ChangeState.APPROVED, local_day(now), proposal.reason
    change.head_id = Signature.objects.get(proposal=proposal, place=0).person_id
    change.approver_id = change.decided_by_id = actor.person_id
    change.save()
    return change


def _succeed(changed: Commitment, change: CommitmentChange, *, now: datetime) -> Commitment:
    """Open the successor with the words that were approved, and put it in force without a gap."""
    after = Commitment(id=uuid4(), department=changed.department, filer_id=change.requested_by_id, replaces=changed)
    drafting.assign(after, {field: getattr(changed, field) for field in CARRIED})
    drafting.assign(after, {field: _value(field, change.content[field]) for field in MOVED})
    with acts.act(kind="commitment.register", actor=SYSTEM, role="system", now=now) as act:
        drafting.name(after, now=now)
        after.save(force_insert=True)
        act.about(after)
        planning.plan(after, [_step(each) for each in change.content["milestones"]], now=now)
        versions.keep(
            after,
            made_by=change.requested_by_id,
            why=_("由 %s 依法变更而来") % changed.number,
            approved_by=change.approver_id,
            now=now,
        )
    return COMMITMENT.perform(
        "succeed",
        after,
        actor=SYSTEM,
        now=now,
        then=lambda given: review.take_effect(given, now=now),
        activated_on=local_day(now),
    )


def _value(field: str, value: Any) -> Any:
    return date.fromisoformat(value) if field.endswith("_on") else value


def _step(each: dict[str, Any]) -> Step:
    return Step(each["title"], each["weight"], date.fromisoformat(each["due_on"]))


def decline(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse the second signature; this will leave the change undecided, to be refused or signed anew."""
    return COMMITMENT.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))


def refuse(*, actor: User, commitment: Commitment, reason: str, version: int, now: datetime) -> Commitment:
    """
    Refuse a change; this will lead the promise back to where it stood, and overdue at once where its day has passed.

    :raises Invalid: no reason
    :raises NotAllowed: the actor asked for the change
    """
    words = remarks.clean(reason)
    action = "refuse_change" if commitment.state_before == CommitmentState.ACTIVE else "refuse_change_overdue"

    def then(back: Commitment) -> None:
        remarks.note(back, actor=actor, action=action, text=words, now=now)
        change = open_change(back)
        change.state, change.decided_on, change.decision_note = ChangeState.REFUSED, local_day(now), words
        change.decided_by_id = actor.person_id
        change.save()
        performance.lapse_if_due(back, now=now)

    refused = COMMITMENT.perform(
        action,
        commitment,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=then,
        change_reason="",
        state_before="",
    )
    refused.refresh_from_db()
    return refused
