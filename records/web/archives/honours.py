"""Honours: list, page, and the acts on one."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import policy, wording
from accounts.models import Department, Official, User
from ledger.refusals import Refused, Stale
from records.models import CheckRun, Honour
from records.services.archives import honouring
from records.web.archives.subjects import url
from records.web.cases.lists import CaseList
from records.web.cases.pages import CaseAct, CasePage, CaseView
from records.web.content import Fact
from records.web.forms.acts import PlainForm, ReasonForm
from records.web.forms.honours import HonourForm, initial_of
from records.web.pages import StaffRequest, show
from records.workflow.archives.kind import KIND
from records.workflow.archives.restricting import Subject
from rules import clock, codes, explaining

KEEPERS = ("clerk", "personnel")


def facts(honour: Honour) -> list[Fact]:
    """This will give the content of an honour in the order it is read."""
    whom = _("个人") if honour.official_id else honour.subject_department.uscc
    told = [
        Fact(_("授予对象"), honour.subject_name, code="" if honour.official_id else whom, note=honour.department_name),
        Fact(_("荣誉名称"), honour.title, note=codes.label("honour_level", honour.level)),
        Fact(_("授予机关"), honour.granted_by),
        Fact(_("表彰文号"), honour.document_number),
        Fact(_("表彰日期"), wording.day(honour.granted_on)),
        Fact(_("有效期"), _("到%s止") % wording.day(honour.valid_to) if honour.valid_to else _("没有期限")),
        Fact(_("激励措施"), "、".join(codes.label("incentive", code) for code in honour.incentives)),
        Fact(_("撤销"), honour.withdrawn_because, note=wording.day(honour.withdrawn_on), is_prose=True),
    ]
    return [fact for fact in told if fact.text]


class OfHonour(CaseView):
    """What every page of one honour shares."""

    kind = KIND

    def facts(self) -> list[Fact]:
        """This will say what was given to whom."""
        return facts(self.case)


class HonourList(CaseList):
    """The honours a person may see."""

    kind = KIND
    template_name = "staff/archives/honours.html"
    columns = (gettext_lazy("授予对象"), gettext_lazy("有效期至"))

    def cells(self, case: Any) -> list[Any]:
        """This will say who was honoured, and until when."""
        return [case.subject_name, wording.day(case.valid_to)]

    def extra(self) -> dict[str, Any]:
        """This will offer to register one."""
        allowed = policy.allows(user=self.request.user, name="archives:new_honour", now=clock.now()).allowed
        return {"may_register": allowed}


class HonourPage(OfHonour, CasePage):
    """One honour."""

    template_name = "staff/archives/honour.html"
    acts = {
        "propose": "archives:propose_honour",
        "edit": "archives:edit_honour",
        "grant": "archives:grant_honour",
        "send_back": "archives:send_back_honour",
        "withdraw": "archives:withdraw_honour",
    }
    main = ("propose", "grant")
    grave = frozenset({"withdraw"})

    def extra(self) -> dict[str, Any]:
        """This will show the check made for it, and the measures that follow from it."""
        run = self.case.check_run or self._stopping()
        return {
            "check": run,
            "check_url": url("archives:check", run.pk) if run and self._sees(run) else "",
            "measures": [_measure(each) for each in self.case.measures.order_by("code")],
        }

    def _stopping(self) -> CheckRun | None:
        """The check that stopped it: of a draft nobody could hand in, the last one made for it."""
        made = CheckRun.objects.filter(department=self.case.department, business_ref=self.case.number)
        found: CheckRun | None = made.order_by("-checked_at").first()
        return found

    def _sees(self, run: Any) -> bool:
        return bool(type(run).objects.visible_to(self.user, self.now).filter(pk=run.pk).exists())


def _measure(measure: Any) -> dict[str, str]:
    return {
        "label": codes.label("incentive", measure.code, measure.starts_on),
        "basis": measure.basis,
        "state": measure.get_state_display(),
        "until": wording.day(measure.ended_on or measure.ends_on),
    }


class Propose(OfHonour, CaseAct):
    """Check the one honoured, and hand the honour in."""

    form_class = PlainForm
    question = gettext_lazy("提请授予这项荣誉？")
    keeps = explaining.filling(
        gettext_lazy(
            "先以“评优评先”为用途核查授予对象，核查留存 {retention.query_log_years}；结果为“限制”的，提请停止。"
        )
    )
    verb = gettext_lazy("核查并提请")
    done = gettext_lazy("核查没有限制，已提请，现在等审核人或负责人授予。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will check and propose."""
        honouring.propose(actor=self.user, honour=self.case, version=kept["version"], now=self.now)


class SendBack(OfHonour, CaseAct):
    """Return it."""

    form_class = ReasonForm
    question = gettext_lazy("退回登记人？")
    verb = gettext_lazy("退回")
    done = gettext_lazy("已退回登记人。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will return it with the reason."""
        honouring.send_back(
            actor=self.user, honour=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class Grant(OfHonour, CaseAct):
    """Grant it."""

    form_class = PlainForm
    question = gettext_lazy("授予这项荣誉？")
    keeps = gettext_lazy("授予前再查一次在册记录。授予后记入诚信档案，激励措施即日可享受。")
    verb = gettext_lazy("授予")
    done = gettext_lazy("已授予，激励措施生效。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will grant it."""
        honouring.grant(actor=self.user, honour=self.case, version=kept["version"], now=self.now)


class Withdraw(OfHonour, CaseAct):
    """Withdraw it."""

    form_class = ReasonForm
    question = gettext_lazy("撤销这项荣誉？")
    keeps = gettext_lazy("撤销后激励措施随即停止，理由留在档案里。")
    verb = gettext_lazy("撤销荣誉")
    done = gettext_lazy("已撤销，激励措施停止。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will withdraw it with the reason."""
        honouring.withdraw(
            actor=self.user, honour=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class HonourForms(TemplateView):
    """What registering and editing share."""

    request: StaffRequest
    user: User
    honour: Honour | None = None
    template_name = "staff/archives/honour_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show the form."""
        return self.page(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will save it, or say at the field why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            kept = self.save(form)
        except Stale as refusal:
            form.add_error(None, refusal.message)
            return self.page(form, status=409)
        except Refused as refusal:
            show(form, refusal)
            return self.page(form, status=refusal.status)
        messages.success(request, _("已保存 %s，核对后提请授予。") % kept.number)
        return redirect("archives:honour", kept.pk)

    def page(self, form: HonourForm, status: int = 200) -> HttpResponse:
        """This will draw it."""
        context = self.get_context_data(form=form, honour=self.honour)
        return self.render_to_response(context, status=status)

    def form(self, data: Any = None) -> HonourForm:
        """This will offer the unit, what lies below it, and their people."""
        home, today = self.home(), clock.local_day(clock.now())
        subjects = candidates(home) if home is not None else []
        return HonourForm(data, initial=initial_of(self.honour), subjects=subjects, today=today)

    def home(self) -> Department | None:
        """This will give the department that keeps the register."""
        held = self.request.user.grants(clock.now())
        return next((grant.department for grant in held if grant.role in KEEPERS), None)

    @abstractmethod
    def save(self, form: HonourForm) -> Honour:
        """This will call the service."""


class NewHonour(HonourForms):
    """Register one."""

    def save(self, form: HonourForm) -> Honour:
        """This will keep a draft."""
        home = self.home()
        assert home is not None  # noqa: S101  the policy lets nobody else here
        key = form.cleaned_data["key"] or initial_of(None)["key"]
        return honouring.register(
            actor=self.request.user, key=key, department=home, award=form.award(), now=clock.now()
        )


class EditHonour(HonourForms, OfHonour):
    """Edit a draft."""

    def home(self) -> Department | None:
        """This will give the honour's own department."""
        self.honour = self.case
        kept: Department = self.case.department
        return kept

    def save(self, form: HonourForm) -> Honour:
        """This will replace the draft's content."""
        version = form.cleaned_data["version"]
        return honouring.edit(actor=self.user, honour=self.case, award=form.award(), version=version or 0, now=self.now)


def candidates(home: Department) -> list[Subject]:
    """This will give whom a department may honour: itself, what lies below it, and their people."""
    units = list(Department.objects.within(home).order_by("path"))
    people = Official.objects.filter(department__in=units).select_related("person", "department")
    return [Subject(unit) for unit in units] + [
        Subject(row.department, row) for row in people.order_by("department__path", "id")
    ]
