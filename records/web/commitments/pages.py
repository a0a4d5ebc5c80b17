"""The page of one promise: its standing, its words, its progress, its versions, and what one may do."""

from __future__ import annotations

from typing import Any, ClassVar

from records.models import CommitmentState
from records.selectors.commitments import history
from records.web.cases.pages import CaseFile, CasePage
from records.web.commitments import payments, telling
from records.web.content import Fact
from records.web.strips import Strip
from records.workflow.commitments import guards, progress
from records.workflow.commitments.kind import KIND
from records.workflow.commitments.publicity import hits
from rules.clock import local_day

S = CommitmentState


class CommitmentPage(CasePage):
    """One promise, for whoever may see it."""

    kind = KIND
    template_name = "staff/commitments/commitment.html"
    proposal_page = "commitments:proposal"
    file_page = "commitments:file"
    acts: ClassVar[dict[str, str]] = {
        "submit": "commitments:submit",
        "edit": "commitments:edit",
        "activate": "commitments:activate",
        "send_back": "commitments:send_back",
        "publish": "commitments:publish",
        "claim": "commitments:claim",
        "claim_late": "commitments:claim",
        "fulfil": "commitments:fulfil",
        "not_accept": "commitments:not_accept",
        "order_rectification": "commitments:order",
        "breach": "commitments:breach",
        "record_compensation": "commitments:compensate",
        "approve_change": "commitments:approve_change",
        "refuse_change": "commitments:refuse_change",
        "refuse_change_overdue": "commitments:refuse_change",
        "amend": "commitments:amend",
        "request_change": "commitments:request_change",
        "cancel": "commitments:cancel",
    }
    main = ("submit", "activate", "publish", "fulfil", "claim", "claim_late", "record_compensation", "approve_change")
    grave = frozenset({"breach", "cancel"})

    def hidden(self, action: str) -> bool:
        """This will leave out publishing where it does not wait, and the other way back of a refused change."""
        if action == "publish":
            return not self.case.publication_waits
        if action in ("refuse_change", "refuse_change_overdue"):
            wanted = "refuse_change_overdue" if self.case.state_before == S.OVERDUE else "refuse_change"
            return self.case.state == S.CHANGE_PENDING and action != wanted
        return action in ("claim", "claim_late") and (action == "claim_late") != (self.case.state == S.OVERDUE)

    def standing(self, running: list[Strip]) -> dict[str, str]:
        """This will say where the promise stands, in the words of a promise."""
        return telling.standing(self.case, super().standing(running), today=local_day(self.now))

    def facts(self) -> list[Fact]:
        """This will say what was promised."""
        return telling.facts(self.case)

    def extra(self) -> dict[str, Any]:
        """This will add progress, versions, the change asked for, orders, and what waits for publication."""
        steps = progress.steps_of(self.case)
        return {
            "commitment": self.case,
            "steps": steps,
            "progress": progress.of(steps),
            "payments": payments.rows(self.case, reader=self.user, now=self.now),
            "wordings": history.wordings(self.case),
            "verdict": telling.verdict(self.case),
            "change_facts": telling.change_facts(self.case),
            "orders": guards.orders_of(self.case),
            "reminders": list(self.case.reminders.order_by("-days_before")),
            "hits": hits(self.case) if self.case.publication_waits else [],
            "successor": telling.successor_of(self.case),
        }


class CommitmentFile(CaseFile):
    """A proof of a promise, as an attachment."""

    kind = KIND
