"""The draft, the decision and the review, each with a look at what would change before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import Refused
from records.models import Outcome
from records.services.objections import deciding, investigating, reviewing, timing
from records.web.cases.proposals import SigningPage
from records.web.forms import objections as forms
from records.web.objections import told
from records.web.objections.acts import ObjectionAct
from records.web.objections.pages import ObjectionView
from records.web.pages import show
from records.workflow.objections import outcomes, proposing
from records.workflow.objections.proposing import Change
from rules import explaining
from rules.models import Proposal

CONSEQUENCES = {
    Outcome.CORRECT: gettext_lazy("记录出新的一版，旧版留存；平台和公示页随即更换文字。"),
    Outcome.REVOKE: explaining.filling(
        gettext_lazy("记录撤销，公示即刻撤下，惩戒措施解除；{push.withdraw_days}内报省信用平台。")
    ),
    Outcome.STOP: gettext_lazy("公示即刻停止，不再恢复；记录留存，惩戒措施照旧。"),
    Outcome.DISMISS: gettext_lazy("记录不变，公示到期满为止。"),
}


def consequences(outcome: str) -> list[dict[str, Any]]:
    """This will say what an outcome brings, in the order it happens."""
    if outcome not in Outcome.values:
        return []
    return [
        {"label": _("标注"), "result": _("去掉“异议处理中”"), "rule": _("即时报省信用平台")},
        {"label": _("记录"), "result": str(CONSEQUENCES[Outcome(outcome)]), "rule": ""},
        {
            "label": _("申请人"),
            "result": _("网上提出的即时送达"),
            "rule": explaining.filled(_("{objection.review_apply_days}内可以申请复核一次")),
        },
    ]


def content_of(record: Any, kept: dict[str, Any], *, now: Any) -> dict[str, Any]:
    """This will give what a correction changes; any other outcome changes no words."""
    if kept.get("outcome") != Outcome.CORRECT:
        return {}
    names = (*forms.WORDS, "severity", "sanctions", "period_until")
    read = {name: tuple(kept[name]) if isinstance(kept[name], list) else kept[name] for name in names if name in kept}
    given: dict[str, Any] = {name: value for name, value in read.items() if value not in (None, "")}
    return proposing.content(record, Change(**given), now=now)


class DraftAct(ObjectionAct):
    """A form with the words of a correction, and the difference before it is done."""

    template_name = "staff/objections/draft.html"
    form_class: Any = forms.DraftForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will tell the form of the record."""
        return super().get_form_kwargs() | {"record": self.case.record}

    def get_initial(self) -> dict[str, Any]:
        """This will start from the words in force, or from the draft that was sent back."""
        record = self.case.record
        held = {name: getattr(record, name) for name in (*forms.WORDS, "severity", "sanctions", "period_until")}
        drafted = {"findings": self.case.findings, "outcome": self.case.proposed} if self.case.draft_queried else {}
        return {**super().get_initial(), **held, **drafted, **(self.case.content if drafted else {})}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show the difference, or go on."""
        form = self.get_form()
        if request.POST.get("act") != "preview":
            return self.form_valid(form) if form.is_valid() else self.form_invalid(form)
        form.is_valid()
        try:
            content = content_of(self.case.record, form.cleaned_data, now=self.now)
            problem = outcomes.acceptable(self.case, form.cleaned_data.get("outcome", ""), content)
        except Refused as refusal:
            content, problem = {}, refusal
        if problem is not None:
            show(form, problem)
        return self._look(form, content)

    def _look(self, form: Any, content: dict[str, Any]) -> HttpResponse:
        changes = told.changes(self.case, content)
        lines = consequences(form.cleaned_data.get("outcome", ""))
        context = self.get_context_data(form=form, changes=changes, consequences=lines)
        return self.render_to_response(context, status=422 if form.errors else 200)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say whether the difference was asked for, and why a draft came back."""
        form: Any = more.get("form") or self.get_form()
        shared = {"changes": None, "words": form.correctable(), "queried": self.case.draft_queried, "form": form}
        return super().get_context_data(**{**shared, **more})


class Draft(DraftAct):
    """The handler proposes what to decide."""

    question = gettext_lazy("提出拟处理意见")
    keeps = gettext_lazy("交另一名没有经手过的人决定；您提出以后不能决定。只能改对或者改轻，不能加重。")
    verb = gettext_lazy("交决定")
    done = gettext_lazy("已交决定。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will propose it."""
        content = content_of(self.case.record, kept, now=self.now)
        investigating.draft(**self.given(kept), findings=kept["findings"], outcome=kept["outcome"], content=content)


class UpholdReview(DraftAct):
    """A new person of the superior office proposes to grant what was refused; a second one signs."""

    form_class = forms.ReviewForm
    question = gettext_lazy("复核决定：成立")
    keeps = gettext_lazy("由另一名没有经手过的复核人签署后生效；只能改对或者改轻。")
    verb = gettext_lazy("提出，等签署")
    done = gettext_lazy("已提出复核决定，等另一人签署。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the proposal."""
        content = content_of(self.case.record, kept, now=self.now)
        reviewing.propose(
            **self.given(kept),
            outcome=kept["outcome"],
            reasons=kept["findings"],
            number=kept["document_number_decision"],
            content=content,
        )


class Decide(ObjectionAct):
    """The decider confirms the draft: what it says and what it would change stand before the form."""

    template_name = "staff/objections/decide.html"
    form_class = forms.DecisionForm
    keeps = gettext_lazy("决定须与拟处理意见一致；不同意的，请退回重拟。")
    verb = gettext_lazy("作出决定")
    done = gettext_lazy("已作出决定，标注已去掉，记录已按决定处理。")

    @property
    def is_grave(self) -> bool:  # type: ignore[override]
        """Whether the outcome cannot be undone."""
        return bool(self.case.proposed == Outcome.REVOKE)

    def get_initial(self) -> dict[str, Any]:
        """This will start from the handler's findings."""
        return {**super().get_initial(), "reasons": self.case.findings}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show what was proposed and what it would change."""
        proposed = self.case.get_proposed_display() if self.case.proposed else ""
        shared: Mapping[str, Any] = {
            "question": _("决定：%s？") % proposed if proposed else _("作出决定"),
            "changes": told.changes(self.case, self.case.content),
            "consequences": consequences(self.case.proposed),
        }
        return {**super().get_context_data(**more), **shared}

    def act(self, kept: dict[str, Any]) -> None:
        """This will decide it."""
        deciding.decide(**self.given(kept), reasons=kept["reasons"], number=kept["document_number"])


class ProposalPage(SigningPage, ObjectionView):
    """An extension the main head approves, or a review a second person signs."""

    verb = gettext_lazy("签署")
    keeps = gettext_lazy("签署后随即生效。")
    done = gettext_lazy("已签署，随即生效。")

    def sign(self, proposal: Proposal) -> None:
        """This will sign it."""
        service = timing.sign_extension if proposal.action == "extend" else reviewing.sign
        service(actor=self.user, proposal=proposal, now=self.now)

    def decline(self, proposal: Proposal, reason: str) -> None:
        """This will decline it."""
        timing.decline(actor=self.user, proposal=proposal, reason=reason, now=self.now)

    def told(self, proposal: Proposal) -> list[dict[str, str]]:
        """This will say what a review decision carries."""
        facts = proposal.facts
        if "outcome" not in facts:
            return []
        rows = [
            {"label": _("决定"), "text": str(Outcome(facts["outcome"]).label)},
            {"label": _("决定书文号"), "text": facts["document_number"]},
        ]
        return rows + [
            {"label": change.label, "text": f"{change.old} → {change.new}"}
            for change in told.changes(self.case, facts["content"])
        ]
