"""The rules before the arrows of an honour: complete, and nothing in force that restricts awards."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ledger.refusals import Conflict, Invalid, Refused
from records import words
from records.models import Honour, Verdict
from records.workflow.archives import restricting
from records.workflow.archives.restricting import Finding, Subject
from rules import codes
from rules.clock import local_day
from rules.workflow import GuardContext

AWARD = "AWARD"


def subject_of(honour: Honour) -> Subject:
    """Return whom an honour is for, as a check asks for him."""
    return Subject(honour.subject_department, honour.official)


def standing(honour: Honour, *, now: datetime) -> Finding:
    """Return what stands against the one honoured today, for the purpose of awards."""
    today, subject = local_day(now), subject_of(honour)
    found = restricting.find(subjects=[subject], purpose=AWARD, public_only=False, on=today)
    return found[subject.key]


def nothing_restricts(ctx: GuardContext) -> Refused | None:
    """Stop the award where a serious record or a measure on awards is in force (粤府〔2017〕140号 二（五）)."""
    found = standing(ctx.obj, now=ctx.now)
    if found.verdict != Verdict.RESTRICTED:
        return None
    because = "、".join(hit["number"] for hit in found.hits if hit["restricts"] and not hit["is_withheld"]) or _(
        "内部记录"
    )
    return Conflict(_("核查结果为“限制”，评优停止：%s 在执行期内") % because, field="subject")


def complete(ctx: GuardContext) -> Refused | None:
    """Ask for title, level, organ, number and day, and for listed incentives only."""
    honour: Honour = ctx.obj
    today = local_day(ctx.now)
    if ctx.offering:
        return None
    if honour.granted_on > today:
        return Invalid(_("表彰日期不能晚于今天"), field="granted_on")
    if honour.valid_to is not None and honour.valid_to < today:
        return Invalid(_("有效期已过，不能再提请授予"), field="valid_to")
    whom = "person" if honour.official_id else "unit"
    for code in honour.incentives:
        row = codes.find("incentive", code, today)
        if row is None or whom not in row.facts.get("about", [whom]):
            return Invalid(_("激励措施“%s”不在适用的清单中") % code, field="incentives")
    return None


def still_granted(ctx: GuardContext) -> str | None:
    """Say in words that a title whose term is over needs no withdrawal."""
    honour: Honour = ctx.obj
    if honour.valid_to is not None and honour.valid_to < local_day(ctx.now):
        return _("有效期已于%s届满，无须撤销") % words.day(honour.valid_to)
    return None
