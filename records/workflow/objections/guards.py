"""The rules that stand before an objection's arrows: who is independent, what is complete, what may be decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import recusals
from accounts.models import Department
from ledger.refusals import Conflict, Invalid, NotAllowed, Refused
from records import words
from records.models import ON_RECORD, UNDER_WAY, Objection, ObjectionState
from records.workflow.objections import clocks, offices
from records.workflow.record import RECORD
from rules import codes, deadlines
from rules.clock import local_day
from rules.models import Deadline, Proposal
from rules.references import reference
from rules.workflow import GuardContext, hands

GROUNDS = "objection_ground"
REFUSALS = "objection_refusal"
DECIDER = "decider"


def speaks(ctx: GuardContext) -> bool:
    """Say whether the actor speaks for the subject of the record."""
    user: Any = ctx.actor
    held = user.grants(ctx.now) if user.person_id is not None else []
    return bool(RECORD.is_subject and RECORD.is_subject(ctx.obj.record, ctx.actor, held))


def chain(objection: Objection) -> set[UUID]:
    """Return the persons who had a part in the record: filer, editors, reviewer, approver, of every edition."""
    record = objection.record
    named = {record.filer_id, record.reviewer_id, record.approver_id}
    laid = hands.of(record).values_list("person_id", flat=True)
    return {key for key in (*named, *laid) if key is not None}


def independent(ctx: GuardContext) -> Refused | None:
    """
    Refuse whoever does not serve at the office that holds the case, had a part in the record, or is tied to its subject.

    The applicant's own person never handles or decides either.
    """
    objection: Objection = ctx.obj
    user: Any = ctx.actor
    if not offices.serves(user, objection.office, now=ctx.now):
        return NotAllowed(_("不能由您办：这件异议现在由%s的异议处理人办理") % objection.office.name)
    if ctx.actor.person_id in chain(objection):
        return NotAllowed(_("不能由您办：您填报、审核或认定过这条记录，异议须由没有经手的人处理"))
    tie = _tie(objection, ctx.actor.person_id, ctx.now)
    return NotAllowed(tie) if tie else None


def _tie(objection: Objection, person_id: UUID | None, now: datetime) -> str | None:
    record = objection.record
    return recusals.between(
        person_id=person_id,
        department=record.subject_department,
        subject_person_id=RECORD.subject_person_of(record),
        now=now,
    )


def able_office(objection: Objection, *, now: datetime) -> Department | None:
    """
    Return the office nearest above that can take the next step where the present one has nobody independent left, or None.

    Where no office above has anybody either, the case stays and goes up when its day has passed.
    """
    if _can_go_on(objection, objection.office, now):
        return None
    return next((office for office in offices.above(objection.office) if _can_go_on(objection, office, now)), None)


def _can_go_on(objection: Objection, office: Department, now: datetime) -> bool:
    """Whether somebody at an office may take the next step: of a draft, who laid no other hand in it (four eyes)."""
    closed = chain(objection)
    if not objection.is_paper:
        closed.add(objection.filed_by_id)
    if objection.state == ObjectionState.DECISION_DRAFT:
        closed.add(objection.filed_by_id)
        closed |= set(hands.of(objection).exclude(part=DECIDER).values_list("person_id", flat=True))
    officers = {user.person_id for user in offices.officers(office, now=now)} - closed
    return any(_tie(objection, person, now) is None for person in officers)


def nobody_left(ctx: GuardContext) -> str | None:
    """Hand up at once only where the office has nobody independent and one above has."""
    return None if able_office(ctx.obj, now=ctx.now) else _("本级还有可以独立办理的异议处理人，或者上级也没有")


def paper_if_officer(ctx: GuardContext) -> Refused | str | None:
    """Let an officer act for the applicant only where the case came on paper, and only an independent one."""
    if speaks(ctx):
        return None
    if not ctx.obj.is_paper:
        return NotAllowed(_("不能由您办：网上提出的异议由申请人自己在网上办理"))
    return independent(ctx)


def independent_or_head(ctx: GuardContext) -> Refused | None:
    """Let the main head of the office approve an extension; the proposer is asked what every officer is asked."""
    user: Any = ctx.actor
    held = user.grants(ctx.now)
    if any(each.role == "head" and each.department_id == ctx.obj.office_id for each in held):
        return None
    return independent(ctx)


def record_stands(ctx: GuardContext) -> str | None:
    """Object only while the record exists: withdrawn and archived ones are used nowhere."""
    record = ctx.obj.record
    return None if record.state in ON_RECORD else _("记录处于“%s”，不能再提出异议") % record.get_state_display()


def one_at_a_time(ctx: GuardContext) -> Refused | None:
    """Refuse a second open objection of the subject to one record, with a link to the first."""
    first = Objection.objects.filter(record=ctx.obj.record_id, state__in=UNDER_WAY).exclude(pk=ctx.obj.pk).first()
    return already_open(first) if first else None


def already_open(first: Objection) -> Conflict:
    """Return the refusal of a second objection."""
    return Conflict(
        _("这条记录已有一件异议 %s 正在处理，办结之前不能再提") % first.number,
        link=address(first),
    )


def address(objection: Objection) -> str:
    """Return where the staff site shows an objection."""
    return reverse("objections:objection", args=[objection.pk])


def filled_in(ctx: GuardContext) -> Refused | None:
    """Ask for ground, facts and the wanted outcome; evidence is optional."""
    objection: Objection = ctx.obj
    if codes.find(GROUNDS, objection.ground, local_day(ctx.now)) is None:
        return Invalid(_("请选择异议的理由"), field="ground")
    if not objection.facts:
        return Invalid(_("请写明事实和理由"), field="facts")
    return None if objection.wanted else Invalid(_("请选择您的请求"), field="wanted")


def against_the_record(ctx: GuardContext) -> str | None:
    """Accept nothing that is about the discipline, penalty or judgment itself (公职人员政务处分法 art. 55)."""
    if ctx.obj.is_against_source:
        return _("对处分、处罚或裁判决定本身不服的，不在这里处理：请作不予受理，并告知复审、复核等途径")
    return None


def told_once(ctx: GuardContext) -> str | None:
    """Send one supplement notice, with everything that is missing; there is no second one."""
    if hasattr(ctx.obj, "supplement"):
        return _("已经一次性告知过缺少的材料，不能再要求补正：请受理或不予受理")
    return None


def refusal_told(ctx: GuardContext) -> Refused | None:
    """Ask for a ground of refusal on the list and for the way the applicant has instead."""
    if ctx.offering:
        return None
    if codes.find(REFUSALS, str(ctx.changes.get("refusal", "")), local_day(ctx.now)) is None:
        return Invalid(_("请选择不予受理的情形"), field="refusal")
    return None if ctx.changes.get("remedy") else Invalid(_("请告知申请人可以走的途径"), field="remedy")


def supplement_over(ctx: GuardContext) -> str | None:
    """Close only after the last day for the supplement; a period that moved with the calendar moves this, too."""
    held = deadlines.open_for(ctx.obj).filter(rule=clocks.SUPPLEMENT).first()
    if held is None or held.due_on is None:
        return _("补正期限没有开始")
    if local_day(ctx.now) <= held.due_on:
        return _("补正期到%s止，还没有届满") % words.day(held.due_on)
    return None


def platform_unchecked(ctx: GuardContext) -> str | None:
    """Note the platform check once."""
    if deadlines.open_for(ctx.obj).filter(rule=clocks.PLATFORM).exists():
        return None
    return _("平台核对结果已经登记")


def nothing_asked(ctx: GuardContext) -> str | None:
    """Ask the provider one thing at a time."""
    return _("已经发出核实函，等提供单位回复") if ctx.obj.inquiries.filter(state="asked").exists() else None


def extendable(ctx: GuardContext) -> str | None:
    """Extend once in a case, whichever office holds it, while the period runs; what is overdue or paused is not extended."""
    held = clocks.running(ctx.obj)
    if held is None or held.rule == clocks.REVIEW:
        return _("没有可以延长的处理期限")
    if Deadline.objects.filter(**reference(ctx.obj)._asdict(), rule=clocks.EXTENSION).exists():
        return _("处理期限已经延长过一次")
    if held.due_on is None:
        return _("计时已暂停，恢复后再申请延期")
    return _("处理期限已过，不能再延长") if local_day(ctx.now) > held.due_on else None


def overdue(ctx: GuardContext) -> str | None:
    """Let a case go up only once its last day has passed."""
    held = clocks.owed(ctx.obj)
    if held is None or held.due_on is None or local_day(ctx.now) <= held.due_on:
        return _("处理期限还没有届满")
    return None


def queried(ctx: GuardContext) -> str | None:
    """Draft anew only what was sent back."""
    return None if ctx.obj.draft_queried else _("决定人没有退回拟处理意见")


def not_queried(ctx: GuardContext) -> str | None:
    """Decide or send back only what the handler stands by."""
    return _("拟处理意见已退回，等处理人重拟") if ctx.obj.draft_queried else None


def no_proposal_open(ctx: GuardContext) -> str | None:
    """Leave a proposed review decision to its second signer."""
    held = Proposal.objects.filter(object_type="records.objection", object_id=str(ctx.obj.pk), state="open")
    if held.filter(action="uphold_review", version=ctx.obj.version, lapses_on__gte=local_day(ctx.now)).exists():
        return _("已有一项待签署的复核决定")
    return None


def in_time_for_review(ctx: GuardContext) -> str | None:
    """Take an application for review within its period, which runs from the service of the decision."""
    until = clocks.review_until(ctx.obj)
    if until is None or local_day(ctx.now) <= until:
        return None
    return _("申请复核的期限到%s止，已过；还可以依法申请行政复议或者提起行政诉讼") % words.day(until)
