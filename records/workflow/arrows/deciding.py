"""Recognition and what becomes public by it."""

from __future__ import annotations

from records.models import RecordState
from records.workflow import endings, guards, publicity, source
from records.workflow.clocks import REPORTING, REVIEW
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

S = RecordState

DECISION = (
    Arrow(
        "recognise",
        _("认定生效"),
        frozenset({S.PENDING_APPROVAL}),
        S.EFFECTIVE,
        ("approver",),
        part="approver",
        four_eyes=True,
        guards=(
            guards.impartial,
            guards.effect_not_suspended,
            source.on_the_catalogue,
            source.fits_the_subject,
            guards.first_of_its_document,
            guards.decided_in_full,
        ),
        closes=(REVIEW, REPORTING),
        reported="C",
        consequence=_(
            "记录生效：单位须交情况报告，惩戒措施生效，报省信用平台；依规定应公示且文字扫描无命中的，随即公示。"
        ),
        law=_("国办发〔2020〕49号；发改财金〔2023〕1103号"),
    ),
    Arrow(
        "reject",
        _("不予认定"),
        frozenset({S.PENDING_APPROVAL}),
        S.REJECTED,
        ("approver",),
        part="approver",
        four_eyes=True,
        guards=(guards.impartial,),
        needs_reason=True,
        closes=(REVIEW, REPORTING),
        consequence=_("记录到此为止，不公示、不报送。"),
    ),
    Arrow(
        "return_to_clerk",
        _("退回补正"),
        frozenset({S.PENDING_APPROVAL}),
        S.RETURNED,
        ("approver",),
        part="approver",
        four_eyes=True,
        guards=(guards.impartial,),
        needs_reason=True,
        closes=(REVIEW,),
        consequence=_("退回填报单位；补正后重新初审和告知。"),
    ),
)

PUBLICITY = (
    Arrow(
        "publish",
        _("公示"),
        frozenset({S.EFFECTIVE}),
        S.DISCLOSED,
        ("approver", "system"),
        part="approver",
        four_eyes=True,
        guards=(
            guards.impartial,
            publicity.concerns_a_unit,
            source.not_restricted,
            publicity.not_stopped,
            publicity.not_suspended,
            publicity.period_running,
            publicity.decided_explicitly,
            publicity.scan_is_clean,
        ),
        public=_("公示"),
        reported="U",
        consequence=_("即刻公示，到最后一天24时自动撤下。"),
        law=_("信用修复管理办法（发改委令第36号）；国办发〔2025〕22号"),
    ),
    Arrow(
        "publish_official",
        _("公示个人记录"),
        frozenset({S.EFFECTIVE}),
        S.DISCLOSED,
        ("approver",),
        part="approver",
        four_eyes=True,
        signatures=("approver", "approver"),
        guards=(
            guards.impartial,
            publicity.concerns_an_official,
            publicity.officials_are_open,
            source.not_restricted,
            publicity.not_stopped,
            publicity.not_suspended,
            publicity.period_running,
            publicity.scan_is_clean,
        ),
        public=_("公示，姓名只留姓氏"),
        reported="U",
        consequence=_("两名认定人签署后公示，姓名显示为“王*”，处分影响期满自动撤下。"),
        law=_("个人信息保护法第二十五条、第三十四条；政府信息公开条例第十六条"),
    ),
    Arrow(
        "expire",
        _("公示期满"),
        frozenset({S.DISCLOSED}),
        S.EXPIRED,
        ("system",),
        guards=(endings.last_day_passed,),
        public=_("撤下"),
        reported="E",
        consequence=_("最后一天24时撤下，惩戒措施随之解除。"),
        law=_("信用修复管理办法（发改委令第36号）"),
    ),
    Arrow(
        "run_out",
        _("未公示，期限届满"),
        frozenset({S.EFFECTIVE}),
        S.EXPIRED,
        ("system",),
        guards=(endings.period_over,),
        public=_("暂停公示的，不再恢复"),
        reported="E",
        consequence=_("没有在公示的记录，可以公示的最后一天过后同样结束：停止共享和使用，惩戒措施随之解除。"),
        law=_("信用修复管理办法（发改委令第36号）"),
    ),
)

ARROWS = (*DECISION, *PUBLICITY)
