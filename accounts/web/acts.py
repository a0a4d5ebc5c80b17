"""The page of an act: a form, one verb, a way out; a refusal comes back to its field."""

from abc import abstractmethod
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.views import View

from accounts.models import User
from accounts.services.permission import insist
from accounts.web.forms import RefusableForm
from ledger.refusals import Refused

Words = str | Promise


class NoForm(RefusableForm):
    """An act that needs no more than a yes."""


class ReasonForm(RefusableForm):
    """An act that needs a reason."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: Words, hint: Words = "", **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["reason"]
        field.label, field.help_text = label, hint


class ActPage(View):
    """GET shows the form, POST performs the act; what varies is told by the subclass."""

    form_class: type[RefusableForm] = NoForm
    heading: Words = ""
    lead: Words = ""
    verb: Words = ""
    grave = False
    template = "staff/accounts/act.html"

    def me(self) -> User:
        """The account that acts; the policy lets nobody else come here."""
        assert isinstance(self.request.user, User)  # noqa: S101  the middleware has seen to it
        return self.request.user

    def load(self) -> None:
        """Find what the act is about, from the address; the subclass says how."""

    def place(self) -> dict[str, Any]:
        """Where the thing stands and whom it is about, for the policy; the subclass says it where the place counts."""
        return {}

    def form_arguments(self) -> dict[str, Any]:
        """What the form needs besides the data."""
        return {}

    @abstractmethod
    def cancel_url(self) -> str:
        """Where one goes without acting."""

    @abstractmethod
    def perform(self, facts: dict[str, Any]) -> str | HttpResponseBase:
        """Act, and return where to go on, or an answer that can be shown only once."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the thing and ask the policy about its place, before anything of it is shown."""
        self.load()
        match = request.resolver_match
        insist(actor=self.me(), name=match.view_name if match else "", now=self.now(), **self.place())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.page(self.form_class(**self.form_arguments()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Perform the act, or show what stands against it."""
        form = self.form_class(request.POST, **self.form_arguments())
        if form.is_valid():
            try:
                done = self.perform(form.cleaned_data)
            except Refused as refusal:
                form.refuse(refusal)
                return self.page(form, status=refusal.status)
            return redirect(done) if isinstance(done, str) else done
        return self.page(form, status=422)

    def page(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """Draw the form in the staff frame."""
        context = {
            "form": form,
            "heading": self.heading,
            "lead": self.lead,
            "verb": self.verb,
            "grave": self.grave,
            "cancel": self.cancel_url(),
            **self.more(),
        }
        return render(self.request, self.template, context, status=status)

    def more(self) -> dict[str, Any]:
        """What else the template shows."""
        return {}

    @staticmethod
    def now() -> datetime:
        """The clock of the pages."""
        return timezone.now()
