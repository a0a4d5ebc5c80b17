"""The rules before the arrows of a complaint: nobody of the department complained about, nobody twice, nothing without findings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import recusals
from accounts.models import Department
from ledger.refusals import Invalid, NotAllowed, Refused
from records.models import Complaint, ComplaintKey, ComplaintState
from records.workflow.complaints import clocks, competence
from rules import deadlines
from rules.clock import local_day
from rules.workflow import GuardContext, hands

S = ComplaintState
HANDLER = "handler"
ENDED_UNHEARD = (S.MERGED, S.WITHDRAWN, S.NOT_ACCEPTED)


def outside(ctx: GuardContext) -> Refused | None:
    """Refuse whoever serves the department complained about, in whatever role, and whoever declared a tie to it (回避)."""
    complaint: Complaint = ctx.obj
    person = ctx.actor.person_id
    if competence.serves(person, complaint.object_department, ctx.now):
        return NotAllowed(_("不能由您办：这一步属于别的单位"))
    why = recusals.between(person_id=person, department=complaint.object_department, now=ctx.now)
    return NotAllowed(why) if why else None


def of_this_case(ctx: GuardContext) -> Refused | None:
    """Keep to those who hold a key to the case: an office whose region merely covers it cannot read what it would decide."""
    grants = getattr(ctx.actor, "grants", None)
    if ctx.actor.person_id is None or grants is None:  # the clock, or whoever lent a role: his stand-in was asked
        return None
    held = {(grant.role, grant.department_id) for grant in grants(ctx.now)}
    keys = ComplaintKey.objects.filter(complaint=ctx.obj, ended_on=None).values_list("role", "department_id")
    return None if held & set(keys) else NotAllowed(_("不能由您办：这件投诉由别的单位办理"))


def receiver_is_fit(ctx: GuardContext) -> Refused | str | None:
    """Hand over to a department that exists, is not the accused and no part of it."""
    if ctx.offering:
        return None
    place = ctx.changes.get("department")
    if not isinstance(place, Department):
        return Invalid(_("请选择转交的单位"), field="department")
    if competence.is_part_of(place, ctx.obj.object_department):
        return Invalid(_("不能转给被投诉单位或它的下属，须转给其上级或主管部门"), field="department")
    if place.valid_to is not None and place.valid_to <= local_day(ctx.now):
        return Invalid(_("这个单位已经撤销"), field="department")
    if place.pk == ctx.obj.department_id and ctx.obj.state == S.TRANSFERRED:
        return Invalid(_("已经转给这个单位"), field="department")
    return None


def mergeable(ctx: GuardContext) -> Refused | None:
    """Merge into another complaint about the same department that is itself alive, never in a circle."""
    if ctx.offering:
        return None
    complaint: Complaint = ctx.obj
    first = ctx.changes.get("merged_into")
    if not isinstance(first, Complaint) or first.pk == complaint.pk:
        return Invalid(_("请选择要并入的另一件投诉"), field="merged_into")
    if first.object_department_id != complaint.object_department_id:
        return Invalid(_("两件投诉针对的不是同一单位，不能合并"), field="merged_into")
    if first.content_erased_on is not None:
        return Invalid(_("那件投诉的内容已按保存期限删除，不能并入"), field="merged_into")
    if first.state in ENDED_UNHEARD:
        return Invalid(_("那件投诉已经%(state)s，不能并入") % {"state": first.get_state_display()}, field="merged_into")
    return None


def handler_is_fit(ctx: GuardContext) -> Refused | None:
    """Give the case to a handler of the handling department who neither serves the accused nor has a tie to it."""
    if ctx.offering:
        return None
    complaint: Complaint = ctx.obj
    person = ctx.changes.get("handler_id")
    offered = competence.handlers(handling=complaint.department, accused=complaint.object_department, now=ctx.now)
    if person not in {grant.person_id for grant in offered}:
        return Invalid(_("请选择办理单位的投诉办理人；被投诉单位的人不能办理"), field="handler")
    if why := recusals.between(person_id=person, department=complaint.object_department, now=ctx.now):
        return Invalid(_("不能指定：%(why)s") % {"why": why}, field="handler")
    if complaint.state == S.INVESTIGATING and person == complaint.handler_id:
        return Invalid(_("已经由这个人办理"), field="handler")
    return None


def own_case(ctx: GuardContext) -> Refused | None:
    """Let only the handler named for the case act as such."""
    if ctx.actor.person_id == ctx.obj.handler_id:
        return None
    return NotAllowed(_("不能由您办：这件投诉指定了别的办理人"))


def named_or_free(ctx: GuardContext) -> Refused | None:
    """Let a handler take up what nobody was named for; else the one named."""
    if ctx.obj.handler_id is None:
        return None
    return own_case(ctx)


def found(ctx: GuardContext) -> str | None:
    """Decide only on findings that were written down."""
    return None if ctx.obj.findings_sealed else _("还没有记录核查情况")


def two_persons(ctx: GuardContext) -> Refused | None:
    """
    Let the handler propose and another person sign.

    The one who signs hands in ``reviewer_id``; he may never have handled the case, in whatever edition.
    """
    if "reviewer_id" not in ctx.changes:
        return own_case(ctx)
    handlers = {hand.person_id for hand in hands.of(ctx.obj) if hand.part == HANDLER}
    if ctx.actor.person_id in {*handlers, ctx.obj.handler_id}:
        return NotAllowed(_("核查结论须由另一人复核，办理过的人不能复核"))
    return None


def not_extended(ctx: GuardContext) -> str | None:
    """Extend once, and before the day has passed (信访工作条例 art. 34)."""
    if ctx.obj.extended_on is not None:
        return _("已经延期过一次，不能再延")
    if ctx.obj.is_simple:
        return _("简易事项不延期；不能按期办结的，请先转为普通程序")
    held = deadlines.open_for(ctx.obj).filter(rule__in=(clocks.FINISH, clocks.SME_RESULT)).first()
    if held is None or held.due_on is None:
        return _("现在没有可以延长的期限")
    if local_day(ctx.now) > held.due_on:
        return _("期限已过，不能再延")
    return None


def is_simple(ctx: GuardContext) -> str | None:
    """Turn only a simple case into an ordinary one, and before its own day has passed; it never becomes simple again."""
    if ctx.obj.ordinary_on is not None:
        return _("已经转为普通程序，只能转一次")
    if not ctx.obj.is_simple:
        return _("这件投诉不是按简易事项受理的")
    held = deadlines.open_for(ctx.obj).filter(rule=clocks.SIMPLE).first()
    if held is not None and held.due_on is not None and local_day(ctx.now) > held.due_on:
        return _("简易事项的办结期限已过，不能再转，请尽快办结")
    return None


def may_be_simple(ctx: GuardContext) -> Refused | None:
    """Accept as simple only what has no term of its own by law, and nothing that turned out not to be simple before."""
    if ctx.offering or not ctx.changes.get("is_simple"):
        return None
    if not clocks.may_be_simple(kind=ctx.changes.get("kind", ctx.obj.kind), channel=ctx.obj.channel):
        return Invalid(_("中小企业账款和信访投诉有法定期限，不能按简易事项办"), field="is_simple")
    if ctx.obj.ordinary_on is not None:
        return Invalid(_("这件投诉已经转为普通程序，不能再按简易事项办"), field="is_simple")
    return None


def failed(ctx: GuardContext) -> str | None:
    """Confirm a default only where the rectification was refused or ran out (发改财金〔2023〕1103号)."""
    return None if ctx.obj.failed_as else _("整改还没有逾期或被拒绝，不能确认违约失信")


def rating_over(ctx: GuardContext) -> str | None:
    """Close by the clock only after the last day for a rating."""
    held = deadlines.open_for(ctx.obj).filter(rule=clocks.CLOSING).first()
    due = held.due_on if held else None
    return None if due is not None and local_day(ctx.now) > due else _("评价期还没有届满")


def not_marked(ctx: GuardContext) -> str | None:
    """Mark once."""
    return _("已经标记为恶意举报") if ctx.obj.is_malicious else None


def found_false(ctx: GuardContext) -> str | None:
    """Mark as malicious only what was found false or was not taken up."""
    unfounded = ctx.obj.outcome == "false" or ctx.obj.state == S.NOT_ACCEPTED
    return None if unfounded else _("核查不属实或不予受理的，才能标记为恶意举报")
