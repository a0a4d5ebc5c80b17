"""Filing pages: eligibility first, then the form; drafts, paper filings, supplements, files."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from ledger.refusals import Invalid, Refused, Stale
from records.models import CreditRepair, Objection, ObjectionState, RepairState
from records.selectors import objections
from records.services import attachments
from records.services.objections import filing
from records.web.cases.pages import CaseAct
from records.web.forms.objections import (
    EvidenceForm,
    RegistrationForm,
    StatementForm,
    SupplementForm,
    statement_of,
)
from records.web.objections.pages import ObjectionView
from records.web.pages import RecordView, show
from records.workflow import publicity
from records.workflow.objections.kind import KIND
from rules import explaining
from rules.clock import local_day

if TYPE_CHECKING:
    FormPage = FormView[Form]
else:
    FormPage = FormView


class StatementPage(FormPage):
    """The form of an objection; what was typed is saved as a draft before it is handed in."""

    template_name = "staff/objections/form.html"
    form_class = StatementForm
    user: Any
    now: Any

    @abstractmethod
    def save(self, form: Any) -> Objection:
        """This will call the service."""

    def form_valid(self, form: Form) -> HttpResponse:
        """This will save, keep the file, and hand in if asked; a refusal stands at its field."""
        saved: Objection | None = None
        try:
            saved = self.save(form)
            self.keep(form, saved)
        except Refused as refusal:
            return self.refused(form, refusal, saved)
        words = (
            explaining.filled(_("已提交 %s，{objection.accept_days}内告知是否受理。")) % saved.number
            if saved.number
            else _("已存为草稿，还没有提交。")
        )
        messages.success(self.request, words)
        return redirect(KIND.address(saved))

    def keep(self, form: Any, objection: Objection) -> None:
        """This will add the file, and hand the draft in where that was pressed."""
        if upload := form.cleaned_data.get("evidence"):
            filing.attach(actor=self.user, objection=objection, upload=upload, now=self.now)
        if self.request.POST.get("act") == "submit" and objection.state == ObjectionState.DRAFT:
            handed_in = filing.submit(actor=self.user, objection=objection, version=objection.version, now=self.now)
            objection.number = handed_in.number

    def form_invalid(self, form: Form) -> HttpResponse:
        """This will show the form again with its errors, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def refused(self, form: Form, refusal: Refused, saved: Objection | None) -> HttpResponse:
        """This will show the refusal; what was saved already stays, and the form goes on with it."""
        if saved is not None:
            data = self.request.POST.copy()
            data["version"], data["key"] = str(saved.version), str(saved.pk)
            form.data = data
        show(form, refusal)
        told = _("内容已存为草稿，还没有提交。") if saved is not None else ""
        context = self.get_context_data(form=form, link=refusal.link, told=told)
        return self.render_to_response(context, status=refusal.status)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say the days one may count on."""
        suspends = publicity.suspends_from(local_day(self.now))
        return super().get_context_data(days=objections.promised(now=self.now), suspends=suspends, **more)


class NewObjection(RecordView, StatementPage):
    """The subject objects to a record; before the form it is said whether that is possible."""

    def get_initial(self) -> dict[str, Any]:
        """This will give the form the key of the case to be, and its ground where it comes from a refused repair."""
        ground = {"ground": "REPAIR_RESULT"} if self._repair() else {}
        return {**super().get_initial(), "key": uuid4(), **ground}

    def _repair(self) -> CreditRepair | None:
        """The refused repair of this record the address names."""
        try:
            key = UUID(self.request.GET.get("repair", ""))
        except ValueError:
            return None
        refused = CreditRepair.objects.filter(pk=key, record=self.record, state=RepairState.REFUSED)
        found: CreditRepair | None = refused.first()
        return found

    def save(self, form: Any) -> Objection:
        """This will open the draft, or go on with the one this form opened before."""
        key = form.cleaned_data.get("key")
        if key is None:
            raise Invalid(_("页面已过期，请重新打开"))
        given = {"actor": self.user, "statement": form.statement(), "now": self.now}
        opened = filing.open_draft(key=key, record=self.record, repair=self._repair(), **given)
        version = form.cleaned_data.get("version")
        return filing.edit(objection=opened, version=version, **given) if version else opened

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say whether the reader may object, and until when."""
        able = objections.eligibility(user=self.user, record=self.record, now=self.now)
        address = KIND.address(able.objection) if able.objection else ""
        return super().get_context_data(**self.frame(), able=able, case_url=address, **more)


class EditObjection(ObjectionView, StatementPage):
    """The subject goes on with his draft."""

    def get_initial(self) -> dict[str, Any]:
        """This will start from the draft."""
        return statement_of(self.case)

    def save(self, form: Any) -> Objection:
        """This will write the draft as its next version."""
        version = form.cleaned_data.get("version")
        if version is None:
            raise Stale(_("页面已过期，请刷新后再改"))
        return filing.edit(
            actor=self.user, objection=self.case, statement=form.statement(), version=version, now=self.now
        )

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will name the record and the files so far."""
        files = attachments.held(self.case)
        return super().get_context_data(**{**self.frame(), "record": self.case.record, "held": files, **more})


class RegisterObjection(RecordView, StatementPage):
    """An officer registers what came on paper."""

    template_name = "staff/objections/register.html"
    form_class = RegistrationForm

    def get_initial(self) -> dict[str, Any]:
        """This will give the form the key of the case to be."""
        return {**super().get_initial(), "key": uuid4()}

    def save(self, form: Any) -> Objection:
        """This will register the filing with its papers."""
        kept = form.cleaned_data
        if kept.get("key") is None:
            raise Invalid(_("页面已过期，请重新打开"))
        paper = kept.get("evidence")
        return filing.register(
            actor=self.user,
            key=kept["key"],
            record=self.record,
            statement=form.statement(),
            agent_name=kept["agent_name"],
            received_on=kept["received_on"],
            proof=kept.get("proof"),
            papers=[paper] if paper else [],
            now=self.now,
        )

    def keep(self, form: Any, objection: Objection) -> None:
        """This will do nothing more: the papers were kept with the registration."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will name the record."""
        return super().get_context_data(**self.frame(), **more)


class Supplement(ObjectionView, CaseAct):
    """The applicant hands in what was missing."""

    template_name = "staff/objections/supplement.html"
    form_class = SupplementForm
    question = gettext_lazy("提交补正？")
    keeps = gettext_lazy("补正以后重新计算受理期限；不会再要求第二次补正。")
    verb = gettext_lazy("提交补正")
    done = explaining.filling(gettext_lazy("已提交补正，{objection.accept_days}内告知是否受理。"))

    def get_initial(self) -> dict[str, Any]:
        """This will start from what was said before."""
        return {**super().get_initial(), **statement_of(self.case)}

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the file, then hand in again."""
        if kept.get("version") is None:
            raise Stale(_("页面已过期，请刷新后再办"))
        if upload := kept.get("evidence"):
            filing.attach(actor=self.user, objection=self.case, upload=upload, now=self.now)
        form = self.get_form()
        form.is_valid()
        filing.supplement(
            actor=self.user,
            objection=self.case,
            statement=form.statement(),  # type: ignore[attr-defined]
            note=kept["note"],
            version=kept["version"],
            now=self.now,
        )


class Attach(ObjectionView, CaseAct):
    """One more piece of evidence for a draft or a supplement."""

    form_class = EvidenceForm
    question = gettext_lazy("添加证据")
    keeps = gettext_lazy("文件以随机名存放，只给能看这件异议的人下载。")
    verb = gettext_lazy("添加")
    done = gettext_lazy("已存好附件。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the file."""
        filing.attach(actor=self.user, objection=self.case, upload=kept["file"], now=self.now)


class Detach(ObjectionView):
    """A piece of evidence is taken out of a draft again."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """This will mark the file as removed, or say why not."""
        item = attachments.held(self.case).filter(pk=kwargs["item"]).first()
        if item is None:
            raise Http404
        try:
            filing.detach(actor=self.user, objection=self.case, item=item, now=self.now)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已去掉附件。"))
        return redirect(KIND.address(self.case))
