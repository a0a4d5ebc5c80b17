"""The list of complaints and the page of one: what was said, what was done, what comes next."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policy, wording
from accounts.models import Department, User
from records.models import Complaint, ComplaintFile, ComplaintIdentity, MediaClue
from records.services.complaints import reading
from records.services.complaints.writing_back import OVER, WRITERS
from records.services.intake import papers, thread
from records.web.cases import hands
from records.web.cases.lists import CaseFilter, CaseList
from records.web.cases.pages import CaseFile, CasePage
from records.web.complaints import erasures
from records.web.complaints.base import ComplaintView, facts, promise_of, role_of
from records.web.complaints.papers import listed, paper_name
from records.web.content import Fact
from records.web.forms.fields import OneOf
from records.workflow.complaints.kind import KIND
from records.workflow.intake import vault
from rules import clock, codes

hands.register({"handler": gettext_lazy("核查")})

ACTS = {
    "screen": "complaints:screen",
    "accept": "complaints:accept",
    "relate": "complaints:relate",
    "transfer": "complaints:transfer",
    "assign": "complaints:assign",
    "investigate": "complaints:investigate",
    "note_findings": "complaints:findings",
    "verify_true": "complaints:verify_true",
    "verify_partial": "complaints:verify_partial",
    "verify_false": "complaints:verify_false",
    "order": "complaints:order",
    "confirm_default": "complaints:confirm_default",
    "answer": "complaints:answer",
    "make_ordinary": "complaints:make_ordinary",
    "extend": "complaints:extend",
    "merge": "complaints:merge",
    "not_accept": "complaints:not_accept",
    "hand_back": "complaints:hand_back",
    "withdraw": "complaints:withdraw",
    "mark_malicious": "complaints:mark_malicious",
}


class Filter(CaseFilter):
    """Besides number, state, unit and deadline: channel and kind."""

    channel = OneOf(label=gettext_lazy("渠道"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the channels; the unit is the one complained about."""
        super().__init__(*args, **rest)
        self.fields["channel"].choices = [("", _("不限")), *codes.choices("channel", self.today)]  # type: ignore[attr-defined]
        self.fields["channel"].unmarked = True  # type: ignore[attr-defined]
        self.fields["unit"].label = _("被投诉单位（名称或代码）")

    def narrow(self, rows: Any) -> Any:
        """This will apply the conditions that could be read."""
        unit: Department | None = self.cleaned_data.pop("department", None)
        rows = super().narrow(rows)
        if unit is not None:
            rows = rows.filter(object_department=unit)
        if self.cleaned_data.get("channel"):
            rows = rows.filter(channel=self.cleaned_data["channel"])
        return rows


class ComplaintList(CaseList):
    """The complaints a person may open; those about his own department are not among them, and not counted."""

    kind = KIND
    template_name = "staff/complaints/list.html"
    form_class = Filter
    heading = gettext_lazy("投诉举报")
    summary = gettext_lazy("交由您办理或由您甄别的，最新的在前。")
    order = ("-received_on", "-id")
    columns = (gettext_lazy("渠道"), gettext_lazy("收到"), gettext_lazy("办理单位"))

    def extra(self) -> dict[str, Any]:
        """This will give the ways beside the list the reader may go."""
        return {"ways": ways(self.request.user, clock.now())}

    def cells(self, case: Complaint) -> list[Any]:
        """This will give channel, day and office."""
        channel = codes.label("channel", case.channel, case.received_on)
        return [channel, wording.day_plain(case.received_on), case.department.name]


def ways(user: User, now: datetime) -> list[dict[str, Any]]:
    """This will give the pages beside the list that a person may open."""
    offered = (
        ("complaints:new", _("登记投诉举报")),
        ("complaints:statistics", _("统计")),
        ("complaints:media", _("媒体线索")),
    )
    grants = user.grants(now)
    return [
        {"url": reverse(name), "label": label, "is_main": name == "complaints:new"}
        for name, label in offered
        if policy.allows(user=user, name=name, now=now, grants=grants).allowed
    ]


class ComplaintPage(ComplaintView, CasePage):
    """One complaint, for whoever holds a key to it."""

    template_name = "staff/complaints/complaint.html"
    acts = ACTS
    main = (
        "accept", "assign", "investigate", "note_findings", "order", "confirm_default", "answer",
    )  # fmt: skip
    grave = frozenset({"not_accept", "confirm_default", "withdraw"})
    proposal_page = "complaints:proposal"
    file_page = "complaints:evidence"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will note that the reader opened it."""
        reading.note(actor=self.user, complaint=self.case, role=role_of(self.user, self.now), now=self.now)
        return super().get(request, *args, **kwargs)

    def hidden(self, action: str) -> bool:
        """This will leave out what concerns only cases accepted as simple."""
        return action == "make_ordinary" and not self.case.is_simple

    def facts(self) -> list[Fact]:
        """This will say what was said, and around it whom it concerns and who has it."""
        if self.case.content_erased_on is not None:
            return [*facts(self.case), *self._about()]
        said = vault.content(self.case)
        return [
            *facts(self.case),
            *self._about(),
            Fact(_("什么时候发生的"), said.happened) if said.happened else Fact("", ""),
            Fact(_("举报内容"), said.content, is_prose=True),
            Fact(_("核查情况"), vault.open_text(self.case, self.case.findings_sealed, "findings"), is_prose=True),
        ]

    def _about(self) -> list[Fact]:
        held = promise_of(self.case)
        return [Fact(_("涉及的承诺"), held.title, code=held.number)] if held else []

    def extra(self) -> dict[str, Any]:
        """This will give the thread, the reporter's files, what was joined to it, and the ways on."""
        case = self.case
        return {
            "facts": [fact for fact in self.facts() if fact.text],
            "messages_said": thread.messages_of(case),
            "papers": listed(case, reader=self.user),
            "erased": erasures.of(case),
            "joined": case.merged.order_by("received_on", "id"),
            "clues": MediaClue.objects.filter(complaint=case).order_by("published_on"),
            "may_write": self._may_write(),
            "may_attach": case.state == "investigating" and case.handler_id == self.user.person_id,
            "identity_url": self._identity(),
            "record_url": reverse("records:record", args=[case.record_id]) if case.record_id else "",
        }

    def _may_write(self) -> bool:
        """Whether the reader may write to the sender; once the content is erased there is no key to seal a letter with."""
        is_open = self.case.state not in OVER and self.case.content_erased_on is None
        return is_open and role_of(self.user, self.now) in WRITERS

    def _identity(self) -> str:
        """The way to ask for the sender's identity; only its handler may, and only where one was given."""
        kept = ComplaintIdentity.objects.filter(complaint=self.case, erased_on=None).exists()
        if not kept or self.case.handler_id != self.user.person_id:
            return ""
        try:
            return reverse("custody:ask", args=[self.case.pk])
        except NoReverseMatch:
            return ""


class Evidence(ComplaintView, CaseFile):
    """A file the investigation brought to light."""


class Paper(ComplaintView):
    """A file the reporter sent, cleaned; never shown inside the site."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """This will send it; another case's is 404."""
        item = ComplaintFile.objects.filter(complaint=self.case, pk=kwargs["item"]).first()
        if item is None or self.case.content_erased_on is not None:
            raise Http404
        content = io.BytesIO(papers.open_file(item))
        return FileResponse(content, as_attachment=True, filename=paper_name(item), content_type=item.media_type)
