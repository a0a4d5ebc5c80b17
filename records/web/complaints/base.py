"""What the pages of complaints share: the kind, the facts in short, and the role in which the reader looks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from records.models import Commitment, Complaint
from records.web.cases.pages import CaseAct, CaseView
from records.web.content import Fact
from records.workflow.complaints.kind import KIND
from rules import codes

READING_ROLES = ("approver", "handler", "reviewer", "head", "supervisor")


class ComplaintView(CaseView):
    """Any page of one complaint."""

    kind = KIND
    case: Complaint

    def facts(self) -> list[Fact]:
        """This will say what the complaint is about, without its content."""
        return facts(self.case)


class ComplaintAct(ComplaintView, CaseAct):
    """One act on one complaint."""


def facts(complaint: Complaint) -> list[Fact]:
    """This will list the outside of a complaint: whom it concerns, by which way it came, who has it."""
    plain = [
        Fact(_("被投诉单位"), complaint.object_name),
        Fact(_("种类"), complaint.get_kind_display()),
        Fact(_("渠道"), codes.label("channel", complaint.channel, complaint.received_on)),
        Fact(
            _("重点领域"),
            "、".join(codes.label("key_area", each, complaint.received_on) for each in complaint.key_areas),
        ),
        Fact(_("收到日期"), wording.day(complaint.received_on)),
        Fact(_("办理单位"), complaint.department.name),
        Fact(_("办理人"), complaint.handler.name if complaint.handler else ""),
        Fact(_("复核人"), complaint.reviewer.name if complaint.reviewer else ""),
        Fact(_("受理日期"), wording.day(complaint.accepted_on)),
        Fact(_("办理程序"), _procedure(complaint)),
        Fact(_("转办日期"), wording.day(complaint.transferred_on)),
        Fact(_("核查结论"), complaint.get_outcome_display(), note=wording.day(complaint.verified_on)),
        Fact(_("答复日期"), wording.day(complaint.answered_on)),
    ]
    return [fact for fact in plain if fact.text]


def promise_of(complaint: Complaint) -> Commitment | None:
    """This will give the promise a complaint says was broken."""
    if complaint.about_type != Commitment._meta.label_lower:
        return None
    held: Commitment | None = Commitment.objects.filter(pk=complaint.about_id).first()
    return held


def _procedure(complaint: Complaint) -> str:
    if complaint.is_simple:
        return _("简易事项")
    if complaint.ordinary_on is None:
        return ""
    return _("普通程序，%(day)s由简易事项转来") % {"day": wording.day(complaint.ordinary_on)}


def role_of(user: User, now: Any) -> str:
    """This will give the role in which a reader opens a complaint."""
    held = {grant.role for grant in user.grants(now)}
    return next((role for role in READING_ROLES if role in held), "")
