"""The repair's own page, the list of repairs, and the files handed in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from records.models import CreditRepair, RepairState
from records.web.cases import hands
from records.web.cases.lists import CaseList
from records.web.cases.pages import CaseFile, CasePage, CaseView
from records.web.content import Fact
from records.web.repairs import words
from records.web.strips import Strip
from records.workflow.repairs.kind import KIND
from records.workflow.repairs.machine import REPAIR

hands.register({"officer": _("受理和核实"), "decider": _("决定")})

APPLICANTS = ("edit", "submit", "supply", "withdraw")
INTERNAL = (RepairState.VERIFYING, RepairState.DECISION_DRAFT)
TELLING = (RepairState.APPROVED, RepairState.REFUSED, RepairState.SYNCED, RepairState.REVOKED)


class RepairView(CaseView):
    """Any page of one repair."""

    kind = KIND
    case: CreditRepair

    def facts(self) -> list[Fact]:
        """This will say what the repair is about."""
        return words.facts(self.case)

    @property
    def is_applicant(self) -> bool:
        """Whether the reader stands on the applicant's side."""
        stands = REPAIR.standing_of(self.case, self.user, self.now)
        return stands.is_subject


class RepairPage(RepairView, CasePage):
    """One repair, for the applicant and for the office."""

    template_name = "staff/repairs/repair.html"
    proposal_page = "repairs:proposal"
    file_page = ""
    acts: ClassVar[dict[str, str]] = {
        "submit": "repairs:submit",
        "supply": "repairs:supply",
        "edit": "repairs:edit",
        "accept": "repairs:accept",
        "ask_supplement": "repairs:ask_supplement",
        "not_accept": "repairs:not_accept",
        "forward": "repairs:forward",
        "draft_decision": "repairs:draft_decision",
        "approve": "repairs:approve",
        "refuse": "repairs:refuse",
        "extend": "repairs:extend",
        "revoke": "repairs:revoke",
        "withdraw": "repairs:withdraw",
    }
    main: ClassVar[tuple[str, ...]] = ("submit", "supply", "accept", "forward", "draft_decision", "approve")
    grave: ClassVar[frozenset[str]] = frozenset({"not_accept", "refuse", "revoke"})

    def hidden(self, action: str) -> bool:
        """This will show each side its own arrows."""
        applicants = action in APPLICANTS
        if self.is_applicant:
            return not applicants
        return applicants and not self.case.is_paper

    def standing(self, running: list[Strip]) -> dict[str, str]:
        """This will say what an ended repair came to, else where it stands."""
        return words.ending(self.case) or words.waiting(self.case, now=self.now) or super().standing(running)

    def extra(self) -> dict[str, Any]:
        """This will give the checklist, the notice, the findings and the papers."""
        repair, reads_findings = self.case, not self.is_applicant or self.case.state in TELLING
        return {
            "record_url": words.record_link(repair.record, user=self.user, now=self.now),
            "checklist": words.checklist(repair),
            "may_give": self._may_give(),
            "notice": getattr(repair, "supplement_notice", None),
            "findings": words.findings(repair) if reads_findings else [],
            "decisions": list(repair.decisions.order_by("decided_on", "-outcome")),
            "revocation": getattr(repair, "revocation", None),
            "objection_url": self._objection_url(),
        }

    def _may_give(self) -> bool:
        return any(
            offer.open and offer.arrow.action == "edit"
            for offer in REPAIR.offers(self.case, actor=self.user, now=self.now)
        )

    def _objection_url(self) -> str:
        """The way to object to a refusal, for the applicant."""
        if self.case.state != RepairState.REFUSED or not self.is_applicant:
            return ""
        try:
            return f"{reverse('objections:new', args=[self.case.record_id])}?repair={self.case.pk}"
        except NoReverseMatch:
            return ""


class RepairList(CaseList):
    """The repairs a person may open."""

    kind = KIND
    heading = _("信用修复")
    summary = _("您能看的修复申请，最新的在前。申请从失信记录的页面开始。")
    columns: ClassVar[tuple[Any, ...]] = (_("认定单位"),)

    def cells(self, case: CreditRepair) -> list[Any]:
        """This will give the office that decides."""
        return [case.department_name]


class RepairFile(RepairView, CaseFile):
    """A file handed in with a repair."""
