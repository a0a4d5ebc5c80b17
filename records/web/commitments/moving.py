"""How the words of a promise move: amendment and lawful change, proposed by one office, signed by another."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from records.selectors.differences import pieces
from records.services.commitments import amending, changing, drafting
from records.web.cases.pages import CaseView
from records.web.cases.proposals import SigningPage
from records.web.commitments import telling
from records.web.commitments.acts import PromiseAct
from records.web.forms.acts import ReasonForm
from records.web.forms.promises import AmendmentForm, ChangeForm, CompensationForm, OpinionForm
from records.workflow.commitments import contents, differences
from records.workflow.commitments.kind import KIND
from rules import clock
from rules.models import Proposal


class WordsAct(PromiseAct):
    """An act whose form holds new words and milestones."""

    template_name = "staff/commitments/words.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will hand the form the day and the milestones that may still move."""
        given = super().get_form_kwargs()
        return given | {"today": clock.local_day(self.now), "steps": self.steps()}

    def steps(self) -> Any:
        """This will give the milestones the form starts with."""
        return drafting.steps_typed(self.case)

    def get_initial(self) -> dict[str, Any]:
        """This will start from the present words."""
        names = ("title", "content", "to_whom", "measure", "starts_on", "due_on", "key_areas")
        return super().get_initial() | {name: getattr(self.case, name) for name in names}


class Amend(WordsAct):
    """Propose other words."""

    form_class = AmendmentForm
    question = _("修订文字？")
    keeps = _("信用牵头部门签署后成为新的一版；旧版留存，改了什么谁都看得到。到期日只能提前，推迟要走依法变更。")
    verb = _("提出修订")
    done = _("已提出，等信用牵头部门签署。")

    def steps(self) -> Any:
        """This will give the milestones nobody has reported."""
        return amending.open_steps(self.case)

    def act(self, kept: dict[str, Any]) -> None:
        """This will propose them."""
        form: Any = self.form
        amending.propose(**self.given, promise=form.promise(), reason=kept["reason"], version=kept["version"])

    def form_valid(self, form: Any) -> Any:
        """This will keep the form for its milestones."""
        self.form = form
        return super().form_valid(form)


class RequestChange(WordsAct):
    """Ask for a lawful change."""

    form_class = ChangeForm
    question = _("申请依法变更？")
    keeps = _("只有国家利益、公共利益需要才能变更，并须给予公平、合理、及时的补偿；主要负责人和信用牵头部门先后批准。")
    verb = _("提出变更申请")
    done = _("已提出变更申请；登记补偿情况后，等主要负责人审批。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will ask for it."""
        form: Any = self.form
        asked = changing.Request(
            basis_codes=tuple(kept["basis_codes"]),
            reason=kept["reason"],
            compensation_plan=kept["compensation_plan"],
            promise=None if kept["ends"] else form.promise(),
        )
        changing.request(**self.given, asked=asked, version=kept["version"])

    def form_valid(self, form: Any) -> Any:
        """This will keep the form for its milestones."""
        self.form = form
        return super().form_valid(form)


class Compensate(PromiseAct):
    """Write down the compensation."""

    form_class = CompensationForm
    question = _("登记补偿情况？")
    keeps = _("登记之前不能批准变更。")
    verb = _("登记")
    done = _("补偿情况已登记，等主要负责人审批。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will write it down."""
        changing.record_compensation(
            **self.given,
            amount=kept["amount"],
            note=kept["note"],
            compensated_on=kept["compensated_on"],
            version=kept["version"],
        )


class ChangeAct(PromiseAct):
    """A decision on a change: what is asked stands before the form."""

    template_name = "staff/commitments/change.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show what is asked for."""
        return super().get_context_data(change_facts=telling.change_facts(self.case), **more)


class ApproveChange(ChangeAct):
    """Sign as the department's head."""

    form_class = OpinionForm
    question = _("批准依法变更？")
    keeps = _("您签署后交信用牵头部门签署；两方都签署才生效，新的承诺随即接续。")
    verb = _("签署，交信用牵头部门")
    done = _("已签署，等信用牵头部门签署。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will sign first."""
        changing.approve(**self.given, opinion=kept["opinion"], version=kept["version"])


class RefuseChange(ChangeAct):
    """Refuse a change."""

    form_class = ReasonForm
    question = _("不批准变更？")
    keeps = _("承诺照原样继续履行；到期日已过的记为逾期。")
    verb = _("不批准")
    done = _("未批准，承诺照原样。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will refuse it."""
        changing.refuse(**self.given, reason=kept["reason"], version=kept["version"])


class PromiseProposal(SigningPage, CaseView):
    """An amendment or a change that waits for its second signature."""

    kind = KIND
    template_name = "staff/commitments/proposal.html"
    verb = _("签署")
    keeps = _("签署后即刻生效，公开页随之更换。")
    done = _("已签署。")

    def facts(self) -> Any:
        """This will say what was promised."""
        return telling.facts(self.case)

    def sign(self, proposal: Proposal) -> None:
        """This will sign it."""
        service = amending if proposal.action == "amend" else changing
        service.sign(actor=self.user, proposal=proposal, now=self.now)

    def decline(self, proposal: Proposal, reason: str) -> None:
        """This will decline it."""
        service = amending if proposal.action == "amend" else changing
        service.decline(actor=self.user, proposal=proposal, reason=reason, now=self.now)

    def told(self, proposal: Proposal) -> list[dict[str, str]]:
        """This will say what a change asks for."""
        if proposal.action == "amend":
            return []
        return [{"label": fact.label, "text": fact.text} for fact in telling.change_facts(self.case)]

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will lay the old and the new words side by side."""
        moved: list[dict[str, Any]] = []
        if self.proposal.action == "amend":
            new = amending.proposed_content(self.case, self.proposal)
            on = clock.local_day(self.proposal.opened_at)
            moved = [
                {**each, "pieces": pieces(each["old"], each["new"])}
                for each in differences.between(contents.of(self.case), new, on=on)
            ]
        return super().get_context_data(changes=moved, changes_title=translated("改成什么"), **more)
