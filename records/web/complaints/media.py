"""Media clues: the list, one clue, and what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django.views.generic.base import View

from ledger.refusals import Stale
from records.models import Complaint, MediaClue
from records.selectors.complaints import registers
from records.services import attachments
from records.services.complaints import clues, registering
from records.services.complaints.clues import Report
from records.services.intake.register import Intake
from records.web.complaints.forms import joinable
from records.web.complaints.plain import RegisterAct
from records.web.complaints.register_forms import CheckForm, ClippingForm, JoinForm, MediaForm
from records.web.pages import StaffRequest
from records.workflow.complaints.guards import ENDED_UNHEARD
from records.workflow.intake import receipts
from rules import clock


class Media(TemplateView):
    """The clues of the reader's office, newest report first."""

    request: StaffRequest
    template_name = "staff/complaints/media.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will list them."""
        rows = list(registers.clues(user=self.request.user, now=clock.now()))
        clippings = registers.clippings(rows)
        told = [{"clue": row, "clippings": clippings.get(str(row.pk), [])} for row in rows]
        return super().get_context_data(heading=_("媒体线索"), rows=told, **more)


class NoteClue(RegisterAct):
    """A report is noted."""

    form_class = MediaForm
    heading = gettext_lazy("登记媒体线索")
    lead = gettext_lazy("先登记，再核实；属实的并入一件投诉办理。涉及单位看不到这里。")
    verb = gettext_lazy("登记线索")
    done = gettext_lazy("已登记，等待核实。")

    def get_initial(self) -> dict[str, Any]:
        """This will mark the form, so that its second sending makes nothing new."""
        return {**super().get_initial(), "key": uuid4()}

    def back(self) -> str:
        """This will lead to the list."""
        return reverse("complaints:media")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep it."""
        report = Report(kept["outlet"], kept["title"], kept["published_on"], kept["link"], kept["summary"])
        clues.note(
            actor=self.user, object_department=kept["department"], report=report, clipping=kept["clipping"],
            key=kept["key"], now=self.now,
        )  # fmt: skip


class ClueAct(RegisterAct):
    """An act on one clue the reader may see."""

    clue: MediaClue

    def find(self) -> None:
        """This will find the clue, or answer 404."""
        found = registers.clues(user=self.user, now=self.now).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.clue = found

    def get_initial(self) -> dict[str, Any]:
        """This will put the version the reader sees into the form."""
        return {**super().get_initial(), "version": self.clue.version}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the report above the form."""
        told = [(_("媒体"), self.clue.outlet), (_("标题"), self.clue.title), (_("摘要"), self.clue.summary)]
        return super().get_context_data(facts=[(label, text) for label, text in told if text], **more)

    def back(self) -> str:
        """This will lead to the list."""
        return reverse("complaints:media")


class AddClipping(ClueAct):
    """The report itself is kept with a clue."""

    form_class = ClippingForm
    heading = gettext_lazy("上传剪报")
    verb = gettext_lazy("上传")
    done = gettext_lazy("已上传剪报。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep it."""
        clues.add_clipping(actor=self.user, clue=self.clue, clipping=kept["clipping"], now=self.now)


class Clipping(View):
    """A clipping, as an attachment, for whoever may see its clue."""

    request: StaffRequest

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """This will send it; another clue's is 404."""
        clue = registers.clues(user=self.request.user, now=clock.now()).filter(pk=kwargs["pk"]).first()
        item = attachments.held(clue, clues.CLIPPING).filter(pk=kwargs["item"]).first() if clue else None
        if item is None:
            raise Http404
        opened = attachments.open_file(item)
        return FileResponse(opened, as_attachment=True, filename=item.name, content_type=item.media_type)


class CheckClue(ClueAct):
    """Somebody writes down whether a report holds."""

    form_class = CheckForm
    heading = gettext_lazy("核实媒体线索")
    verb = gettext_lazy("保存核实结果")
    done = gettext_lazy("已保存核实结果。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the answer."""
        clues.check(
            actor=self.user, clue=self.clue, is_true=kept["is_true"] == "yes", note=kept["note"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class JoinClue(ClueAct):
    """A clue is joined to the complaint that deals with it, or makes one."""

    form_class = JoinForm
    heading = gettext_lazy("由哪件投诉处理")
    verb = gettext_lazy("并入")
    done = gettext_lazy("已并入。")

    def candidates(self) -> list[Complaint]:
        """This will give the complaints about the same department."""
        rows = Complaint.objects.visible_to(self.user, self.now).exclude(state__in=ENDED_UNHEARD)
        return list(rows.filter(object_department=self.clue.object_department_id).order_by("-received_on", "id")[:50])

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer them."""
        return {**super().get_form_kwargs(), "offered": joinable(self.candidates())}

    def act(self, kept: dict[str, Any]) -> HttpResponse | None:
        """This will join them."""
        named = {str(each.pk): each for each in self.candidates()}
        complaint = named.get(kept["complaint"]) or self._registered(kept["version"])
        clues.join(actor=self.user, clue=self.clue, complaint=complaint, version=kept["version"], now=self.now)
        return redirect(reverse("complaints:complaint", args=[complaint.pk]))

    def _registered(self, version: int) -> Complaint:
        if self.clue.complaint_id is not None or self.clue.version != version:
            raise Stale(_("这条线索刚刚有人办过，请先看看"))
        said = f"{self.clue.outlet}《{self.clue.title}》{self.clue.link}\n{self.clue.summary}"
        facts = Intake(object_department=self.clue.object_department, content=said, channel="MEDIA")
        nonce = receipts.new_nonce()
        return registering.register(actor=self.user, facts=facts, nonce=nonce, now=self.now).complaint
