"""Registering and editing a record: one form, saved as a draft, checked and handed in, or only looked at."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from accounts import scope
from accounts.models import Department, User
from ledger.refusals import Invalid, NotAllowed, Refused, Stale
from records.models import DishonestyRecord
from records.services import drafting, evidence, looking
from records.web import beside, conflicts, pinned, scanning, subjects
from records.web.forms.filing import FilingForm, initial_of
from records.web.pages import RecordForm, record_url, show
from rules import clock

HOME_ROLES = frozenset({"clerk"})
LOOKS = ("find", "preview", "mask:")  # buttons that only show the form again
RETURNS = ("send_back", "return_to_clerk")


if TYPE_CHECKING:  # Django's view is generic for the type checker only
    FilingFormPage = FormView[FilingForm]
else:
    FilingFormPage = FormView


class FilingPage(FilingFormPage):
    """What registering and editing share: the form, its previews, its checks."""

    user: User
    template_name = "staff/records/filing.html"
    form_class = FilingForm
    record: DishonestyRecord | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will note who files, and the moment of the request."""
        self.now = clock.now()
        if isinstance(request.user, User):
            self.user = request.user
        super().setup(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """This will fill the form with the record, or with a fresh key."""
        return initial_of(self.record)

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will hand the form the day, the kept files and the reviewer's notes."""
        kept = [each.name for each in self._evidence()]
        notes = pinned.by_field(self._returned_because())
        given = super().get_form_kwargs() | {"today": clock.local_day(self.now), "kept": kept, "pinned": notes}
        act = self.request.POST.get("act", "")
        if act.startswith("mask:"):
            names = beside.known_names(FilingForm(**given), self.record)
            given["data"] = given["data"].copy()
            given["data"]["facts"] = scanning.without_hit(
                given["data"].get("facts", ""), act.removeprefix("mask:"), names=names
            )
        return given

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will save, hand in, or only show the form again with units found or consequences."""
        form = self.get_form()
        if request.POST.get("act", "").startswith(LOOKS):
            form.is_valid()
            return self.render_to_response(self.get_context_data(form=self._unjudged(form)))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def _unjudged(self, form: FilingForm) -> FilingForm:
        """Looking is not handing in: only what concerns the subject is shown as wrong."""
        for name in [each for each in form.errors if each not in ("subject", "subject_unit", "official")]:
            del form.errors[name]
        return form

    def form_invalid(self, form: FilingForm) -> HttpResponse:
        """This will show the form again with all its errors at once, as 422."""
        if problem := form.judged(now=self.now):
            show(form, problem)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: FilingForm) -> HttpResponse:
        """This will save the draft first, so that nothing typed is lost, and then hand it in if asked."""
        try:
            record = self.save(form)
        except Stale as refusal:
            return self.clash(form, refusal)
        except Refused as refusal:
            return self.refused(form, refusal)
        return self._after_saving(form, record)

    def _after_saving(self, form: FilingForm, record: DishonestyRecord) -> HttpResponse:
        """Keep the attached file and hand the record in; a refusal now leaves a draft, and the page says so."""
        try:
            if upload := form.cleaned_data.get("source"):
                evidence.add(actor=self.user, record=record, kind="source", upload=upload, now=self.now)
            if self.request.POST.get("act") == "submit":
                record.refresh_from_db()
                drafting.submit(actor=self.user, record=record, version=record.version, now=self.now)
        except Refused as refusal:
            return self._kept_as_draft(form, record, refusal)
        return self._saved(record)

    def _kept_as_draft(self, form: FilingForm, record: DishonestyRecord, refusal: Refused) -> HttpResponse:
        """The content is safe; what still hinders the submission stands at its field."""
        record.refresh_from_db()
        self.record = record
        again = FilingForm(
            initial=initial_of(record), data=self._data_of(record), **{k: v for k, v in self.get_form_kwargs().items()
            if k in ("today", "kept", "pinned")},
        )  # fmt: skip
        again.is_valid()
        show(again, refusal)
        told = _("内容已存为草稿 %(number)s，还没有提交。") % {"number": record.number}
        context = self.get_context_data(form=again, link=refusal.link, told=told)
        return self.render_to_response(context, status=refusal.status)

    def _data_of(self, record: DishonestyRecord) -> Any:
        data = self.request.POST.copy()
        data["version"], data["key"] = str(record.version), str(record.pk)
        return data

    def _saved(self, record: DishonestyRecord) -> HttpResponse:
        record.refresh_from_db()
        if record.state == "pending_review":
            messages.success(self.request, _("已提交 %(number)s，现在等部门审核人初审。") % {"number": record.number})
        else:
            messages.success(self.request, _("已存为草稿 %(number)s，随时可以接着填。") % {"number": record.number})
        return redirect(record_url(record))

    def refused(self, form: FilingForm, refusal: Refused) -> HttpResponse:
        """This will show the refusal at its field with its own status; nothing was stored."""
        show(form, refusal)
        return self.render_to_response(self.get_context_data(form=form, link=refusal.link), status=refusal.status)

    @abstractmethod
    def save(self, form: FilingForm) -> DishonestyRecord:
        """This will call the service."""

    def clash(self, form: FilingForm, refusal: Stale) -> HttpResponse:
        """This will lay both versions side by side; only an edit can clash."""
        return self.refused(form, refusal)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will add what stands beside the form."""
        context = super().get_context_data(**more)
        form = context["form"]
        return (
            context
            | beside.beside(form, self.now, self.record)
            | {
                "record": self.record,
                "evidence": self._evidence(),
                "returned_because": self._returned_because(),
                "duplicates": beside.twins(form, self.record, user=self.user, now=self.now),
                "found": beside.found(form),
                "facts_hits": beside.facts_hits(form, self.record),
                "next_step": _("提交后由部门另一人初审；他审之前您可以收回。"),
                "error_heading": context.get("told", ""),
            }
        )

    def _evidence(self) -> list[Any]:
        if self.record is None:
            return []
        return list(self.record.evidence.filter(removed_at=None).order_by("added_at", "id"))

    def _returned_because(self) -> str:
        if self.record is None or self.record.state != "returned":
            return ""
        latest = self.record.remarks.filter(action__in=RETURNS).order_by("-at").first()
        return latest.text if latest else ""


class NewRecord(FilingPage):
    """A clerk registers a record; the key in the form makes a second press give the first record."""

    def save(self, form: FilingForm) -> DishonestyRecord:
        """This will register the draft for the clerk's department."""
        home = self._home()
        key = form.cleaned_data.get("key")
        if home is None:
            raise NotAllowed(_("不能由您办：登记属于填报人"))
        if key is None:
            raise Invalid(_("页面已过期，请重新打开登记页"))
        return drafting.register(actor=self.user, key=key, department=home, filing=form.filing(), now=self.now)

    def _home(self) -> Department | None:
        found = scope.departments(user=self.user, now=self.now, roles_wanted=HOME_ROLES)
        return found.order_by("path").first()

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say who files and for which department."""
        home = self._home()
        subline = _("填报人 %(person)s · %(department)s") % {
            "person": self.user.display_name, "department": home.name if home else _("（您不是填报人）"),
        }  # fmt: skip
        return super().get_context_data(heading=_("登记失信记录"), subline=subline, **more)


class EditRecord(RecordForm, FilingPage):
    """A clerk goes on with a draft or mends a returned record."""

    record: DishonestyRecord

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show the form, and note what the person has before him, should somebody else save meanwhile."""
        page = super().get(request, *args, **kwargs)
        looking.look(user=self.user, record=self.record, now=self.now)
        return page

    def save(self, form: FilingForm) -> DishonestyRecord:
        """This will write the content as the next version."""
        version = form.cleaned_data.get("version")
        if version is None:
            raise Stale(_("页面已过期，请刷新后再改"))
        return drafting.edit(actor=self.user, record=self.record, filing=form.filing(), version=version, now=self.now)

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will take the other's values where the clerk chose them after a clash."""
        given = super().get_form_kwargs()
        if "data" in given:
            given["data"] = conflicts.merged(given["data"], self.record)
        return given

    def clash(self, form: FilingForm, refusal: Stale) -> HttpResponse:
        """This will show base, yours and theirs field by field; nothing of either side is lost."""
        self.record.refresh_from_db()
        names = [name for name in form._plain() if name in form.fields]
        given = {
            name: form.cleaned_data.get(name) for name in (*names, "basis_codes", "key_areas", "sanctions_proposed")
        }
        found = conflicts.clashes(user=self.user, record=self.record, typed=given)
        data = self.request.POST.copy()
        data["version"] = str(self.record.version)
        hidden = [(key, value) for key in data if key != "csrfmiddlewaretoken" for value in data.getlist(key)]
        context = {**self.frame(), "refusal": str(refusal), "clashes": found, "hidden": hidden}
        return render(self.request, "staff/records/clash.html", context, status=409)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say which record this is and when it was saved."""
        subline = _("%(number)s · 第 %(edition)d 版内容 · 填报人 %(person)s") % {
            "number": self.record.number, "edition": self.record.edition, "person": self.record.filer.name if self.record.filer else _("待接手"),
        }  # fmt: skip
        returned = self.record.state == "returned"
        heading = _("补正失信记录") if returned else _("修改失信记录")
        return super().get_context_data(heading=heading, subline=subline, **more)


class Preview(View):
    """The consequences beside the form, sent alone to the script that keeps them current; it stores nothing."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """This will read what was typed so far and say what it would bring."""
        now = clock.now()
        form = FilingForm(data=request.POST, today=clock.local_day(now))
        form.is_valid()
        return render(request, "staff/records/consequences.html", beside.beside(form, now))


class Units(View):
    """Units for the first characters typed, for the list under the field."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """This will give at most twelve units as code and name."""
        found = subjects.suggest(request.GET.get("q", ""), on=clock.local_day(clock.now()))
        return JsonResponse({"items": [{"code": each.uscc, "name": each.name} for each in found]})
