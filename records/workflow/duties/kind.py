"""Everything a record sets going, as kinds of cases: their pages, what waits for whom, their badges."""

from __future__ import annotations

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.marks import Mark
from records.models import (
    OWED,
    AccountabilityState,
    MitigationState,
    RectificationState,
    ResponsibilityState,
    SituationReportState,
)
from records.workflow import subjects
from records.workflow.duties import (
    ACCEPTANCE,
    EXTENSION,
    MITIGATION,
    RECEIPT,
    RECTIFY,
    SECOND_ORDER,
    SITUATION,
    SITUATION_ACCEPTANCE,
)
from records.workflow.duties.accountability import ACCOUNTABILITY
from records.workflow.duties.mitigation import MITIGATION_CLAIM
from records.workflow.duties.rectification import RECTIFICATION
from records.workflow.duties.responsibility import RESPONSIBILITY
from records.workflow.duties.situation import SITUATION_REPORT
from records.workflow.kinds import Ask, CaseKind

R, T, A, M, P = RectificationState, SituationReportState, AccountabilityState, MitigationState, ResponsibilityState
BY_LEAD = Q(ordered_by__is_credit_lead=True)
MISSED = Q(missed_on__isnull=False)
LIMIT = (EXTENSION, RECTIFY)

SITUATION_KIND = CaseKind(
    machine=SITUATION_REPORT,
    page="duties:situation",
    list_page="duties:situations",
    edit_page="duties:write",
    title=lambda each: _("%(unit)s的失信情况报告") % {"unit": each.department.name},
    number=lambda each: each.number or each.record.number,
    second=lambda each: each.record.number,
    drafts=(),
    asks=(
        Ask(OWED, "head", _("情况报告逾期未报，请签报上级"), where=MISSED),
        Ask(OWED, "supervisor", _("下级逾期未报情况报告，请督促"), where=MISSED),
        Ask((T.REQUIRED, T.RETURNED), "clerk", _("起草情况报告"), edits=True),
        Ask((T.DRAFTED,), "head", _("签报上级"), action="submit"),
        Ask((T.SUBMITTED,), "supervisor", _("审查情况报告"), action="accept"),
        Ask((T.SUBMITTED,), "approver", _("审查情况报告"), action="accept", where=Q(superior=None)),
    ),
    marks={
        T.REQUIRED: Mark("wait", "ring", _("应提交")),
        T.DRAFTED: Mark("draft", "dashed", _("起草中")),
        T.SUBMITTED: Mark("wait", "half", _("已提交")),
        T.ACCEPTED: Mark("done", "check", _("已接受")),
        T.RETURNED: Mark("back", "back", _("退回")),
        T.CANCELLED: Mark("ended", "stop", _("已免除")),
    },
    clocks={
        T.REQUIRED: (SITUATION,),
        T.DRAFTED: (SITUATION,),
        T.RETURNED: (SITUATION,),
        T.SUBMITTED: (SITUATION_ACCEPTANCE,),
    },
    related=("department", "superior", "record"),
)

RECTIFICATION_KIND = CaseKind(
    machine=RECTIFICATION,
    page="duties:rectification",
    list_page="duties:rectifications",
    edit_page="duties:answer",
    title=lambda each: _("责令%(unit)s限期整改") % {"unit": each.department.name},
    number=lambda each: each.number,
    drafts=(),
    asks=(
        Ask((R.ORDERED,), "clerk", _("签收整改通知"), action="receive"),
        Ask((R.ORDERED,), "head", _("签收整改通知"), action="receive"),
        Ask((R.RECEIVED,), "clerk", _("写整改安排，开始整改"), action="begin"),
        Ask((R.IN_PROGRESS,), "clerk", _("整改并提交验收"), action="submit"),
        Ask((R.RETURNED,), "clerk", _("补做后重新提交验收"), action="submit"),
        Ask((R.OVERDUE,), "head", _("整改已逾期，请立即整改并提交验收")),
        Ask((R.OVERDUE,), "clerk", _("整改已逾期，请立即整改并提交验收")),
        Ask((R.EXTENSION_REQUESTED,), "supervisor", _("审批延期"), action="grant_extension"),
        Ask((R.EXTENSION_REQUESTED,), "approver", _("审批延期"), action="grant_extension", where=BY_LEAD),
        Ask((R.SUBMITTED,), "supervisor", _("逐项验收"), action="accept"),
        Ask((R.SUBMITTED,), "approver", _("逐项验收"), action="accept", where=BY_LEAD),
        Ask((R.OVERDUE,), "supervisor", _("再次责令整改"), action="order_again", where=Q(second_ordered_on=None)),
        Ask((R.OVERDUE,), "supervisor", _("再次责令期满仍不整改的，认定拒不整改"), action="refuse"),
    ),
    marks={
        R.ORDERED: Mark("wait", "ring", _("已下达")),
        R.RECEIVED: Mark("active", "half", _("已签收")),
        R.IN_PROGRESS: Mark("active", "dot", _("整改中")),
        R.EXTENSION_REQUESTED: Mark("wait", "clock", _("申请延期")),
        R.SUBMITTED: Mark("wait", "half", _("待验收")),
        R.RETURNED: Mark("back", "back", _("验收退回")),
        R.ACCEPTED: Mark("done", "check", _("验收通过")),
        R.OVERDUE: Mark("fail", "warn", _("逾期")),
        R.REFUSED: Mark("fail", "cross", _("拒不整改")),
        R.CLOSED: Mark("ended", "stop", _("已办结")),
    },
    clocks={
        R.ORDERED: (RECEIPT, RECTIFY),
        R.RECEIVED: LIMIT,
        R.IN_PROGRESS: LIMIT,
        R.EXTENSION_REQUESTED: LIMIT,
        R.RETURNED: LIMIT,
        R.SUBMITTED: (ACCEPTANCE,),
        R.OVERDUE: (SECOND_ORDER, *LIMIT),
    },
    related=("department", "ordered_by", "record"),
)

RESPONSIBILITY_KIND = CaseKind(
    machine=RESPONSIBILITY,
    page="duties:responsibility",
    list_page="duties:responsibilities",
    title=lambda each: f"{each.official.person.name} · {each.post_title}",
    number=lambda each: each.record.number,
    number_field="record__number",
    drafts=(),
    asks=(),
    marks={
        P.NAMED: Mark("active", "dot", _("已列明")),
        P.DRAFTED: Mark("done", "check", _("已起草个人记录")),
        P.REMOVED: Mark("ended", "cross", _("已去掉")),
    },
    person="official__person",
    related=("department", "record", "official__person"),
    is_sealed=True,  # names persons; found on the page of its record and in its own list
)

ACCOUNTABILITY_KIND = CaseKind(
    machine=ACCOUNTABILITY,
    page="duties:accountability",
    list_page="duties:accountabilities",
    title=lambda each: _("%(unit)s责任追究") % {"unit": each.department.name},
    number=lambda each: each.number,
    drafts=(),
    asks=(
        Ask((A.OPENED,), "supervisor", _("核查并提出处理意见"), action="find"),
        Ask((A.FOUND,), "supervisor", _("决定处理意见"), action="decide"),
        Ask((A.FOUND,), "approver", _("决定处理意见"), action="decide"),
        Ask((A.DECIDED, A.TRANSFERRED), "supervisor", _("移送或办结"), action="close"),
        Ask((A.DECIDED, A.TRANSFERRED), "approver", _("移送或办结"), action="close"),
    ),
    marks={
        A.OPENED: Mark("active", "dot", _("核查中")),
        A.FOUND: Mark("wait", "half", _("已提处理意见")),
        A.DECIDED: Mark("active", "half", _("已决定")),
        A.TRANSFERRED: Mark("wait", "clock", _("已移送")),
        A.CLOSED: Mark("done", "check", _("已办结")),
    },
    related=("department", "opened_by"),
    is_sealed=True,
)

MITIGATION_KIND = CaseKind(
    machine=MITIGATION_CLAIM,
    page="duties:mitigation",
    list_page="duties:mitigations",
    title=lambda each: _("%(subject)s申请从轻或免于惩戒") % {"subject": each.record.subject_name},
    number=lambda each: each.number,
    second=lambda each: each.record.number,
    drafts=(),
    asks=(
        Ask((M.FILED,), "approver", _("审查证据"), action="take_up"),
        Ask((M.REVIEWING,), "approver", _("决定从轻、免于或不予支持"), action="waive"),
        Ask((M.FILED,), "supervisor", _("审查证据"), action="take_up", where=Q(department__is_credit_lead=True)),
        Ask((M.REVIEWING,), "supervisor", _("决定"), action="waive", where=Q(department__is_credit_lead=True)),
    ),
    marks={
        M.FILED: Mark("wait", "ring", _("已提出")),
        M.REVIEWING: Mark("wait", "half", _("审查中")),
        M.GRANTED_LIGHTEN: Mark("done", "check", _("从轻")),
        M.GRANTED_WAIVE: Mark("done", "check", _("免于惩戒")),
        M.REFUSED: Mark("ended", "cross", _("不予支持")),
    },
    person="record__subject_official__person",
    subject_rows=lambda user, grants, now: subjects.rows(
        user, grants, department="record__subject_department", official="record__subject_official"
    ),
    clocks={M.FILED: (MITIGATION,), M.REVIEWING: (MITIGATION,)},
    related=("department", "record__subject_official__person", "record__subject_department"),
    is_sealed=True,
)

KINDS = (SITUATION_KIND, RECTIFICATION_KIND, RESPONSIBILITY_KIND, ACCOUNTABILITY_KIND, MITIGATION_KIND)
PARTS: dict[str, str | Promise] = {"doer": _("承办"), "judge": _("验收、审查")}
"""What the hands of these workflows are called."""
