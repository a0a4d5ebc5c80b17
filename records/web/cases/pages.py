"""One case and an act on it; a room names the words, the facts and the one call of its service."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django.views.generic.base import View

from accounts import marks, recusals, wording
from accounts.models import User
from ledger.refusals import Missing, Refused
from records.models import Attachment
from records.selectors import courses
from records.services import attachments
from records.web import strips
from records.web.cases import buttons, hands, proposals
from records.web.content import Fact
from records.web.pages import ActPage, ImpartialForm
from records.web.strips import Strip
from records.workflow.kinds import CaseKind
from rules import clock


class CaseView(View):
    """Any page of one case; what the reader may not see answers 404, the same as not existing."""

    kind: ClassVar[CaseKind]
    user: User
    case: Any
    now: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the case, or answer 404."""
        super().setup(request, *args, **kwargs)
        self.now = clock.now()
        if isinstance(request.user, User):  # the policy middleware lets nobody else reach the page itself
            self.user = request.user
            self.case = self.load(kwargs["pk"])

    def load(self, key: Any) -> Any:
        """
        This will give the case if the person may open it.

        :raises Http404: it does not exist, or is not for him
        """
        rows = self.kind.machine.model._default_manager.visible_to(self.user, self.now)  # type: ignore[attr-defined]
        found = rows.select_related(*self.kind.related).filter(pk=key).first()
        if found is None:
            raise Http404
        return found

    def frame(self) -> dict[str, Any]:
        """This will give what the head of each page of the case prints."""
        return {
            "kind": self.kind,
            "case": self.case,
            "title": self.kind.title(self.case),
            "number": self.kind.number(self.case),
            "back": self.kind.address(self.case),
            "brief": self.facts()[:6],
        }

    def facts(self) -> list[Fact]:
        """This will say what the case is about, in the order it is read; a room overrides it."""
        return []


class CasePage(CaseView, TemplateView):
    """
    One case, for whoever may see it: where it stands, what it says, how its days came about, what one may do.

    ``acts`` names the page of each arrow, in the order the buttons stand; ``main`` the arrows that are the next step,
    ``grave`` those that cannot be undone.
    """

    template_name = "staff/cases/case.html"
    acts: ClassVar[dict[str, str]] = {}
    main: ClassVar[tuple[str, ...]] = ()
    grave: ClassVar[frozenset[str]] = frozenset()
    proposal_page: ClassVar[str] = ""
    file_page: ClassVar[str] = ""
    hides_persons: bool = False

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will gather what the page prints."""
        running = strips.of(self.case, reader=self.user, now=self.now)
        offered = buttons.of(self, user=self.user, now=self.now)
        context = {
            **self.frame(),
            "facts": self.facts(),
            "strips": running,
            "standing": self.standing(running),
            "events": self._events(),
            "arrows": offered.here,
            "elsewhere": offered.elsewhere,
            "act_words": offered.words,
            "hands": [] if self.hides_persons else hands.of(self.case, me=self.user.person_id),
            "tie": self._tie(),
            "files": self._files(),
            "proposals": proposals.waiting(self, user=self.user, now=self.now) if self.proposal_page else [],
            **self.extra(),
        }
        return super().get_context_data(**context, **more)

    def hidden(self, action: str) -> bool:
        """This will leave out an arrow that cannot concern this case; a room overrides it."""
        return False

    def quiet(self) -> frozenset[str]:
        """This will name the acts the reader is not told of (``<machine>.<action>``); a room overrides it."""
        return frozenset()

    def extra(self) -> dict[str, Any]:
        """This will give what the room's own template prints besides."""
        return {}

    def standing(self, running: list[Strip]) -> dict[str, str]:
        """This will say in two lines where the case stands: its state and who holds it, and until when."""
        word = str(marks.mark(self.kind.name, self.case.state).word)
        late = any(strip.left is not None and strip.left < 0 for strip in running)
        ask = next((each for each in self.kind.asks if self.case.state in each.states), None)
        text = _("下一步：%s。") % ask.task if ask else ""
        if running and running[0].due_on is not None:
            text += _("%(label)s：%(day)s 前（%(left)s）。") % {
                "label": running[0].label,
                "day": wording.day(running[0].due_on),
                "left": wording.working_days(running[0].left),
            }
        return {"tone": "warn" if late else "info", "icon": "warn" if late else "clock", "title": word, "text": text}

    def _events(self) -> list[dict[str, str]]:
        told = courses.course(self.case, now=self.now, hides_persons=self.hides_persons, quiet=self.quiet())
        return [_event(step) for step in told]

    def _tie(self) -> str:
        machine = self.kind.machine
        tie = recusals.between(
            person_id=self.user.person_id,
            department=machine.department_of(self.case),
            subject_person_id=machine.subject_person_of(self.case),
            now=self.now,
        )
        return tie or ""

    def _files(self) -> list[dict[str, Any]]:
        if not self.file_page:
            return []
        return [{"item": item, "view": self.file_page} for item in attachments.held(self.case)]


def _event(step: courses.Step) -> dict[str, str]:
    title = step.title if step.is_future or not step.who else f"{step.who}：{step.title}"
    when = wording.day(step.day) if step.at is None else wording.moment_short(step.at)
    phase = "future" if step.is_future else "past"
    return {"phase": phase, "when": when, "iso": step.day.isoformat(), "title": title, "text": step.note}


class CaseForm(ImpartialForm, CaseView):
    """A form of one case, shown to nobody who must stay away (回避) from the act it leads to."""

    def closed_to_reader(self, page: str) -> str:
        """
        This will say why the reader must stay away from the act this page is the form of, or nothing.

        The page of the case knows its acts; a form that starts another case asks that case's own rule instead.
        """
        shown: Any = resolve(self.kind.address(self.case)).func
        pages: dict[str, str] = getattr(shown.view_class, "acts", {})
        arrows = [self.kind.machine.arrows[action] for action, name in pages.items() if name == page]
        if not arrows:
            return ""
        stands = self.kind.machine.standing_of(self.case, self.user, self.now)
        closed = [stands.refusal(each, None, self.now, each.signatures[:1] or each.roles) for each in arrows]
        return stands.tie if stands.tie and stands.tie in closed else ""


class CaseAct(CaseForm, ActPage):
    """One act on one case."""

    template_name = "staff/cases/act.html"

    def acted_on(self) -> Any:
        """This will give the case."""
        return self.case

    def stale(self, form: Form, refusal: Refused) -> HttpResponse:
        """This will say that the case has moved on, and that nothing was written."""
        self.case.refresh_from_db()
        context = {**self.frame(), "refusal": str(refusal), "again": self.request.get_full_path()}
        return render(self.request, "staff/cases/stale.html", context, status=409)

    def after(self) -> str:
        """This will give the page that follows."""
        return self.kind.address(self.case)


class CaseFile(CaseView):
    """A file of a case, as an attachment, never shown inside the site."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """This will send the file under the name it was uploaded with; another case's is 404."""
        item = attachments.held(self.case).filter(pk=kwargs["item"]).first()
        if item is None or not self.may_read(item):
            raise Http404
        try:
            opened = attachments.open_file(item)
        except Missing:
            raise Http404 from None
        return FileResponse(opened, as_attachment=True, filename=item.name, content_type=item.media_type)

    def may_read(self, item: Attachment) -> bool:
        """This will say whether the reader of the case may read this file of it; a room overrides it."""
        return True
