"""Registering and editing a promise: one form, saved as a draft or handed in."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts import scope
from accounts.models import Department, User
from ledger.refusals import Invalid, NotAllowed, Refused, Stale
from records.models import CaseRemark, Commitment, CommitmentState
from records.services.commitments import drafting
from records.web.cases.pages import CaseForm
from records.web.forms.promises import PromiseForm, initial_of
from records.web.pages import show
from records.workflow.commitments.kind import KIND
from rules import clock
from rules.references import reference

if TYPE_CHECKING:  # Django's view is generic for the type checker only
    Page = FormView[PromiseForm]
else:
    Page = FormView

HOME_ROLES = frozenset({"clerk"})


class FilingPage(Page):
    """What registering and editing share."""

    user: User
    template_name = "staff/commitments/filing.html"
    form_class = PromiseForm
    promise: Commitment | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will note who files, and the moment of the request."""
        self.now = clock.now()
        if isinstance(request.user, User):
            self.user = request.user
        super().setup(request, *args, **kwargs)

    @abstractmethod
    def home(self) -> Department | None:
        """This will give the department that promises."""

    @abstractmethod
    def save(self, form: PromiseForm) -> Commitment:
        """This will call the service."""

    def get_initial(self) -> dict[str, Any]:
        """This will fill the form with the promise, or with a fresh key."""
        return initial_of(self.promise)

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will hand the form the day, the officials of the department and the milestones kept."""
        today, home = clock.local_day(self.now), self.home()
        return super().get_form_kwargs() | {
            "today": today,
            "officials": drafting.officials_of(home, on=today) if home else [],
            "steps": drafting.steps_typed(self.promise) if self.promise else (),
        }

    def form_invalid(self, form: PromiseForm) -> HttpResponse:
        """This will show the form again with its errors, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: PromiseForm) -> HttpResponse:
        """This will save the draft first, so that nothing typed is lost, and then hand it in if asked."""
        try:
            saved = self.save(form)
        except Refused as refusal:
            return self.refused(form, refusal)
        if self.request.POST.get("act") != "submit":
            messages.success(self.request, _("已存为草稿 %(number)s，随时可以接着填。") % {"number": saved.number})
            return redirect(KIND.address(saved))
        return self._hand_in(form, saved)

    def _hand_in(self, form: PromiseForm, saved: Commitment) -> HttpResponse:
        saved.refresh_from_db()
        try:
            drafting.submit(actor=self.user, commitment=saved, version=saved.version, now=self.now)
        except Refused as refusal:
            return self._kept_as_draft(saved, refusal)
        messages.success(self.request, _("已提交 %(number)s，现在等本单位审核人审核。") % {"number": saved.number})
        return redirect(KIND.address(saved))

    def _kept_as_draft(self, saved: Commitment, refusal: Refused) -> HttpResponse:
        """The content is safe; what still hinders the submission stands at its field."""
        self.promise = saved
        data = self.request.POST.copy()
        data["version"], data["key"] = str(saved.version), str(saved.pk)
        again = PromiseForm(**{**self.get_form_kwargs(), "data": data})
        again.is_valid()
        show(again, refusal)
        told = _("内容已存为草稿 %(number)s，还没有提交。") % {"number": saved.number}
        return self.render_to_response(self.get_context_data(form=again, told=told), status=refusal.status)

    def refused(self, form: PromiseForm, refusal: Refused) -> HttpResponse:
        """This will show the refusal at its field with its own status; nothing was stored."""
        show(form, refusal)
        return self.render_to_response(self.get_context_data(form=form), status=refusal.status)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will add what stands around the form."""
        told = {"promise": self.promise, "commitment": self.promise, "error_heading": _("没有保存")}
        return {**told, "returned_because": self._returned_because(), **super().get_context_data(**more)}

    def _returned_because(self) -> str:
        if self.promise is None or self.promise.state != CommitmentState.RETURNED:
            return ""
        notes = CaseRemark.objects.filter(**reference(self.promise)._asdict(), action="send_back")
        latest = notes.order_by("-at").first()
        return latest.text if latest else ""


class NewCommitment(FilingPage):
    """A clerk registers a promise; the key in the form makes a second press give the first one."""

    def home(self) -> Department | None:
        """This will give the clerk's department."""
        found = scope.departments(user=self.user, now=self.now, roles_wanted=HOME_ROLES)
        return found.order_by("path").first()

    def save(self, form: PromiseForm) -> Commitment:
        """This will register the draft for the clerk's department."""
        home, key = self.home(), form.cleaned_data.get("key")
        if home is None:
            raise NotAllowed(_("不能由您办：登记属于填报人"))
        if key is None:
            raise Invalid(_("页面已过期，请重新打开登记页"))
        return drafting.register(actor=self.user, key=key, department=home, promise=form.promise(), now=self.now)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say who files and for which department."""
        home = self.home()
        subline = _("填报人 %(person)s · %(department)s") % {
            "person": self.user.display_name,
            "department": home.name if home else _("（您不是填报人）"),
        }
        return super().get_context_data(heading=_("登记承诺"), subline=subline, **more)


class EditCommitment(CaseForm, FilingPage):
    """A clerk goes on with a draft or mends a returned promise."""

    kind = KIND

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the promise, or answer 404."""
        super().setup(request, *args, **kwargs)
        self.promise = getattr(self, "case", None)

    def home(self) -> Department | None:
        """This will give the department that promises."""
        department: Department = self.case.department
        return department

    def save(self, form: PromiseForm) -> Commitment:
        """This will write the content as the next version."""
        version = form.cleaned_data.get("version")
        if version is None:
            raise Stale(_("页面已过期，请刷新后再改"))
        return drafting.edit(
            actor=self.user, commitment=self.case, promise=form.promise(), version=version, now=self.now
        )

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say which promise this is."""
        returned = self.case.state == CommitmentState.RETURNED
        subline = _("%(number)s · 第 %(edition)d 版") % {"number": self.case.number, "edition": self.case.edition}
        heading = _("补正承诺") if returned else _("修改承诺")
        return super().get_context_data(heading=heading, subline=subline, back=KIND.address(self.case), **more)
