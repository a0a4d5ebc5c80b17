"""Pages of the persons named on a unit's record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Official
from ledger.refusals import Invalid
from records.selectors.duties import tracing
from records.services import responsibility
from records.web.cases.lists import CaseList
from records.web.cases.pages import CaseAct, CasePage, CaseView
from records.web.cases.proposals import SigningPage
from records.web.content import Fact
from records.web.duties import forms, words
from records.web.forms.acts import ReasonForm
from records.workflow import record_kind
from records.workflow.duties.kind import RESPONSIBILITY_KIND
from rules import codes
from rules.models import Proposal


class ResponsibilityList(CaseList):
    """Everybody named on the records a person may open."""

    kind = RESPONSIBILITY_KIND
    heading = gettext_lazy("责任人员")
    order = ("-named_on", "-id")


class ResponsibilityFacts:
    """What is said of one person."""

    kind = RESPONSIBILITY_KIND
    case: Any

    def facts(self) -> list[Fact]:
        """This will say who answers for what, in what part, and on what evidence."""
        row = self.case
        plain = [
            words.about(row.record, seen=True),
            Fact(_("人员"), row.official.person.name, note=row.post_title),
            Fact(_("责任类别"), codes.label("responsibility", row.kind)),
            Fact(_("责任份额"), f"{row.share}%"),
            Fact(_("责任依据"), row.evidence, is_prose=True),
            Fact(_("个人记录"), row.draft.number if row.draft else ""),
            Fact(_("去掉的理由"), row.removed_because, is_prose=True),
        ]
        return [fact for fact in plain if fact.text]


class ResponsibilityPage(ResponsibilityFacts, CasePage):
    """One person named."""

    acts = {"open_draft": "duties:propose_draft", "remove": "duties:remove_responsibility"}  # noqa: RUF012
    main = ("open_draft",)
    grave = frozenset({"remove"})
    proposal_page = "duties:sign_draft"


class Name(CaseAct):
    """A person is named on a record."""

    kind = record_kind.KIND
    form_class = forms.ResponsibilityForm
    question = gettext_lazy("列明责任人员")
    keeps = gettext_lazy("列明不等于处理：个人记录另行起草，照常初审、告知、认定。")
    verb = gettext_lazy("列明")
    done = gettext_lazy("已列明。")
    made: Any = None

    def closed_to_reader(self, page: str) -> str:
        """This will ask the rule the act itself asks."""
        return responsibility.refusal(actor=self.user, record=self.case, now=self.now) or ""

    def facts(self) -> list[Fact]:
        """This will say which record."""
        return [words.about(self.case, seen=True), Fact(_("被记录单位"), self.case.subject_unit_name)]

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer those who held a post on the day of the document."""
        day = self.case.decided_on or self.case.registered_on
        people = [
            (str(each.official.pk), f"{each.official.person.name} · {each.post_title}")
            for each in tracing.holders(self.case.subject_department, on=day)
        ]
        return super().get_form_kwargs() | {"people": people}

    def act(self, kept: dict[str, Any]) -> None:
        """This will name him."""
        official = Official.objects.filter(pk=kept["official"]).first()
        if official is None:
            raise Invalid(_("请选择人员"), field="official")
        self.made = responsibility.name(
            actor=self.user, record=self.case, official=official, kind=kept["kind"], share=kept["share"],
            evidence=kept["evidence"], now=self.now,
        )  # fmt: skip

    def after(self) -> str:
        """This will lead to the person named."""
        return RESPONSIBILITY_KIND.address(self.made)


class Remove(ResponsibilityFacts, CaseAct):
    """A person is struck out."""

    form_class = ReasonForm
    question = gettext_lazy("去掉责任人员")
    keeps = gettext_lazy("列明和去掉的经过都留存。")
    verb = gettext_lazy("去掉")
    done = gettext_lazy("已去掉。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will strike him out."""
        responsibility.remove(
            actor=self.user, responsibility=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class ProposeDraft(ResponsibilityFacts, CaseAct):
    """A record of the person's own is proposed."""

    form_class = ReasonForm
    question = gettext_lazy("提议起草个人记录")
    keeps = gettext_lazy("由本单位审核人签署后起草；草稿照常走初审、告知、认定，不自动生效。")
    verb = gettext_lazy("提议")
    done = gettext_lazy("已提议，等审核人签署。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will propose it."""
        responsibility.propose_draft(
            actor=self.user, responsibility=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class SignDraft(SigningPage, ResponsibilityFacts, CaseView):  # type: ignore[misc]
    """The second person signs or declines."""

    keeps = gettext_lazy("签署之后立即起草一条个人记录草稿，由填报人补全来源文书。")
    verb = gettext_lazy("签署，起草个人记录")
    done = gettext_lazy("已起草个人记录。")

    def sign(self, proposal: Proposal) -> None:
        """This will sign."""
        responsibility.sign_draft(actor=self.user, proposal=proposal, now=self.now)

    def decline(self, proposal: Proposal, reason: str) -> None:
        """This will decline."""
        responsibility.decline_draft(actor=self.user, proposal=proposal, reason=reason, now=self.now)
