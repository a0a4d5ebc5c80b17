"""The rules before a record ends, is marked or is annotated."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from ledger.refusals import Invalid, Refused
from records import words
from records.models import CorrectionNotice, DishonestyRecord, ObjectionDecision, Outcome
from records.workflow import corrections, source
from rules import calendar, codes, parameters
from rules.clock import local_day
from rules.workflow import GuardContext

GROUNDS = "withdrawal_reason"
ON_OBJECTION = "OBJECTION_UPHELD"
HEAVIER = ("economic_loss_yuan", "social_impact", "severity", "sanctions", "period_until")


def last_day_passed(ctx: GuardContext) -> str | None:
    """Expire only after the last public day: it is still shown to its end."""
    last = ctx.obj.public_until
    if last is not None and local_day(ctx.now) > last:
        return None
    return _("公示到%s，还没有期满") % words.day(last)


def ground_given(ctx: GuardContext) -> Refused | None:
    """Ask for one of the grounds."""
    if ctx.offering:
        return None
    found = codes.find(GROUNDS, str(ctx.changes.get("withdrawn_ground", "")), local_day(ctx.now))
    return None if found else Invalid(_("请选择撤销的事由"), field="ground")


def under_litigation(ctx: GuardContext) -> str | None:
    """Clear only what was flagged."""
    return None if ctx.obj.under_litigation else _("没有复议诉讼加注")


def not_under_litigation(ctx: GuardContext) -> str | None:
    """Flag once."""
    return _("已经加注过复议诉讼") if ctx.obj.under_litigation else None


def marked(ctx: GuardContext) -> str | None:
    """Unmark only what was marked."""
    return None if ctx.obj.is_objected else _("没有异议标注")


def not_marked(ctx: GuardContext) -> str | None:
    """Mark once; a second open objection on one record is refused."""
    return _("已经有一件异议在处理") if ctx.obj.is_objected else None


def decided_on_objection(ctx: GuardContext) -> str | None:
    """Let an upheld objection change the record only in the act of its decision, which two persons stand behind."""
    decided = ObjectionDecision.objects.filter(objection__record=ctx.obj.pk, prepared_by__isnull=False)
    upheld = decided.exclude(outcome=Outcome.DISMISS).filter(decided_on=local_day(ctx.now))
    return None if upheld.exists() else _("没有成立的异议决定")


def no_heavier(ctx: GuardContext) -> Refused | None:
    """Let no objection make the record heavier (公务员法 art. 96 by analogy)."""
    worse = corrections.heavier(ctx.obj, {name: ctx.changes[name] for name in HEAVIER if name in ctx.changes})
    return Invalid(worse[1], field=worse[0]) if worse else None


def was_public(ctx: GuardContext) -> str | None:
    """Correct in public only what had been public, once, and not what an objection's own notice corrects."""
    record: DishonestyRecord = ctx.obj
    if record.withdrawn_ground == ON_OBJECTION:
        return _("依异议决定撤销的，更正公告在那件异议中公布")
    if record.public_from is None:
        return _("记录没有公示过，不用公布更正公告")
    return _("已经公布过更正公告") if CorrectionNotice.objects.filter(withdrawn=record).exists() else None


def repairable(ctx: GuardContext) -> str | None:
    """Repair nothing that law or central policy calls 不可修复."""
    return None if ctx.obj.is_repairable else _("依据规定，本记录不可修复")


def least_period_passed(ctx: GuardContext) -> str | None:
    """Repair only after the shortest period of the class (信用修复管理办法; GBF22)."""
    earliest = ctx.obj.repair_from
    if earliest is None or local_day(ctx.now) >= earliest:
        return None
    return _("未满最短公示期（%s）") % words.day(earliest)


def retention_until(record: DishonestyRecord, *, on: date) -> date:
    """Return the day after which an ended record goes to the archive: the longest disclosure allowed, from recognition."""
    years = int(parameters.value("record.max_disclosure_years", on=on))
    return calendar.add_months(words.settled(record.recognised_on), 12 * years)


def retention_over(ctx: GuardContext) -> str | None:
    """Archive only after the retention (河南省社会信用条例 art. 19)."""
    until = retention_until(ctx.obj, on=local_day(ctx.now))
    return None if local_day(ctx.now) > until else _("保存期到%s止") % words.day(until)


def days_remain(ctx: GuardContext) -> str | None:
    """Show again only within the days the record had from the start."""
    last = ctx.obj.public_until
    if last is not None and local_day(ctx.now) <= last:
        return None
    return _("公示期已满，不能再次公示")


def no_longer_over(ctx: GuardContext) -> str | None:
    """Give force back only while the period runs."""
    return _("公示期已满") if period_over(ctx) is None else None


def period_over(ctx: GuardContext) -> str | None:
    """Call it expired only after the last day it might have been shown."""
    return None if is_over(ctx.obj, on=local_day(ctx.now)) else _("公示期还没有满")


def is_over(record: DishonestyRecord, *, on: date) -> bool:
    """Say whether the last day a record might be shown, shared and sanctioned has passed; without a last day it never is."""
    return record.period_until is not None and on > record.period_until


def mirrored(ctx: GuardContext) -> str | None:
    """Let the court end only what was copied from its list."""
    return None if source.facts(ctx.obj).get("is_mirror") else _("本记录不是照录法院名单的")
