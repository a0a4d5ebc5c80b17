"""The machine of a rectification (domain 4.6): ordered, received, done, judged point by point; the clock when it is not."""

from __future__ import annotations

from django.utils.translation import gettext as _now

from ledger.refusals import Invalid, Refused
from records import words
from records.models import Attachment, Rectification, RectificationState
from records.models.rectification import RUNNING
from records.workflow.duties import ACCEPTANCE, EXTENSION, RECEIPT, RECTIFY, SECOND_ORDER
from records.workflow.duties.guards import JUDGES, of_the_office, outside_the_department
from records.workflow.lazily import lazily as _
from rules import parameters
from rules.clock import local_day
from rules.workflow import Arrow, GuardContext, Machine, Starts

S = RectificationState
UNIT = ("head", "clerk")
DOER, JUDGE = "doer", "judge"
LIMITS = (RECTIFY, EXTENSION, SECOND_ORDER)
WRITABLE = frozenset({S.IN_PROGRESS, S.RETURNED, S.OVERDUE})
EVIDENCE = "item"
"""Files of the points are kept under this with the point's place, ``item-1``, beside the order they belong to."""


def judged_by_its_office(ctx: GuardContext) -> Refused | None:
    """Let only the office that ordered it, or one above, judge it (4.6: the supervisor who ordered)."""
    return of_the_office(ctx, ctx.obj.ordered_by)


def before_the_limit(ctx: GuardContext) -> str | None:
    """Ask for more time before the limit, not after it."""
    if local_day(ctx.now) <= ctx.obj.due_on:
        return None
    return _now("整改期限%s已过，不能再申请延期") % words.day(ctx.obj.due_on)


def extended_once(ctx: GuardContext) -> str | None:
    """Extend once only."""
    return _now("已经申请过延期，只能延一次") if ctx.obj.extension_days else None


def extension_fits(ctx: GuardContext) -> Refused | None:
    """Ask for 1 to 30 days, with the reason."""
    if ctx.offering:
        return None
    most = int(parameters.value(EXTENSION, on=local_day(ctx.now)))
    if not 1 <= int(ctx.changes.get("extension_days") or 0) <= most:
        return Invalid(_now("延期应在 1 到 %d 天之间") % most, field="days")
    return None if ctx.changes.get("extension_reason") else Invalid(_now("请写明理由"), field="reason")


def answered_in_full(ctx: GuardContext) -> Refused | str | None:
    """Hand in a report with an answer and evidence for every requirement."""
    if ctx.offering:
        return None
    if not (ctx.changes.get("report") or ctx.obj.report).strip():
        return Invalid(_now("请写整改报告"), field="report")
    held = set(
        Attachment.objects.filter(
            object_type=ctx.obj._meta.label_lower, object_id=str(ctx.obj.pk), removed_on=None
        ).values_list("kind", flat=True)
    )
    for item in ctx.obj.items.order_by("place"):
        if not item.answer.strip():
            return _now("第 %d 项要求还没有填写整改情况") % item.place
        if f"{EVIDENCE}-{item.place}" not in held:
            return _now("第 %d 项要求还没有证据材料") % item.place
    return None


def limit_passed(ctx: GuardContext) -> str | None:
    """Let the clock call it overdue only when the last day is over."""
    if local_day(ctx.now) > ctx.obj.due_on:
        return None
    return _now("整改期限到%s止，还没有届满") % words.day(ctx.obj.due_on)


def not_ordered_again(ctx: GuardContext) -> str | None:
    """Order a second time once."""
    return _now("已经再次责令整改") if ctx.obj.second_ordered_on else None


def second_order_ignored(ctx: GuardContext) -> str | None:
    """Find a refusal only after the second order's days have passed too (发改财金〔2023〕1103号)."""
    until = ctx.obj.second_due_on
    if until is None:
        return _now("还没有再次责令整改，不能认定拒不整改")
    if local_day(ctx.now) <= until:
        return _now("再次责令的期限到%s止，还没有届满") % words.day(until)
    return None


DOING = (
    Arrow(
        "receive", _("签收"), frozenset({S.ORDERED}), S.RECEIVED, UNIT, part=DOER, closes=(RECEIPT,), reported="U",
        consequence=_("签收后着手整改；整改期限从下达之日起算，不因签收迟早而变。"),
    ),
    Arrow(
        "begin", _("开始整改"), frozenset({S.RECEIVED}), S.IN_PROGRESS, UNIT, part=DOER,
        consequence=_("写明整改安排，逐项落实。"),
    ),
    Arrow(
        "answer", _("填写整改情况"), WRITABLE, None, UNIT, part=DOER,
        consequence=_("逐项填写做了什么，附上证据；提交前都可以改。"),
    ),
    Arrow(
        "request_extension", _("申请延期"), frozenset({S.IN_PROGRESS}), S.EXTENSION_REQUESTED, ("head",), part=DOER,
        guards=(extended_once, before_the_limit, extension_fits),
        consequence=_("只能申请一次，最长 {rectify.max_extension_days}；批准之前原期限照算。"),
    ),
    Arrow(
        "submit", _("提交验收"), WRITABLE, S.SUBMITTED, UNIT, part=DOER, guards=(answered_in_full,),
        closes=(RECEIPT,),
        starts=(Starts(ACCEPTANCE, owner_role="supervisor", owner_department=lambda each: each.ordered_by),),
        consequence=_("交下达单位逐项验收；验收期间整改期限停计，没有签收的不再催签收。"),
    ),
)  # fmt: skip

JUDGING = (
    Arrow(
        "grant_extension", _("批准延期"), frozenset({S.EXTENSION_REQUESTED}), S.IN_PROGRESS, JUDGES, part=JUDGE,
        four_eyes=True, guards=(judged_by_its_office, outside_the_department), closes=(RECTIFY,),
        consequence=_("从原期限次日起续算批准的天数。"),
    ),
    Arrow(
        "refuse_extension", _("不同意延期"), frozenset({S.EXTENSION_REQUESTED}), S.IN_PROGRESS, JUDGES, part=JUDGE,
        four_eyes=True, guards=(judged_by_its_office, outside_the_department), needs_reason=True,
        consequence=_("原期限不变。"),
    ),
    Arrow(
        "accept", _("验收通过"), frozenset({S.SUBMITTED}), S.ACCEPTED, JUDGES, part=JUDGE, four_eyes=True,
        guards=(judged_by_its_office, outside_the_department), closes=(ACCEPTANCE, *LIMITS), reported="U",
        consequence=_("逐项符合，整改完成；据此可以申请信用修复，整改状态报省信用平台。"),
        law=_("粤府〔2017〕140号 二（五）"),
    ),
    Arrow(
        "send_back", _("验收退回"), frozenset({S.SUBMITTED}), S.RETURNED, JUDGES, part=JUDGE, four_eyes=True,
        guards=(judged_by_its_office, outside_the_department), closes=(ACCEPTANCE,),
        consequence=_("有不符合的要求，退回继续整改；整改期限接着算。"),
    ),
    Arrow(
        "order_again", _("再次责令整改"), frozenset({S.OVERDUE}), None, JUDGES, part=JUDGE, four_eyes=True,
        guards=(judged_by_its_office, outside_the_department, not_ordered_again), starts=(SECOND_ORDER,),
        consequence=_("再给 {rectify.second_order_days}；仍不整改的，认定为拒不整改。"),
    ),
    Arrow(
        "refuse", _("认定拒不整改"), frozenset({S.OVERDUE}), S.REFUSED, JUDGES, part=JUDGE, four_eyes=True,
        guards=(judged_by_its_office, outside_the_department, second_order_ignored), needs_reason=True,
        closes=(RECEIPT, *LIMITS), reported="U",
        consequence=_("失信等级从重，转认定程序；整改状态报省信用平台。"), law=_("发改财金〔2023〕1103号"),
    ),
)  # fmt: skip

TURNING = (
    Arrow(
        "overdue", _("整改逾期"), frozenset(RUNNING), S.OVERDUE, ("system",), guards=(limit_passed,), reported="U",
        consequence=_("起草单位“未按时完成整改”失信记录，并提出通报批评；依规定同时起草责任人记录。因投诉、承诺下达的，由其自行认定，此处不起草。"),
        law=_("粤府〔2017〕140号 三（八）"),
    ),
    Arrow(
        "close", _("终止整改"), frozenset({*RUNNING, S.SUBMITTED, S.OVERDUE, S.REFUSED}), S.CLOSED, ("system",),
        closes=(RECEIPT, ACCEPTANCE, *LIMITS),
        consequence=_("据以下达的记录已撤销，整改随之终止。"),
    ),
)  # fmt: skip

RECTIFICATION: Machine[Rectification] = Machine(
    Rectification,
    (*DOING, *JUDGING, *TURNING),
    name="rectification",
    label=_("限期整改"),
    noun=_("整改"),
    department_of=lambda each: each.department,
)
