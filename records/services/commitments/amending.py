"""Amendment: the department proposes other words for a running promise, an approver of the lead office puts them in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Invalid
from records.models import Commitment, MilestoneState
from records.services import remarks
from records.services.commitments import planning, publication, versions
from records.workflow.commitments import contents, publicity, telling
from records.workflow.commitments.machine import COMMITMENT
from records.workflow.commitments.progress import WHOLE
from records.workflow.commitments.promise import AMENDABLE, Promise, Step, columns
from records.workflow.contents import plain
from rules.models import Proposal, Signature
from rules.workflow import hands


def propose(
    *, actor: User, commitment: Commitment, promise: Promise, reason: str, version: int, now: datetime
) -> Proposal:
    """
    Propose other words; this will leave the old ones in force until an approver signs.

    ``promise.milestones`` are those nobody has reported yet; reported and checked ones stay.

    :param reason: why, in words the public may read
    :raises Conflict: the new words, or the reason, hold what must not be public
    :raises Invalid: nothing moved, the due date would be put off, weights do not add up, or no reason
    """
    words = remarks.clean(reason)
    typed, steps = columns(promise, now=now)
    content = {field: typed[field] for field in AMENDABLE if typed[field] != getattr(commitment, field)}
    _check(commitment, content, steps)
    facts: dict[str, Any] = {"content": {field: plain(value) for field, value in content.items()}}
    if refusal := publicity.unfit(commitment, words, field="reason"):
        raise refusal
    facts["steps"] = [step.plain() for step in steps]
    return COMMITMENT.propose("amend", commitment, actor=actor, now=now, reason=words, version=version, facts=facts)


def open_steps(commitment: Commitment) -> tuple[Step, ...]:
    """Return the milestones an amendment may still move."""
    rows = commitment.milestones.filter(removed_on=None, state=MilestoneState.PLANNED).order_by("place")
    return tuple(Step(row.title, row.weight, row.due_on) for row in rows)


def _check(commitment: Commitment, content: dict[str, Any], steps: list[Step]) -> None:
    due = content.get("due_on", commitment.due_on)
    if due is None or (commitment.due_on and due > commitment.due_on):
        raise Invalid(_("到期日只能提前；推迟到期日要走依法变更"), field="due_on")
    for field in ("title", "content", "to_whom", "measure"):
        if content.get(field) == "":
            raise Invalid(_("不能为空"), field=field)
    if not content and tuple(steps) == open_steps(commitment):
        raise Invalid(_("没有改动任何内容"), field="content")
    fixed = commitment.milestones.filter(removed_on=None).exclude(state=MilestoneState.PLANNED)
    total = sum(fixed.values_list("weight", flat=True)) + sum(step.weight for step in steps)
    if total not in (0, WHOLE):
        raise Invalid(_("各节点权重合计应为 100，现在是 %d") % total, field="milestones")


def sign(*, actor: User, proposal: Proposal, now: datetime) -> Commitment:
    """
    Sign an amendment; this will keep the old words as their version and put the new ones in force for all to see.

    :raises NotAllowed: the signer filed or edited the promise
    :raises Conflict: the proposal has lapsed or the promise has moved since
    """
    commitment = Commitment.objects.get(pk=proposal.object_id)
    changes = _typed(proposal.facts["content"])

    def then(amended: Commitment) -> None:
        remarks.note(amended, actor=actor, action="amend", text=proposal.reason, now=now)
        author = Signature.objects.select_related("user").get(proposal=proposal, place=0).user
        hands.lay(actor=author, obj=amended, part="editor", noun=str(COMMITMENT.noun), now=now)
        planning.plan(amended, _steps(proposal.facts["steps"]), now=now)
        versions.keep(amended, made_by=author.person_id, why=proposal.reason, approved_by=actor.person_id, now=now)
        telling.tell(amended, op="U", now=now)
        amended.save()
        publication.show(amended, corrected=proposal.reason, now=now)

    return COMMITMENT.sign(proposal, actor=actor, now=now, then=then, edition=commitment.edition + 1, **changes)


def _typed(content: dict[str, Any]) -> dict[str, Any]:
    typed = dict(content)
    if "due_on" in typed:
        typed["due_on"] = date.fromisoformat(typed["due_on"])
    return typed


def _steps(plain_steps: list[dict[str, Any]]) -> list[Step]:
    return [
        Step(each["title"], each["weight"], date.fromisoformat(each["due_on"]) if each["due_on"] else None)
        for each in plain_steps
    ]


def decline(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse an amendment with a reason; this will leave the promise as it is."""
    return COMMITMENT.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))


def proposed_content(commitment: Commitment, proposal: Proposal) -> dict[str, Any]:
    """Return the content as it would be, for the page on which it is signed."""
    kept = [
        Step(row.title, row.weight, row.due_on).plain()
        for row in commitment.milestones.filter(removed_on=None).exclude(state=MilestoneState.PLANNED).order_by("place")
    ]
    return {**contents.of(commitment), **proposal.facts["content"], "milestones": kept + proposal.facts["steps"]}
