"""The page of an objection, the lists, its files, and what the subject may object to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import marks, policy
from accounts.models import User
from disclosure.models import Document
from records.models import Attachment, CorrectionNotice, DishonestyRecord, InquiryState, Objection, ObjectionState
from records.selectors import objections
from records.services.objections import filing
from records.web.cases import hands
from records.web.cases.lists import CaseList
from records.web.cases.pages import CaseFile, CasePage, CaseView
from records.web.content import Fact
from records.web.objections import standing, told
from records.web.pages import StaffRequest, record_url
from records.web.strips import Strip
from records.workflow import publicity, titles
from records.workflow.objections import outcomes
from records.workflow.objections.kind import INQUIRIES, KIND
from records.workflow.objections.machine import OBJECTION
from rules import clock

hands.register(
    {
        "handler": gettext_lazy("受理、核查"),
        "decider": gettext_lazy("决定"),
        "review_decider": gettext_lazy("复核决定"),
    }
)

SUBJECTS_OWN = frozenset({"edit", "submit", "supplement", "withdraw", "request_review", "request_notice"})
DECISIONS = frozenset(outcomes.ACTION_OF.values())
INTERNAL = frozenset(
    f"objection.{action}" for action in ("query_draft", "redraft", "check_platform", "open", "hand_in", "attach")
)


class ObjectionView(CaseView):
    """Any page of one objection."""

    kind = KIND
    case: Objection
    is_officer: bool

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the case and say in which quality the person reads it."""
        super().setup(request, *args, **kwargs)
        if isinstance(request.user, User):
            self.is_officer = objections.is_officer(user=self.user, objection=self.case, now=self.now)

    def facts(self) -> list[Fact]:
        """This will give the content, without the draft for whoever is not of the offices."""
        return told.facts(self.case, is_officer=self.is_officer)


class ObjectionPage(ObjectionView, CasePage):
    """One objection, for the applicant, the offices, and the unit that keeps the record."""

    template_name = "staff/objections/objection.html"
    acts: ClassVar[dict[str, str]] = {
        "submit": "objections:submit",
        "edit": "objections:edit",
        "supplement": "objections:supplement",
        "accept": "objections:accept",
        "draft": "objections:draft",
        "redraft": "objections:draft",
        **dict.fromkeys(outcomes.ACTION_OF.values(), "objections:decide"),
        "uphold_review": "objections:uphold_review",
        "dismiss_review": "objections:dismiss_review",
        "resume": "objections:resume",
        "ask_supplement": "objections:ask_supplement",
        "not_accept": "objections:not_accept",
        "query_draft": "objections:query_draft",
        "ask_provider": "objections:ask_provider",
        "check_platform": "objections:check_platform",
        "pause": "objections:pause",
        "extend": "objections:extend",
        "serve": "objections:serve",
        "request_review": "objections:request_review",
        "request_notice": "objections:request_notice",
        "withdraw": "objections:withdraw",
    }
    main = ("submit", "supplement", "accept", "draft", "redraft", *DECISIONS, "resume", "request_notice", "serve")
    grave = frozenset({"not_accept", "withdraw"})
    proposal_page = "objections:proposal"
    file_page = "objections:file"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will keep names of officers from everybody outside the offices."""
        super().setup(request, *args, **kwargs)
        if isinstance(request.user, User):
            self.hides_persons = not self.is_officer

    def hidden(self, action: str) -> bool:
        """This will leave out what belongs to the other side, and the outcomes nobody proposed."""
        case = self.case
        if not self.is_officer and action not in SUBJECTS_OWN:
            return True
        if self.is_officer and action in SUBJECTS_OWN and not case.is_paper:
            return True
        never = {
            "edit": case.is_paper,
            "submit": case.is_paper,
            "redraft": not case.draft_queried,
            "serve": not case.is_paper,
            "draft": bool(case.draft_queried),
        }
        is_other = action in DECISIONS and action != outcomes.ACTION_OF.get(case.proposed, "dismiss")
        return never.get(action, False) or is_other

    def quiet(self) -> frozenset[str]:
        """This will keep the offices' inner steps from the applicant."""
        return frozenset({"objection.hand_in"}) if self.is_officer else INTERNAL

    def standing(self, running: list[Strip]) -> dict[str, str]:
        """This will say what happens next, who holds it, by when."""
        late = any(strip.left is not None and strip.left < 0 for strip in running)
        word = str(marks.mark(KIND.name, self.case.state).word)
        tone, icon = ("warn", "warn") if late else ("info", "clock")
        return {"tone": tone, "icon": icon, "title": word, "text": standing.told(self.case, running)}

    def extra(self) -> dict[str, Any]:
        """This will add the record, the difference a correction makes, inquiries, and the notice."""
        case = self.case
        shows_change = self.is_officer or outcomes.last_decision(case) is not None
        notice = CorrectionNotice.objects.filter(decision__objection=case).first()
        return {
            "record_title": titles.title(case.record),
            "record_url": self._record_url(),
            "changes": told.changes(case, case.content) if shows_change and case.content else [],
            "inquiries": case.inquiries.select_related("department").order_by("asked_on") if self.is_officer else [],
            "escalations": case.escalations.select_related("from_office", "to_office").order_by("escalated_on"),
            "notice": notice,
            "public_url": _public(case.record),
            "may_attach": self._may_attach(),
            "tie": self._tie() if self.is_officer else "",
        }

    def _record_url(self) -> str:
        seen = DishonestyRecord.objects.visible_to(self.user, self.now).filter(pk=self.case.record_id).exists()
        return record_url(self.case.record) if seen else ""

    def _may_attach(self) -> bool:
        if self.case.state not in (ObjectionState.DRAFT, ObjectionState.SUPPLEMENT):
            return False
        arrow = OBJECTION.arrows["edit" if self.case.state == ObjectionState.DRAFT else "supplement"]
        standing_of = OBJECTION.standing_of(self.case, self.user, self.now)
        return standing_of.refusal(arrow, None, self.now, arrow.roles) is None


def _public(record: DishonestyRecord) -> str:
    shown = Document.objects.filter(pk=record.pk, ended_on=None).exists()
    return reverse("public:document", args=[record.pk]) if shown else ""


class ObjectionFile(ObjectionView, CaseFile):
    """A file of an objection; answers of the providing unit are read by the offices only."""

    def may_read(self, item: Attachment) -> bool:
        """This will keep the applicant from the papers between offices."""
        return self.is_officer or item.kind in (filing.EVIDENCE, filing.AUTHORISATION)


class ObjectionList(CaseList):
    """The objections a person may open."""

    template_name = "staff/objections/list.html"
    kind = KIND
    heading = gettext_lazy("异议申诉")
    summary = gettext_lazy("本单位提出的、本单位记录被提出的，以及您所在牵头部门办理的。")
    columns = (gettext_lazy("申请人"), gettext_lazy("办理单位"))

    def cells(self, case: Objection) -> list[Any]:
        """This will name applicant and office."""
        return [case.subject_name, case.office.name]

    def extra(self) -> dict[str, Any]:
        """This will lead the subject to what he may object to."""
        return {"mine_url": reverse("objections:mine")}


class Mine(TemplateView):
    """What the reader's unit, or he himself, may object to, until when, and why not."""

    request: StaffRequest
    template_name = "staff/objections/mine.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will list every record that was served, with what can be done."""
        now, user = clock.now(), self.request.user
        rows = [
            {
                "title": titles.title(each.record),
                "record": each.record,
                "url": record_url(each.record),
                "each": each,
                "case_url": reverse("objections:objection", args=[each.objection.pk]) if each.objection else "",
                "new_url": reverse("objections:new", args=[each.record.pk]) if each.may else "",
            }
            for each in objections.own_records(user=user, now=now)
        ]
        opens = policy.allows(user=user, name="objections:list", now=now).allowed
        return super().get_context_data(
            rows=rows,
            days=objections.promised(now=now),
            suspends=publicity.suspends_from(clock.local_day(now)),
            opens_list=opens,
            **more,
        )


class InquiryView(CaseView):
    """Any page of one inquiry."""

    kind = INQUIRIES

    def facts(self) -> list[Fact]:
        """This will say what is asked about which record, and the answer."""
        inquiry = self.case
        objection = inquiry.objection
        rows = [
            Fact(str(gettext_lazy("异议的记录")), objection.record.document_number, code=objection.record.number),
            Fact(str(gettext_lazy("申请人的事实和理由")), objection.facts, is_prose=True),
            Fact(str(gettext_lazy("要核实的问题")), inquiry.question, is_prose=True),
            Fact(str(gettext_lazy("提供单位")), inquiry.department.name),
            Fact(str(gettext_lazy("回复")), inquiry.answer, is_prose=True),
        ]
        return [row for row in rows if row.text]


class InquiryPage(InquiryView, CasePage):
    """One question to the providing unit."""

    template_name = "staff/objections/inquiry.html"
    acts: ClassVar[dict[str, str]] = {"answer": "objections:answer"}
    main = ("answer",)
    file_page = "objections:inquiry_file"

    def standing(self, running: list[Strip]) -> dict[str, str]:
        """This will say who answers, and by when."""
        told_so = super().standing(running)
        if self.case.state != InquiryState.ASKED:
            told_so["text"] = ""
        return told_so

    def extra(self) -> dict[str, Any]:
        """This will lead to the objection where the reader may open it."""
        seen = Objection.objects.visible_to(self.user, self.now).filter(pk=self.case.objection_id).exists()
        return {"objection_url": reverse("objections:objection", args=[self.case.objection_id]) if seen else ""}


class InquiryFile(InquiryView, CaseFile):
    """A file that came with the answer."""


class InquiryList(CaseList):
    """The inquiries of the reader's unit or office."""

    kind = INQUIRIES
    heading = gettext_lazy("核实函")
    summary = gettext_lazy("信用牵头部门就异议向提供单位核实的问题。")
    order = ("-asked_on", "-id")
    columns = (gettext_lazy("提供单位"),)

    def cells(self, case: Any) -> list[Any]:
        """This will name the unit."""
        return [case.department.name]
