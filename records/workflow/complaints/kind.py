"""Complaints as one kind of case: sealed, so in no general list and no search."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.marks import Mark
from accounts.models import User
from records.models import Complaint, ComplaintState
from records.models.complaint_querysets import shut_out
from records.workflow.complaints import clocks
from records.workflow.complaints.machine import COMPLAINT
from records.workflow.kinds import Ask, CaseKind

S = ComplaintState
DOOR = (clocks.REGISTER, clocks.ACCEPT_OWN, clocks.ACCEPT_PETITION)
FAILED = ~Q(failed_as="")

MARKS = {
    S.RECEIVED: Mark("wait", "ring", _("已登记")),
    S.SCREENING: Mark("wait", "half", _("甄别中")),
    S.NOT_ACCEPTED: Mark("ended", "stop", _("不予受理")),
    S.TRANSFERRED: Mark("active", "half", _("转办")),
    S.ACCEPTED: Mark("active", "dot", _("已受理")),
    S.INVESTIGATING: Mark("active", "half", _("核查中")),
    S.VERIFIED_TRUE: Mark("back", "flag", _("属实")),
    S.VERIFIED_PARTIAL: Mark("back", "flag", _("部分属实")),
    S.VERIFIED_FALSE: Mark("done", "check", _("不属实")),
    S.RECTIFYING: Mark("wait", "clock", _("整改中")),
    S.ANSWERED: Mark("done", "check", _("已反馈")),
    S.RATED: Mark("done", "check", _("已评价")),
    S.CLOSED: Mark("ended", "file", _("已办结")),
    S.MERGED: Mark("ended", "back", _("已并案")),
    S.WITHDRAWN: Mark("ended", "cross", _("已撤回")),
}


def number(complaint: Complaint) -> str:
    """Return the number of a complaint; before the night's batch it has none."""
    return complaint.number or _now("编号次日给出")


def title(complaint: Complaint) -> str:
    """Return the heading of a complaint: the unit and what it is about, never a word of the content."""
    return f"{complaint.object_name} · {complaint.get_kind_display()}"


def may_hear(key: str, user: User, now: datetime) -> bool:
    """
    Say whether a head may hear that some complaint is overdue in his office: nobody who serves the department it is about.

    He hears neither its number nor about whom it is (发改财金〔2023〕1103号).
    """
    about = Complaint.objects.filter(pk=key).values_list("object_department_id", flat=True)
    return not set(about) & shut_out(user, now)


KIND = CaseKind(
    machine=COMPLAINT,
    page="complaints:complaint",
    list_page="complaints:list",
    title=title,
    number=number,
    asks=(
        Ask((S.RECEIVED,), "approver", _("甄别"), action="accept"),
        Ask((S.SCREENING,), "approver", _("决定是否受理"), action="accept"),
        Ask((S.ACCEPTED,), "approver", _("转交或指定办理人"), action="assign"),
        Ask((S.TRANSFERRED,), "reviewer", _("指定办理人"), action="assign", where=Q(handler=None)),
        Ask((S.ACCEPTED, S.TRANSFERRED), "handler", _("开始核查"), action="investigate"),
        Ask((S.INVESTIGATING,), "handler", _("核查并提出结论"), action="note_findings"),
        Ask((S.VERIFIED_FALSE,), "handler", _("答复举报人"), action="answer"),
        *(
            Ask(states, role, task, action=action, where=where, department="object_department")
            for role in ("supervisor", "approver")
            for states, task, action, where in (
                ((S.VERIFIED_TRUE, S.VERIFIED_PARTIAL), _("责令整改"), "order", Q()),
                ((S.RECTIFYING,), _("确认是否违约失信"), "confirm_default", FAILED),
            )
        ),
    ),
    marks=MARKS,
    lead=lambda complaint: (complaint.lead or complaint.department).name,
    drafts=(),
    department="department",
    tied=("department", "object_department"),
    clocks={
        S.RECEIVED: DOOR,
        S.SCREENING: DOOR,
        S.ACCEPTED: (*clocks.TRANSFERS, *clocks.RESULT),
        S.TRANSFERRED: clocks.RESULT,
        S.INVESTIGATING: clocks.RESULT,
        S.ANSWERED: (clocks.CLOSING,),
        S.RATED: (clocks.CLOSING,),
    },
    related=("department", "object_department", "lead", "handler", "reviewer"),
    is_sealed=True,
    may_hear=may_hear,
)
