"""Before applying: whether and from when a record can be repaired, what is needed, and the form that opens a case."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import wording
from ledger.refusals import Refused
from records.models import CreditRepair
from records.services.repairs import applying, court
from records.services.repairs.applying import Application
from records.web.pages import FormPage, RecordAct, RecordView, show
from records.web.repairs import doors, forms
from records.workflow import guards
from records.workflow.record import RECORD
from records.workflow.repairs import clocks, eligibility, materials, pledge
from rules import parameters
from rules.clock import local_day
from rules.derivation import derive
from rules.workflow import GuardContext


class Before(RecordView, TemplateView):
    """What stands in the way of a repair, from which day on it does not, and what to bring."""

    template_name = "staff/repairs/before.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will ask the one selector the acts ask too."""
        found = eligibility.of(self.record, now=self.now)
        today = local_day(self.now)
        context = {
            "eligibility": found,
            "standing": standing(found),
            "wanted": materials.wanted(self.record, on=today),
            "pledge": pledge.text(self.record, now=self.now),
            "fee": parameters.value("repair.fee", on=today),
            "days": _days(max(found.earliest or today, today)) if not found.is_closed_for_good else [],
            "repairs": self._repairs(),
            "may_apply": doors.speaks(self.record, self.user, self.now) and not found.is_closed_for_good,
            "may_enter": doors.enters(self.record, self.user, self.now) and not found.is_closed_for_good,
            "may_delist": doors.may_delist(self.record, self.user, self.now),
        }
        return super().get_context_data(**self.frame(), **context, **more)

    def _repairs(self) -> list[CreditRepair]:
        seen = CreditRepair.objects.visible_to(self.user, self.now).filter(record=self.record)
        return list(seen.order_by("-opened_on", "-number"))


def standing(found: eligibility.Eligibility) -> dict[str, str]:
    """Two lines: whether, and from when or why not."""
    first = found.first_unmet
    if first is None:
        return {"tone": "ok", "icon": "check", "title": _("现在可以申请修复"), "text": _("不收费。")}
    if first.never:
        return {"tone": "warn", "icon": "warn", "title": first.said, "text": first.elsewhere}
    opens = found.earliest
    title = _("现在还不能申请：%s") % first.said
    text = ""
    if opens is not None and found.decisive is not None and not found.decisive.is_met:
        rule = "" if found.decisive is first else found.decisive.said
        text = _("最早%(day)s可以申请。%(rule)s") % {"day": wording.day(opens), "rule": rule}
    return {"tone": "info", "icon": "clock", "title": title, "text": text}


def _days(start: date) -> list[dict[str, str]]:
    """What happens by when if one applies on a day, each with its rule."""
    steps = (
        (clocks.CHECK, _("核对材料，缺件一次告知")),
        (clocks.DECIDE, _("认定单位作出决定")),
        (clocks.ANSWER, _("最迟答复申请人")),
    )
    told = [{"label": _("%s申请") % wording.day(start), "result": _("提交申请和承诺书"), "rule": ""}]
    for rule, what in steps:
        found = derive(rule, start)
        told.append({"label": wording.day(found.due_on), "result": what, "rule": str(found.label)})
    return told


class Apply(RecordView, FormPage):
    """The subject opens an application."""

    template_name = "staff/repairs/apply.html"
    form_class = forms.NewApplicationForm
    question: ClassVar[Any] = gettext_lazy("起草信用修复申请")
    is_paper: ClassVar[bool] = False

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the measures of today."""
        return {**super().get_form_kwargs(), "today": local_day(self.now)}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show beside the form what is needed."""
        found = eligibility.of(self.record, now=self.now)
        own = {
            "question": self.question,
            "is_paper": self.is_paper,
            "standing": standing(found),
            "wanted": materials.wanted(self.record, on=local_day(self.now)),
            "back": reverse("repairs:before", args=[self.record.pk]),
        }
        return super().get_context_data(**{**self.frame(), **own, **more})

    def form_valid(self, form: Any) -> HttpResponse:
        """This will open the case, or say why not."""
        kept = form.cleaned_data
        typed = Application(grounds=kept["grounds"], measures=tuple(kept["measures"]), agent_name=kept["agent_name"])
        try:
            repair = applying.open_draft(
                actor=self.user, key=kept["key"], record=self.record, typed=typed, now=self.now,
                is_paper=self.is_paper,
            )  # fmt: skip
        except Refused as refusal:
            show(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        messages.success(self.request, _("申请已存为草稿。交齐材料后提交。"))
        return redirect("repairs:repair", pk=repair.pk)

    def form_invalid(self, form: Any) -> HttpResponse:
        """This will show the form again with its errors, as 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class EnterPaper(Apply):
    """The office enters an application that came on paper."""

    question = gettext_lazy("代录纸质修复申请")
    is_paper = True


class Delist(RecordAct):
    """The court has taken the entry off its list."""

    form_class = forms.DelistForm
    question = gettext_lazy("登记法院移出名单？")
    keeps = gettext_lazy("记录照录法院名单，登记后随即结束：公示撤下，惩戒措施解除，报省信用平台。以法院文书为准。")
    verb = gettext_lazy("登记移出")
    done = gettext_lazy("已登记法院移出名单，记录随即结束。")
    is_grave = True

    def get_initial(self) -> dict[str, Any]:
        """This will put in the court that listed it."""
        return {**super().get_initial(), "court": self.record.issuer_name}

    def closed_to_reader(self, page: str) -> str:
        """This will ask the rule the act itself asks: it is no arrow of the record's table."""
        stands = RECORD.standing_of(self.record, self.user, self.now)
        return stands.tie or str(guards.impartial(GuardContext(self.record, self.user, self.now)) or "")

    def act(self, kept: dict[str, Any]) -> None:
        """This will end the record by the court's word."""
        court.delist(
            actor=self.user, record=self.record, court=kept["court"], number=kept["number"],
            delisted_on=kept["delisted_on"], version=kept["version"], now=self.now,
        )  # fmt: skip
