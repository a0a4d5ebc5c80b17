"""What every record page shares: the record the reader may see, and how a refusal is shown."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.generic import FormView
from django.views.generic.base import View

from accounts.models import User
from ledger.refusals import NotAllowed, Refused, Stale
from records.models import DishonestyRecord
from records.selectors import differences, inbox, titles
from records.web import buttons
from records.web.forms.fields import Tick
from records.workflow import reporters
from records.workflow.filing import Incomplete
from rules import clock

if TYPE_CHECKING:  # Django's view is generic for the type checker only
    FormPage = FormView[Form]
else:
    FormPage = FormView


class StaffRequest(HttpRequest):
    """A request of a person who works here; the policy middleware lets nobody else through."""

    user: User  # type: ignore[assignment]


def load(user: User, key: UUID, now: datetime) -> DishonestyRecord:
    """
    This will give a record the person may open.

    :raises Http404: it does not exist, or is not for him; both look the same
    """
    record = DishonestyRecord.objects.visible_to(user, now).with_names().filter(pk=key).first()
    if record is None:
        raise Http404
    return record


class RecordView(View):
    """Any page of one record."""

    user: User
    record: DishonestyRecord
    now: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the record, or answer 404."""
        super().setup(request, *args, **kwargs)
        self.now = clock.now()
        if isinstance(request.user, User):  # the policy middleware lets nobody else reach the page itself
            self.user = request.user
            self.record = load(self.user, kwargs["pk"], self.now)

    def frame(self) -> dict[str, Any]:
        """This will give what each record page's head prints."""
        return {"record": self.record, "title": titles.title(self.record), "back": record_url(self.record)}


class ImpartialForm(View):
    """A form shown to nobody who must stay away (回避) from the act it leads to; it stands before the page it is the form of."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        This will show the form, but not to whom it is closed by recusal.

        :raises NotAllowed: he must stay away from this act on this record or case
        """
        page = request.resolver_match.view_name if request.resolver_match else ""
        if why := self.closed_to_reader(page):
            raise NotAllowed(why)
        shown: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]  # of the form page beside it
        return shown

    @abstractmethod
    def closed_to_reader(self, page: str) -> str:
        """This will say why the reader must stay away from what this page is the form of, or nothing."""


class RecordForm(ImpartialForm, RecordView):
    """
    A form of one record, shown to nobody who must stay away (回避) from the act it leads to.

    ``actions`` names the arrows where the page is not that of an arrow itself.
    """

    actions: ClassVar[tuple[str, ...]] = ()

    def closed_to_reader(self, page: str) -> str:
        """This will say why the reader must stay away from what this page is the form of, or nothing."""
        actions = self.actions or buttons.actions_of(page)
        return buttons.recused(user=self.user, record=self.record, actions=actions, now=self.now)


class ActPage(FormPage):
    """
    One act as a page of its own, on any kind of case: a question, what it changes, a form, a verb.

    A subclass names the words and makes the one call of its service in ``act``; which case it is on, and which page follows,
    is told by ``RecordAct`` and ``CaseAct``.
    """

    question: ClassVar[Any] = ""
    keeps: ClassVar[Any] = ""
    verb: ClassVar[Any] = ""
    done: ClassVar[Any] = ""
    is_grave: ClassVar[bool] = False
    user: User
    now: datetime

    @abstractmethod
    def act(self, kept: dict[str, Any]) -> None:
        """This will call the service with what the form read."""

    @abstractmethod
    def frame(self) -> dict[str, Any]:
        """This will give what the head of the page prints."""

    @abstractmethod
    def acted_on(self) -> Any:
        """This will give the case the act is on, as the reader sees it."""

    @abstractmethod
    def stale(self, form: Form, refusal: Refused) -> HttpResponse:
        """This will say that the case has moved on, and that nothing was written."""

    @abstractmethod
    def after(self) -> str:
        """This will give the page that follows."""

    def get_initial(self) -> dict[str, Any]:
        """This will put the version the reader sees into the form."""
        return {**super().get_initial(), "version": self.acted_on().version}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will add the words of the act."""
        words = {"question": self.question, "keeps": self.keeps, "verb": self.verb, "grave": self.is_grave}
        return super().get_context_data(**self.frame(), **words, **more)

    def form_valid(self, form: Form) -> HttpResponse:
        """This will do the act, or say at the right field why not."""
        try:
            self.act(form.cleaned_data)
        except Stale as refusal:
            return self.stale(form, refusal)
        except Refused as refusal:
            return self.refused(form, refusal)
        self.acted_on().refresh_from_db()
        messages.success(self.request, with_next(self.done_words(), user=self.user, now=self.now))
        return redirect(self.after())

    def form_invalid(self, form: Form) -> HttpResponse:
        """This will show the form again with its errors, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def refused(self, form: Form, refusal: Refused) -> HttpResponse:
        """This will show the refusal's own sentence at its field, with its own status."""
        show(form, refusal)
        return self.render_to_response(self.get_context_data(form=form, link=refusal.link), status=refusal.status)

    def done_words(self) -> str:
        """This will say what happened and what comes next."""
        return str(self.done)


class RecordAct(RecordForm, ActPage):
    """One act on one record."""

    template_name = "staff/records/act.html"

    def acted_on(self) -> DishonestyRecord:
        """This will give the record."""
        return self.record

    def stale(self, form: Form, refusal: Refused) -> HttpResponse:
        """This will show what changed since the reader opened the page."""
        self.record.refresh_from_db()
        told = differences.since_last_look(user=self.user, record=self.record)
        context = {**self.frame(), "refusal": str(refusal), "changes": told, "again": self.request.get_full_path()}
        return render(self.request, "staff/records/stale.html", context, status=409)

    def after(self) -> str:
        """This will lead back to the record."""
        return record_url(self.record)


class AsksOfReporter(RecordAct):
    """An act by which a text comes nearer to the public: one that came of a complaint must point to no reporter."""

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        """This will add the tick where the record came of a complaint."""
        form = super().get_form(form_class)
        ask_of_reporter(form, self.record)
        return form


def ask_of_reporter(form: BaseForm, record: DishonestyRecord) -> None:
    """This will put the question into a form, as a tick it insists on, where the record came of a complaint."""
    if reporters.must_ask(record):
        asked = _("这条记录由查实的投诉而来。逐句问自己：这句话是不是只有一个人说得出来？是就退回改写。")
        form.fields[reporters.FIELD] = Tick(required=True, label=reporters.STATEMENT, help_text=asked)


def with_next(words: str, *, user: User, now: datetime) -> str:
    """This will add the way to the next thing that waits for the person, where there is one."""
    waiting = inbox.inbox(user=user, now=now).mine
    if not waiting:
        return words
    return format_html('{} <a href="{}">{}</a>', words, waiting[0].kind.address(waiting[0].case), _("下一件"))


def record_url(record: DishonestyRecord) -> str:
    """This will give the address of a record's page."""
    return reverse("records:record", args=[record.pk])


def show(form: BaseForm, refusal: Refused) -> None:
    """This will put a refusal into a form: each field's sentence at its field, the rest on top."""
    errors = refusal.errors if isinstance(refusal, Incomplete) else {refusal.field or "": refusal.message}
    for field, sentence in errors.items():
        name = next((each for each in (field, ALIASES.get(field), _FILES.get(field)) if each in form.fields), None)
        form.add_error(name, sentence)


ALIASES = {
    "subject_department": "subject",
    "subject_official": "official",
    "evidence": "source",
    "statement_answer": "answer",
    "withdrawn_ground": "ground",
}
"""Fields of the services that stand under another name in a form."""

_FILES = {"evidence": "file"}
