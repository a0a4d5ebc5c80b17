"""The rules that stand before the arrows of a commitment: each returns nothing, a sentence (409) or a refusal."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from ledger.refusals import Conflict, Invalid, NotAllowed, Refused
from records import words
from records.models import Commitment, CommitmentState, Rectification, RectificationState
from records.workflow.commitments import completeness, payments, publicity
from records.workflow.filing import Incomplete
from rules.clock import local_day
from rules.workflow import GuardContext, hands

NOTE_LEAST = 4  # characters
UNHEEDED = (RectificationState.OVERDUE, RectificationState.REFUSED)


def complete(ctx: GuardContext) -> Refused | None:
    """Refuse a promise that lacks something, naming every field at once."""
    lacking = completeness.missing(ctx.obj)
    return Incomplete(lacking) if lacking else None


def due_ahead(ctx: GuardContext) -> Refused | None:
    """Take no promise whose last day is over before it is given."""
    due: date | None = ctx.obj.due_on
    if due is not None and due < local_day(ctx.now):
        return Conflict(_("到期日期%s已过，不能再作为新的承诺") % words.day(due), field="due_on")
    return None


def disinterested(ctx: GuardContext) -> Refused | None:
    """Let nobody judge a promise he answers for himself."""
    official = ctx.obj.responsible_official
    if official is not None and official.person_id == ctx.actor.person_id:
        return NotAllowed(_("不能由您办：您是这项承诺的责任人"))
    return None


def no_author(ctx: GuardContext) -> Refused | None:
    """Let nobody open to the public what he wrote himself."""
    if ctx.actor.person_id is None:
        return None
    held = list(hands.of(ctx.obj).filter(person_id=ctx.actor.person_id, part__in=hands.AUTHORS))
    why = hands.refusal(held, person_id=ctx.actor.person_id, part="", act=_("公开"), noun=_("承诺"))
    return NotAllowed(why) if why else None


def days_left(ctx: GuardContext) -> str | None:
    """After the last day the clock has the word, then a claim counts as late."""
    due = words.settled(ctx.obj.due_on)
    return _("到期日%s已过，先记为逾期，再补报履行") % words.day(due) if local_day(ctx.now) > due else None


def nothing_in_arrears(ctx: GuardContext) -> str | None:
    """Let nobody call a promise kept while a payment under it is past its day."""
    late = payments.overdue(ctx.obj, on=local_day(ctx.now))
    if not late:
        return None
    words_of = {"n": len(late), "day": words.day(late[0].due_on)}
    return _("承诺项下有 %(n)d 笔款项逾期没有付清（最早应于%(day)s付清），付清并在专项信息里登记后再办") % words_of


def due_passed(ctx: GuardContext) -> str | None:
    """Call nothing overdue before its last day is over."""
    due = words.settled(ctx.obj.due_on)
    return None if local_day(ctx.now) > due else _("到期日是%s，还没有过") % words.day(due)


def before_due_or_overdue(ctx: GuardContext) -> str | None:
    """A running promise is changed before it is due, not after."""
    return None if ctx.obj.state == CommitmentState.OVERDUE else days_left(ctx)


def judged_in_full(ctx: GuardContext) -> Refused | None:
    """Ask for a score from 0 to 100 and for words."""
    if ctx.offering:
        return None
    score = ctx.changes.get("score")
    if not isinstance(score, int) or not 0 <= score <= 100:
        return Invalid(_("请填写 0 到 100 的整数分"), field="score")
    return _needs_words(ctx)


def reasoned_verdict(ctx: GuardContext) -> Refused | None:
    """Ask for the words of a verdict without a score."""
    return None if ctx.offering else _needs_words(ctx)


def _needs_words(ctx: GuardContext) -> Refused | None:
    if len(str(ctx.changes.get("verdict_note", "")).strip()) < NOTE_LEAST:
        return Invalid(_("请写明核定意见"), field="verdict_note")
    return None


def fit_to_show(ctx: GuardContext) -> Refused | None:
    """Let no act carry into the open what the scan would have held back."""
    content = ctx.changes.get("content")
    told = {**ctx.changes, **content} if isinstance(content, dict) else ctx.changes
    said = [(_FORM.get(field, field), told.get(field, "")) for field in TOLD]
    said += [("milestones", step["title"]) for step in ctx.changes.get("steps", ())]
    refusals = (publicity.unfit(ctx.obj, text, field=field) for field, text in said if isinstance(text, str))
    return next((each for each in refusals if each), None)


TOLD = ("title", "content", "measure", "to_whom", "verdict_note", "change_reason")
_FORM = {"change_reason": "reason"}  # the field of the form that carries it


def orders_of(promise: Commitment) -> list[Rectification]:
    """Return the orders to put this promise right, the newest first."""
    rows = Rectification.objects.filter(source_type="records.commitment", source_id=str(promise.pk))
    return list(rows.order_by("-ordered_on", "-number"))


def order_unheeded(ctx: GuardContext) -> str | None:
    """Call a promise broken only after an order to put it right expired or was refused (发改财金〔2023〕1103号)."""
    orders = orders_of(ctx.obj)
    if not orders:
        return _("还没有责令限期整改；须先责令整改，期满不改或者拒不整改，才能认定未履行")
    if not any(order.state in UNHEEDED for order in orders):
        return _("整改 %s 还没有期满，也没有拒不整改，现在不能认定未履行") % orders[0].number
    return None


def no_order_running(ctx: GuardContext) -> str | None:
    """Give one order at a time."""
    running = [order for order in orders_of(ctx.obj) if order.state not in (*UNHEEDED, "accepted", "closed")]
    return _("整改 %s 正在办理") % running[0].number if running else None


def compensation_recorded(ctx: GuardContext) -> str | None:
    """Ask for the compensation before the approval (广东省优化营商环境条例 art. 26: fair, reasonable and timely)."""
    change = ctx.obj.changes.filter(state="requested").first()
    if change is None or change.compensated_on is None:
        return _("补偿情况还没有登记，登记之前不能批准变更")
    return None


def was_running(ctx: GuardContext) -> str | None:
    """Lead a refused change back to where the promise stood."""
    return None if ctx.obj.state_before == CommitmentState.ACTIVE else _("申请变更之前已经逾期，退回到逾期")


def was_overdue(ctx: GuardContext) -> str | None:
    """Lead a refused change back to where the promise stood."""
    return None if ctx.obj.state_before == CommitmentState.OVERDUE else _("申请变更之前没有逾期，退回到履行中")


def takes_over(ctx: GuardContext) -> str | None:
    """Only the successor of a lawful change comes into force without a review of its own: two persons approved it."""
    before = ctx.obj.replaces
    return None if before is not None and before.state == CommitmentState.CHANGED else _("没有经批准变更的前一项承诺")


def last_public_day_passed(ctx: GuardContext) -> str | None:
    """Take a promise from the public site after its last day."""
    last = ctx.obj.public_until
    return None if last is not None and local_day(ctx.now) > last else _("公开期还没有届满")
