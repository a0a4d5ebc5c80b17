"""A page with one form that is about no single complaint: refusals at their field, one verb, a way out."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from ledger.refusals import Refused
from records.web.pages import FormPage, StaffRequest, show
from rules import clock
from rules.clock import local_day


class RegisterAct(FormPage):
    """GET shows the form, POST performs the act; a subclass names the words and calls its service in ``act``."""

    request: StaffRequest
    template_name = "staff/accounts/act.html"
    heading: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    verb: ClassVar[Any] = ""
    done: ClassVar[Any] = ""
    user: User
    now: datetime

    @abstractmethod
    def act(self, kept: dict[str, Any]) -> Any:
        """This will call the service with what the form read."""

    @abstractmethod
    def back(self) -> str:
        """This will give the page one came from and goes back to."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will take the time once and find what the act is about."""
        super().setup(request, *args, **kwargs)
        self.now = clock.now()
        if isinstance(request.user, User):
            self.user = request.user
            self.find()

    def find(self) -> None:
        """This will find what the act is about, or answer 404; a subclass says how."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will hand the form today's date."""
        return {**super().get_form_kwargs(), "today": local_day(self.now)}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will add the words of the page."""
        told = {"heading": self.heading, "lead": self.lead, "verb": self.verb, "cancel": self.back()}
        return super().get_context_data(**told, **more)

    def form_valid(self, form: Form) -> HttpResponse:
        """This will perform the act, or say at the right field why not."""
        try:
            answer = self.act(form.cleaned_data)
        except Refused as refusal:
            show(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        if isinstance(answer, HttpResponse):
            return answer
        messages.success(self.request, str(self.done))
        return redirect(self.back())

    def form_invalid(self, form: Form) -> HttpResponse:
        """This will show the form again with its errors, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)
