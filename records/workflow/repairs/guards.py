"""The rules that stand before the arrows of a repair: each returns nothing, a sentence (409) or a refusal."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from accounts.models import RoleGrant, User
from exchange.models import Delivery, DeliveryState
from ledger.refusals import Conflict, Invalid, NotAllowed, Refused
from records import words
from records.models import CreditRepair, DecisionOutcome, RecordState
from records.workflow import guards as record_guards
from records.workflow import source
from records.workflow.repairs import clocks, eligibility, materials
from rules import codes
from rules.clock import local_day
from rules.workflow import GuardContext, hands

HEAD = "head"


class Incomplete(Conflict):
    """Something must be handed in first; every missing thing is named in the one sentence."""


def unrelated(ctx: GuardContext) -> Refused | None:
    """Refuse whoever is tied to the subject, answers for it or serves in it (公务员法 art. 74)."""
    repair: CreditRepair = ctx.obj
    if ctx.actor.person_id is None:  # the system forwards; it has no ties
        return None
    if tied := record_guards.impartial(replace(ctx, obj=repair.record)):
        return tied
    if any(grant.department_id == repair.record.subject_department_id for grant in _grants(ctx)):
        return NotAllowed(_("不能由您办：您在被记录单位任职，须由上级信用牵头部门的人员办理"))
    return None


def impartial(ctx: GuardContext) -> Refused | None:
    """Refuse whoever is related to the subject, or had any hand in the record (security reference 2.3)."""
    if tied := unrelated(ctx):
        return tied
    repair: CreditRepair = ctx.obj
    held = next((each for each in hands.of(repair.record) if each.person_id == ctx.actor.person_id), None)
    if held is None:
        return None
    done = hands.DONE.get(held.part, _("经手过"))
    return NotAllowed(_("不能由您办：您%(done)s这条记录，修复须由没有经手它的人办理") % {"done": done})


def signed_by_the_head(ctx: GuardContext) -> Refused | None:
    """Let a unit's pledge be handed in by its head alone, and paper by the office alone; an official asks himself."""
    repair: CreditRepair = ctx.obj
    if repair.is_paper:
        entered = ctx.actor.person_id == repair.filer_id
        return None if entered else NotAllowed(_("这件申请是窗口代录的，由代录人提交"))
    if repair.applicant_official_id is not None:
        return None
    heads = any(each.role == HEAD and each.department_id == repair.applicant_department_id for each in _grants(ctx))
    return None if heads else NotAllowed(_("单位的修复申请和信用承诺书由主要负责人签署提交"))


def pledged(ctx: GuardContext) -> Refused | None:
    """Ask for the pledge (国办发〔2025〕22号)."""
    repair: CreditRepair = ctx.obj
    if ctx.offering or repair.pledge_by or ctx.changes.get("pledge_by"):
        return None
    return Invalid(_("请签署信用承诺书"), field="pledge")


def said_why(ctx: GuardContext) -> Refused | None:
    """Ask what was done to put things right."""
    if ctx.offering or ctx.obj.grounds.strip():
        return None
    return Invalid(_("请写明履行义务和纠正失信行为的情况"), field="grounds")


def may_be_repaired(ctx: GuardContext) -> str | None:
    """Let an application through only where the record can be repaired today."""
    repair: CreditRepair = ctx.obj
    found = eligibility.of(repair.record, now=ctx.now, apart_from=repair).first_unmet
    if found is None:
        return None
    return f"{found.said}；{found.elsewhere}" if found.elsewhere else found.said


def all_handed_in(ctx: GuardContext) -> Refused | None:
    """Name every material that is still to come, at once."""
    if ctx.offering:
        return None
    lacking = materials.not_given(ctx.obj)
    return Incomplete(_("还缺：%s") % materials.named(lacking), field="materials") if lacking else None


def told_once(ctx: GuardContext) -> str | None:
    """Tell what is missing once, all together (深圳经济特区社会信用条例 art. 81)."""
    told = ctx.obj.supplement_told_on is not None
    return _("缺件只能一次告知；已经告知过，请受理或者不予受理") if told else None


def supplement_over(ctx: GuardContext) -> str | None:
    """Deem an application withdrawn only after the last day to complete it; a calendar that moves the day moves this, too."""
    due = clocks.supplement_due_on(ctx.obj)
    if due is None:
        return _("补正期限没有开始")
    return None if local_day(ctx.now) > due else _("补正期到%s止，还没有届满") % words.day(due)


def findings_given(ctx: GuardContext) -> Refused | None:
    """Ask for what was checked and what is proposed."""
    if ctx.offering:
        return None
    if not str(ctx.changes.get("findings", "")).strip():
        return Invalid(_("请写明核实情况"), field="findings")
    if ctx.changes.get("proposed") not in DecisionOutcome.values:
        return Invalid(_("请选择拟办意见"), field="proposed")
    return None


def extended_once(ctx: GuardContext) -> str | None:
    """Extend once, and before the last day has passed (深圳经济特区社会信用条例 art. 82)."""
    repair: CreditRepair = ctx.obj
    if repair.extended_on is not None:
        return _("只能延长一次")
    due = clocks.decision_due_on(repair)
    if local_day(ctx.now) > due:
        return _("期限到%s止，已经逾期，不能再延长") % words.day(due)
    return None


def number_is_free(ctx: GuardContext) -> Refused | None:
    """Give each decision its own number."""
    if ctx.offering:
        return None
    number = str(ctx.changes.get("decision_number", ""))
    if not number.strip():
        return Invalid(_("请填写决定文号"), field="number")
    if CreditRepair.objects.filter(decision_number=number).exclude(pk=ctx.obj.pk).exists():
        return Invalid(_("文号%s已经用于另一件修复决定") % number, field="number")
    return None


def platform_has_it(ctx: GuardContext) -> str | None:
    """Call it synced when the platform has stored the repair."""
    return None if is_stored(ctx.obj) else _("省信用平台还没有回执入库")


def is_stored(repair: CreditRepair) -> bool:
    """Say whether the platform has it; a source that is never reported has nothing to wait for."""
    if source.facts(repair.record).get("is_restricted"):
        return True
    stored = Delivery.objects.filter(
        resource="SX",
        subject_id=repair.record_id,
        version__gte=repair.report_version,
        state=DeliveryState.STORED,
    )
    return stored.exists()


def ground_listed(ctx: GuardContext) -> Refused | None:
    """Ask for one of the grounds."""
    if ctx.offering or codes.find("repair_revocation", str(ctx.changes.get("revoked_ground", "")), local_day(ctx.now)):
        return None
    return Invalid(_("请选择撤销的事由"), field="ground")


def still_repaired(ctx: GuardContext) -> str | None:
    """Revoke only a repair its record still rests on."""
    record = ctx.obj.record
    return (
        None
        if record.state == RecordState.REPAIRED
        else _("记录已是“%s”，没有修复可撤销") % (record.get_state_display())
    )


def paper_if_office(ctx: GuardContext) -> Refused | None:
    """Let the office write, hand in or take back only what it entered from paper itself."""
    repair: CreditRepair = ctx.obj
    if repair.is_paper or _asks(repair, ctx):
        return None
    return NotAllowed(_("不能由您办：这件申请由申请人自己办理"))


def _asks(repair: CreditRepair, ctx: GuardContext) -> bool:
    """Say whether the actor stands on the applicant's side."""
    if repair.applicant_official is not None:
        return repair.applicant_official.person_id == ctx.actor.person_id
    return any(each.department_id == repair.applicant_department_id for each in _grants(ctx))


def _grants(ctx: GuardContext) -> list[RoleGrant]:
    return ctx.actor.grants(ctx.now) if isinstance(ctx.actor, User) else []
