"""Objections and inquiries as kinds of cases: what waits for whom, by when, under which badge."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.marks import Mark
from records.models import InquiryState, Objection, ObjectionDecision, ObjectionState, ProviderInquiry
from records.workflow import subjects, titles
from records.workflow.kinds import Ask, CaseKind
from records.workflow.objections import clocks
from records.workflow.objections.inquiry import INQUIRY
from records.workflow.objections.machine import OBJECTION

S = ObjectionState
QUERIED = ~Q(draft_queried="")
UNSERVED = Q(Exists(ObjectionDecision.objects.filter(objection=OuterRef("pk"), service=None)), is_paper=True)
DECIDED = (S.UPHELD_CORRECT, S.UPHELD_REVOKE, S.UPHELD_STOP, S.DISMISSED, S.REVIEW_UPHELD, S.REVIEW_DISMISSED)
NOTICE_OWED = Q(
    Exists(
        ObjectionDecision.objects.filter(
            objection=OuterRef("pk"), was_public=True, notice=None, outcome__in=("revoke", "correct", "stop")
        )
    )
)


def title(objection: Objection) -> str:
    """Return the heading of an objection: that of the record, and that it is objected to."""
    return _now("对“%s”的异议") % titles.title(objection.record)


def inquiry_title(inquiry: ProviderInquiry) -> str:
    """Return the heading of an inquiry."""
    return _now("就异议 %s 向提供单位核实") % inquiry.objection.number


KIND = CaseKind(
    machine=OBJECTION,
    page="objections:objection",
    list_page="objections:list",
    edit_page="objections:edit",
    title=title,
    number=lambda objection: objection.number or str(_now("草稿")),
    second=lambda objection: objection.record.number,
    lead=lambda objection: objection.office.name,
    asks=(
        Ask((S.DRAFT,), "subject", _("写完并提交"), edits=True),
        Ask((S.SUPPLEMENT,), "subject", _("补正")),
        Ask((S.SUBMITTED,), "appeals", _("受理或一次告知补正"), action="accept", at="office"),
        Ask((S.INVESTIGATING,), "appeals", _("核查并提出意见"), action="draft", at="office"),
        Ask((S.PAUSED,), "appeals", _("等结论，恢复计时"), action="resume", at="office"),
        Ask((S.DECISION_DRAFT,), "appeals", _("重拟处理意见"), action="redraft", at="office", where=QUERIED),
        Ask((S.DECISION_DRAFT,), "appeals", _("决定"), action="dismiss", at="office", where=~QUERIED),
        Ask((S.REVIEW_REQUESTED,), "appeals", _("复核"), action="dismiss_review", at="office"),
        Ask(DECIDED, "appeals", _("送达决定"), action="serve", at="office", where=UNSERVED),
    ),
    marks={
        S.DRAFT: Mark("draft", "dashed", _("草稿")),
        S.SUBMITTED: Mark("wait", "ring", _("待受理")),
        S.SUPPLEMENT: Mark("back", "back", _("待补正")),
        S.ACCEPTED: Mark("active", "dot", _("已受理")),
        S.NOT_ACCEPTED: Mark("ended", "stop", _("不予受理")),
        S.INVESTIGATING: Mark("active", "half", _("核查中")),
        S.PAUSED: Mark("wait", "clock", _("检验论证中")),
        S.DECISION_DRAFT: Mark("wait", "half", _("拟处理")),
        S.UPHELD_CORRECT: Mark("done", "check", _("成立（更正）")),
        S.UPHELD_REVOKE: Mark("done", "check", _("成立（撤销）")),
        S.UPHELD_STOP: Mark("done", "check", _("成立（停止公示）")),
        S.DISMISSED: Mark("ended", "cross", _("不成立")),
        S.WITHDRAWN_BY_APPLICANT: Mark("ended", "back", _("申请人撤回")),
        S.REVIEW_REQUESTED: Mark("dispute", "flag", _("申请复核")),
        S.REVIEW_UPHELD: Mark("done", "check", _("复核成立")),
        S.REVIEW_DISMISSED: Mark("ended", "cross", _("复核不成立")),
        S.CLOSED: Mark("ended", "stop", _("已结案")),
    },
    department="office",
    tied=("record__department", "record__subject_department"),
    person="subject_official__person",
    subject_rows=lambda user, grants, now: subjects.rows(user, grants),
    clocks={
        S.SUBMITTED: (clocks.ACCEPT,),
        S.SUPPLEMENT: (clocks.SUPPLEMENT,),
        S.INVESTIGATING: (*clocks.DECIDING, clocks.PLATFORM),
        S.PAUSED: clocks.DECIDING,
        S.DECISION_DRAFT: clocks.DECIDING,
        S.REVIEW_REQUESTED: (clocks.REVIEW,),
        **dict.fromkeys(DECIDED, (clocks.APPLY_FOR_REVIEW,)),
    },
    related=("record__lead", "office", "subject_department", "subject_official", "handler", "decider", "repair"),
)

INQUIRIES = CaseKind(
    machine=INQUIRY,
    page="objections:inquiry",
    list_page="objections:inquiries",
    title=inquiry_title,
    number=lambda inquiry: inquiry.objection.number,
    second=lambda inquiry: inquiry.objection.record.number,
    number_field="objection__number",
    drafts=(),
    asks=(
        Ask((InquiryState.ASKED,), "clerk", _("核实并回复"), action="answer"),
        Ask((InquiryState.ASKED,), "head", _("核实并回复"), action="answer"),
    ),
    marks={
        InquiryState.ASKED: Mark("wait", "ring", _("待回复")),
        InquiryState.ANSWERED: Mark("done", "check", _("已回复")),
        InquiryState.LAPSED: Mark("ended", "stop", _("未回复即办结")),
    },
    department="department",
    clocks={InquiryState.ASKED: (clocks.REPLY,)},
    related=("objection__record", "department"),
)
