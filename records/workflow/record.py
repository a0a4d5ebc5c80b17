"""The machine of a dishonesty record (domain 4.2): one table, obeyed by services, shown by pages, walked by tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import scope
from ledger.actors import Actor
from ledger.refusals import NotAllowed, Refused
from records.models import IN_FORCE, ON_RECORD, DishonestyRecord, RecordState
from records.workflow import endings, guards, publicity, source
from rules.workflow import Arrow, GuardContext, Machine, Starts

S = RecordState
REVIEW, HEARING, REPORTING = "record.review_days", "record.prior_notice_days", "push.record_create_days"
SUBMITTED = frozenset({S.PENDING_REVIEW, S.NOTIFIED, S.PENDING_APPROVAL})
SPOKESPERSONS = ("head", "clerk")


def _is_subject(record: DishonestyRecord, actor: Actor, now: datetime) -> bool:
    """Say whether an actor speaks for the subject: the official himself, or head and clerks of the unit recorded."""
    if actor.person_id is None:
        return False
    if record.is_person:
        return bool(record.subject_official and record.subject_official.person_id == actor.person_id)
    user: Any = actor
    return any(
        scope.covers(user=user, role=role, department=record.subject_department, now=now) for role in SPOKESPERSONS
    )


def _subject_person(record: DishonestyRecord) -> UUID | None:
    return record.subject_official.person_id if record.subject_official else None


def _corrector_is_no_author(ctx: GuardContext) -> Refused | None:
    """The one who signs a correction into force has not filed, edited or reviewed the record."""
    if "edition" not in ctx.changes:
        return None
    why = RECORD.standing_of(ctx.obj, ctx.actor, ctx.now).other_hand(RECORD.arrows["recognise"])
    return NotAllowed(why) if why else None


def _states(*states: str) -> frozenset[str]:
    return frozenset(str(state) for state in states)


REVIEW_BY_REVIEWER = Starts(REVIEW, owner_role="reviewer")
REVIEW_BY_APPROVER = Starts(REVIEW, owner_role="approver", owner_department=lambda record: record.lead)

REGISTER = Arrow(
    "register", _("登记"), _states(), S.DRAFT, ("clerk",), part="filer",
    starts=(Starts(REPORTING, on="decided_on"),),
    consequence=_("存为草稿，只有本单位和信用牵头部门看得到。"),
    law=_("粤府〔2017〕140号 二（三）"),
)

PREPARATION = (
    Arrow(
        "edit", _("修改"), _states(S.DRAFT, S.RETURNED), None, ("clerk",), part="editor",
        consequence=_("保存修改；修改过的人不能再审核或认定。"),
    ),
    Arrow(
        "submit", _("提交初审"), _states(S.DRAFT, S.RETURNED), S.PENDING_REVIEW, ("clerk",), part="filer",
        guards=(guards.complete, source.fits_the_subject, guards.first_of_its_document), starts=(REVIEW_BY_REVIEWER,),
        consequence=_("交本单位审核人初审；他打开之前您可以收回。"),
        law=_("粤府〔2017〕140号 二（三）；国办发〔2020〕49号"),
    ),
    Arrow(
        "recall", _("收回"), _states(S.PENDING_REVIEW), S.DRAFT, ("clerk",), part="filer",
        guards=(guards.own_and_unread,), closes=(REVIEW,),
        consequence=_("回到草稿，可以修改后再提交。"),
    ),
)

EXAMINATION = (
    Arrow(
        "send_back", _("退回补正"), _states(S.PENDING_REVIEW), S.RETURNED, ("reviewer",), part="reviewer", four_eyes=True,
        guards=(guards.impartial,), needs_reason=True, closes=(REVIEW,),
        consequence=_("退回填报人，理由会显示在记录上。"),
    ),
    Arrow(
        "pass_on", _("通过初审，告知当事人"), _states(S.PENDING_REVIEW), S.NOTIFIED, ("reviewer",), part="reviewer",
        four_eyes=True, guards=(guards.impartial, guards.not_heard_yet), closes=(REVIEW,),
        consequence=_("向当事人送达告知书，之后才能认定。您之后不能再认定它。"),
        law=_("粤府〔2017〕140号 二（六）"),
    ),
    Arrow(
        "pass_heard", _("通过初审，交认定"), _states(S.PENDING_REVIEW), S.PENDING_APPROVAL, ("reviewer",), part="reviewer",
        four_eyes=True, guards=(guards.impartial, guards.heard_by_source), closes=(REVIEW,), starts=(REVIEW_BY_APPROVER,),
        consequence=_("来源机关已听取陈述，直接交信用牵头部门认定。您之后不能再认定它。"),
    ),
)

HEARING_ARROWS = (
    Arrow(
        "deliver_notice", _("登记告知书送达"), _states(S.NOTIFIED), None, ("clerk", "reviewer"),
        guards=(guards.notice_missing,),
        consequence=_("从送达次日起计算陈述申辩期。"),
        law=_("粤府〔2017〕140号 二（六）"),
    ),
    Arrow(
        "take_statement", _("登记陈述申辩"), _states(S.NOTIFIED), S.PENDING_APPROVAL, ("subject", "clerk"),
        guards=(guards.notice_delivered,), closes=(HEARING,), starts=(REVIEW_BY_APPROVER,),
        consequence=_("交信用牵头部门认定；认定时必须答复。"),
    ),
    Arrow(
        "waive_statement", _("登记放弃陈述申辩"), _states(S.NOTIFIED), S.PENDING_APPROVAL, ("subject", "clerk"),
        guards=(guards.notice_delivered,), closes=(HEARING,), starts=(REVIEW_BY_APPROVER,),
        consequence=_("不等期满，直接交信用牵头部门认定。"),
    ),
    Arrow(
        "end_notice_period", _("陈述申辩期满"), _states(S.NOTIFIED), S.PENDING_APPROVAL, ("system",),
        guards=(guards.notice_period_over,), closes=(HEARING,), starts=(REVIEW_BY_APPROVER,),
        consequence=_("期满没有意见，交信用牵头部门认定。"),
    ),
)

DECISION = (
    Arrow(
        "recognise", _("认定生效"), _states(S.PENDING_APPROVAL), S.EFFECTIVE, ("approver",), part="approver",
        four_eyes=True,
        guards=(
            guards.impartial, guards.effect_not_suspended, source.on_the_catalogue, source.fits_the_subject, guards.first_of_its_document,
            guards.decided_in_full,
        ),
        closes=(REVIEW, REPORTING), reported="C",
        consequence=_("记录生效：单位须交情况报告，惩戒措施生效，报省信用平台；依规定应公示且文字扫描无命中的，随即公示。"),
        law=_("国办发〔2020〕49号；发改财金〔2023〕1103号"),
    ),
    Arrow(
        "reject", _("不予认定"), _states(S.PENDING_APPROVAL), S.REJECTED, ("approver",), part="approver", four_eyes=True,
        guards=(guards.impartial,), needs_reason=True, closes=(REVIEW, REPORTING),
        consequence=_("记录到此为止，不公示、不报送。"),
    ),
    Arrow(
        "return_to_clerk", _("退回补正"), _states(S.PENDING_APPROVAL), S.RETURNED, ("approver",), part="approver",
        four_eyes=True, guards=(guards.impartial,), needs_reason=True, closes=(REVIEW,),
        consequence=_("退回填报单位；补正后重新初审和告知。"),
    ),
)

PUBLICITY = (
    Arrow(
        "publish", _("公示"), _states(S.EFFECTIVE), S.DISCLOSED, ("approver", "system"), part="approver", four_eyes=True,
        guards=(
            guards.impartial, publicity.concerns_a_unit, source.not_restricted, publicity.period_running, publicity.decided_explicitly,
            publicity.scan_is_clean,
        ),
        public=_("公示"), reported="U",
        consequence=_("即刻公示，到最后一天24时自动撤下。"),
        law=_("信用修复管理办法（发改委令第36号）；国办发〔2025〕22号"),
    ),
    Arrow(
        "publish_official", _("公示个人记录"), _states(S.EFFECTIVE), S.DISCLOSED, ("approver",), part="approver",
        four_eyes=True, signatures=("approver", "approver"),
        guards=(
            guards.impartial, publicity.concerns_an_official, publicity.officials_are_open, source.not_restricted, publicity.period_running,
            publicity.scan_is_clean,
        ),
        public=_("公示，姓名只留姓氏"), reported="U",
        consequence=_("两名认定人签署后公示，姓名显示为“王*”，处分影响期满自动撤下。"),
        law=_("个人信息保护法第二十五条、第三十四条；政府信息公开条例第十六条"),
    ),
    Arrow(
        "expire", _("公示期满"), _states(S.DISCLOSED), S.EXPIRED, ("system",), guards=(endings.last_day_passed,),
        public=_("撤下"), reported="E",
        consequence=_("最后一天24时撤下，惩戒措施随之解除。"),
        law=_("信用修复管理办法（发改委令第36号）"),
    ),
)

CHANGES = (
    Arrow(
        "withdraw", _("撤销记录"), _states(*ON_RECORD), S.WITHDRAWN, ("approver",), part="approver", four_eyes=True,
        signatures=("approver", "approver"), guards=(guards.impartial, endings.ground_given), needs_reason=True,
        public=_("撤下"), reported="W",
        consequence=_("两名认定人先后签署；公示即刻撤下，惩戒措施解除，3个工作日内报省信用平台。"),
        law=_("行政处罚法第四十八条"),
    ),
    Arrow(
        "correct", _("更正"), _states(*IN_FORCE), None, ("clerk", "approver"), signatures=("clerk", "approver"),
        guards=(publicity.still_clean_when_corrected, _corrector_is_no_author), needs_reason=True,
        public=_("换成更正后的文字"), reported="U",
        consequence=_("填报单位提出、认定人签署后成为新的一版，旧版留存；公示文字随即更换。"),
        law=_("政府信息公开条例第四十一条"),
    ),
    Arrow(
        "flag_litigation", _("加注复议诉讼"), SUBMITTED | _states(*IN_FORCE), None, ("clerk", "approver"),
        guards=(endings.not_under_litigation,), needs_reason=True,
        public=_("加注"), reported="U",
        consequence=_("加注“来源文书正在复议或诉讼中”；效力中止的，恢复之前不能认定。"),
        law=_("深圳经济特区社会信用条例第四十三条"),
    ),
    Arrow(
        "clear_litigation", _("取消复议诉讼加注"), SUBMITTED | _states(*IN_FORCE), None, ("clerk", "approver"),
        guards=(endings.under_litigation,), needs_reason=True,
        public=_("去掉加注"), reported="U",
        consequence=_("去掉加注；文书被撤销或变更的，另办撤销或更正。"),
    ),
)

CASEWORK = (
    Arrow(
        "mark_objection", _("异议标注"), _states(*IN_FORCE), None, ("system",), guards=(endings.not_marked,),
        public=_("标注异议处理中"), reported="M",
        consequence=_("异议受理当时标注，处理期间继续公示。"),
        law=_("深圳经济特区社会信用条例第五十条；河南省社会信用条例第四十一条"),
    ),
    Arrow(
        "unmark_objection", _("取消异议标注"), _states(*ON_RECORD), None, ("system",), guards=(endings.marked,),
        public=_("去掉标注"), reported="N",
        consequence=_("异议办结，去掉标注。"),
    ),
    Arrow(
        "repair", _("信用修复"), _states(*IN_FORCE), S.REPAIRED, ("system",),
        guards=(endings.repairable, endings.least_period_passed),
        public=_("撤下"), reported="R",
        consequence=_("准予修复当时撤下公示，停止共享和使用，惩戒措施解除；档案留存。"),
        law=_("信用修复管理办法（发改委令第36号）第三条"),
    ),
    Arrow(
        "archive", _("归档"), _states(S.EXPIRED, S.REPAIRED, S.WITHDRAWN), S.ARCHIVED, ("system",),
        guards=(endings.retention_over,),
        consequence=_("转为档案保存，不再用于任何核查。"),
        law=_("河南省社会信用条例第十九条"),
    ),
)

RECORD: Machine[DishonestyRecord] = Machine(
    DishonestyRecord,
    (*PREPARATION, *EXAMINATION, *HEARING_ARROWS, *DECISION, *PUBLICITY, *CHANGES, *CASEWORK),
    name="record",
    label=_("政务失信记录"),
    noun=_("记录"),
    department_of=lambda record: record.department,
    subject_person_of=_subject_person,
    is_subject=_is_subject,
)
