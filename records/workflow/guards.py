"""The rules that stand before the arrows up to recognition: each returns nothing, a sentence (409) or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts import recusals
from accounts.models import RoleGrant
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid, NotAllowed, Refused
from records import words
from records.models import DishonestyRecord, LastLook, PriorNotice, StatementKind
from records.workflow import completeness, duplicates, subjects
from records.workflow.clocks import HEARING
from records.workflow.filing import Incomplete
from rules import codes, deadlines
from rules.clock import local_day
from rules.workflow import GuardContext, hands


def impartial(ctx: GuardContext) -> Refused | None:
    """Refuse a person tied to the unit recorded, and the one who answered for it on the day of the document (回避)."""
    record: DishonestyRecord = ctx.obj
    why = recusals.between(
        person_id=ctx.actor.person_id, department=record.subject_department, subject_person_id=None, now=ctx.now
    )
    if why:
        return NotAllowed(why)
    head = record.subject_department.head_on(record.decided_on or record.registered_on)
    if head is not None and head.person_id == ctx.actor.person_id:
        return NotAllowed(_("不能由您办：您是被记录单位当时的第一责任人"))
    return None


def is_subject(record: DishonestyRecord, actor: Actor, held: Sequence[RoleGrant]) -> bool:
    """Say whether an actor with these grants speaks for the subject: an official's record is his alone, even unnamed."""
    if not record.is_person:
        return subjects.speaks_for(actor=actor, grants=held, department=record.subject_department)
    official = record.subject_official
    return official is not None and subjects.speaks_for(actor=actor, grants=held, official=official)


def impartial_or_subject(ctx: GuardContext) -> Refused | None:
    """Refuse a person tied to the unit recorded, except whoever speaks for it: the subject may always be heard (回避)."""
    user: Any = ctx.actor
    held = user.grants(ctx.now) if ctx.actor.person_id is not None else []
    return None if is_subject(ctx.obj, ctx.actor, held) else impartial(ctx)


def complete(ctx: GuardContext) -> Refused | None:
    """Refuse a record that lacks something, naming every field at once."""
    lacking = completeness.missing(ctx.obj)
    return Incomplete(lacking) if lacking else None


def first_of_its_document(ctx: GuardContext) -> Refused | None:
    """Refuse a second record of the same subject, document number and source type, with a link to the first."""
    first = duplicates.same(ctx.obj).first()
    if first is None:
        return None
    return Conflict(
        _("同一主体、同一文号、同一来源类型已有记录 %s，不能重复登记") % first.number,
        field="document_number",
        link=duplicates.link(first),
    )


def own_and_unread(ctx: GuardContext) -> Refused | str | None:
    """Let only the filer take a record back, and only before another person has opened it."""
    record: DishonestyRecord = ctx.obj
    if ctx.actor.person_id != record.filer_id:
        return NotAllowed(_("只有填报人本人可以收回"))
    opened = LastLook.objects.filter(record=record, looked_at__gte=record.submitted_at).exclude(person=record.filer_id)
    if opened.exists():
        return _("审核人已经打开，不能再收回；可以请审核人退回")
    return None


def heard_by_source(ctx: GuardContext) -> str | None:
    """Let the hearing be skipped only where the source organ heard the subject (legally effective discipline)."""
    return None if ctx.obj.prior_hearing_by_source else _("来源机关没有听取过陈述申辩，须先告知")


def not_heard_yet(ctx: GuardContext) -> str | None:
    """Send to the notice only what was not heard by the source organ."""
    return _("来源机关已听取陈述申辩，无须再次告知") if ctx.obj.prior_hearing_by_source else None


def notice_of(record: DishonestyRecord) -> PriorNotice | None:
    """Return the delivered notice of the present edition."""
    notice: PriorNotice | None = record.notices.filter(edition=record.edition).first()
    return notice


def notice_missing(ctx: GuardContext) -> str | None:
    """Deliver one notice for one edition."""
    return _("本版已经送达告知书") if notice_of(ctx.obj) else None


def notice_delivered(ctx: GuardContext) -> str | None:
    """Take a statement only to a notice that was delivered."""
    return None if notice_of(ctx.obj) else _("告知书还没有送达")


def heard_until(notice: PriorNotice) -> date:
    """Return the last day for a statement: that of the running clock, which a calendar may have moved since the notice was served."""
    running = deadlines.open_for(notice.record).filter(rule=HEARING).first()
    if running is None or running.due_on is None or notice.edition != notice.record.edition:
        return notice.ends_on
    return running.due_on


def notice_period_over(ctx: GuardContext) -> str | None:
    """Let the clock move the record on only after the last day of the period."""
    notice = notice_of(ctx.obj)
    if notice is None:
        return _("告知书还没有送达")
    until = heard_until(notice)
    if local_day(ctx.now) <= until:
        return _("陈述申辩期到%s止，还没有届满") % words.day(until)
    return None


def effect_not_suspended(ctx: GuardContext) -> str | None:
    """Recognise nothing on a document whose effect is suspended (深圳经济特区社会信用条例 art. 43)."""
    return _("来源文书的效力已中止，恢复之前不能认定") if ctx.obj.effect_suspended else None


def decided_in_full(ctx: GuardContext) -> Refused | None:
    """Ask for a severity, listed sanctions, and an answer where the subject made a statement."""
    if ctx.offering:
        return None
    today = local_day(ctx.now)
    if codes.find("severity", str(ctx.changes.get("severity", "")), today) is None:
        return Invalid(_("请确定失信等级"), field="severity")
    for code in ctx.changes.get("sanctions", []):
        measure = codes.find("sanction", code, today)
        whom = "person" if ctx.obj.is_person else "unit"
        if measure is None or whom not in measure.facts.get("about", [whom]):
            return Invalid(_("惩戒措施“%s”不在适用的清单中，不能采用") % code, field="sanctions")
    stated = ctx.obj.statements.filter(edition=ctx.obj.edition, kind=StatementKind.STATEMENT).exists()
    if stated and not str(ctx.changes.get("statement_answer", "")).strip():
        return Invalid(_("当事人提出了陈述申辩，请写明对其意见的答复"), field="statement_answer")
    return None


def signer_is_no_author(ctx: GuardContext) -> Refused | None:
    """Let nobody sign a correction into force who has filed, edited or reviewed the record; the proposer is asked nothing."""
    person = ctx.actor.person_id
    if person is None or "edition" not in ctx.changes:
        return None
    held = list(hands.of(ctx.obj).filter(person_id=person))
    why = hands.refusal(held, person_id=person, part=hands.APPROVER, act=_("更正"), noun=_("记录"))
    return NotAllowed(why) if why else None
