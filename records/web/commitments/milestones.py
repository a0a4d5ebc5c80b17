"""The page of one milestone: reported by one, checked by another."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from records import words
from records.services.commitments import stepping
from records.web.cases.pages import CaseAct, CaseFile, CasePage
from records.web.content import Fact
from records.web.forms.acts import NoteForm, ReasonForm
from records.web.forms.promises import StepReportForm, proofs
from records.workflow.commitments.kind import KIND, STEP


def facts(step: Any) -> list[Fact]:
    """This will say what the step is, and what was reported and found."""
    told = [
        Fact(translated("承诺"), step.commitment.title, code=step.commitment.number),
        Fact(translated("权重"), translated("%d%%") % step.weight),
        Fact(translated("完成日期"), words.day(step.due_on)),
        Fact(translated("申报的完成日期"), words.day(step.done_on)),
        Fact(translated("完成情况"), step.note, is_prose=True),
        Fact(translated("申报人"), step.reported_by.name if step.reported_by else ""),
        Fact(translated("核验人"), step.checked_by.name if step.checked_by else ""),
        Fact(translated("核验意见"), step.check_note, is_prose=True),
    ]
    return [fact for fact in told if fact.text]


class MilestonePage(CasePage):
    """One milestone."""

    kind = STEP
    template_name = "staff/commitments/milestone.html"
    file_page = "commitments:milestone_file"
    acts: ClassVar[dict[str, str]] = {
        "report": "commitments:report_milestone",
        "check": "commitments:check_milestone",
        "send_back": "commitments:return_milestone",
    }
    main = ("report", "check")

    def facts(self) -> list[Fact]:
        """This will say what the step is."""
        return facts(self.case)

    def extra(self) -> dict[str, Any]:
        """This will lead back to the promise."""
        return {"promise_url": KIND.address(self.case.commitment), "commitment": self.case.commitment}


class MilestoneFile(CaseFile):
    """A proof of a milestone, as an attachment."""

    kind = STEP


class MilestoneAct(CaseAct):
    """Any act on one milestone."""

    kind = STEP

    def facts(self) -> list[Fact]:
        """This will say what the step is."""
        return facts(self.case)

    @property
    def given(self) -> dict[str, Any]:
        """This will give what every service is told."""
        return {"actor": self.user, "milestone": self.case, "now": self.now}


class Report(MilestoneAct):
    """Say that a step is done."""

    form_class = StepReportForm
    question = _("申报节点完成？")
    keeps = _("附上证明；另一人核验之后才计入进度。")
    verb = _("申报完成")
    done = _("已申报，等核验。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will report it."""
        stepping.report(
            **self.given, done_on=kept["done_on"], note=kept["note"], proof=proofs(kept), version=kept["version"]
        )


class Check(MilestoneAct):
    """Find a step done."""

    form_class = NoteForm
    question = _("核验通过？")
    keeps = _("按权重计入进度，公开页随之更新。")
    verb = _("核验通过")
    done = _("已核验，进度已更新。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will check it."""
        stepping.check(**self.given, note=kept["note"], version=kept["version"])


class Return(MilestoneAct):
    """Find a step not proven."""

    form_class = ReasonForm
    question = _("退回这个节点？")
    keeps = _("回到未完成，理由会显示在节点上。")
    verb = _("退回")
    done = _("已退回。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will send it back."""
        stepping.send_back(**self.given, reason=kept["reason"], version=kept["version"])
