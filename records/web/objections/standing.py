"""Where an objection stands, what happens next, who holds it and by when, in words for the one who reads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import wording
from records.models import Objection, ObjectionState
from records.web.strips import Strip
from records.workflow import publicity

S = ObjectionState


def told(objection: Objection, running: list[Strip]) -> str:
    """This will say what happens next and who holds it."""
    office = objection.office.name
    sentences = {
        S.DRAFT: _("还没有提交。提交以后由%s的异议处理人作形式审查。") % office,
        S.SUBMITTED: _("在%s，正作形式审查：受理、一次性告知补正，或者不予受理。") % office,
        S.SUPPLEMENT: _("等申请人补正；补正以后重新审查，不会再要求第二次补正。逾期未补正视为撤回。"),
        S.NOT_ACCEPTED: _("没有受理，记录不变。理由和可以走的途径写在下面。"),
        S.INVESTIGATING: _("在%s核查，由没有经手过这条记录的人办理。记录已标注“异议处理中”，%s。")
        % (office, _("异议处理期间暂停公示") if publicity.suspends(objection) else _("公示照常")),
        S.PAUSED: _("正在检验或者论证，这段时间不计入处理期限；标注保留。"),
        S.DECISION_DRAFT: _("核查完毕，在%s等另一名没有经手过的人作决定。") % office,
        S.WITHDRAWN_BY_APPLICANT: _("申请人已撤回，记录不变，标注已去掉。"),
        S.REVIEW_REQUESTED: _("在上级%s复核，由没有参与过的人办理。记录再次标注“异议处理中”。") % office,
        S.REVIEW_UPHELD: _("复核成立，记录已按决定处理。"),
        S.REVIEW_DISMISSED: _("复核维持原决定。仍不服的，可以依法申请行政复议或者提起行政诉讼。"),
        S.CLOSED: _("逾期没有补正，视为撤回，记录不变。材料补齐以后可以重新提出。"),
        S.UPHELD_CORRECT: _("异议成立，记录已经更正，标注已去掉。不服的可以申请复核一次。"),
        S.UPHELD_REVOKE: _("异议成立，记录已经撤销，惩戒措施已经解除。"),
        S.UPHELD_STOP: _("异议成立，公示已经停止。不服的可以申请复核一次。"),
        S.DISMISSED: _("异议不成立，记录维持不变，标注已去掉。不服的可以申请复核一次。"),
    }
    return " ".join(part for part in (sentences.get(ObjectionState(objection.state), ""), _by_when(running)) if part)


def _by_when(running: list[Strip]) -> str:
    if not running:
        return ""
    nearest = running[0]
    if nearest.due_on is None:
        return _("%(label)s：计时已暂停（%(why)s）。") % {"label": nearest.label, "why": nearest.paused}
    return _("%(label)s：%(day)s 前（%(left)s）。") % {
        "label": nearest.label,
        "day": wording.day(nearest.due_on),
        "left": wording.working_days(nearest.left),
    }
