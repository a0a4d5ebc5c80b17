"""Pages of a claim for lighter or no sanctions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from records.models import SanctionState
from records.services import mitigation
from records.web.cases.lists import CaseList
from records.web.cases.pages import CaseAct, CaseFile, CasePage
from records.web.content import Fact
from records.web.duties import forms, words
from records.workflow import record_kind
from records.workflow.duties.kind import MITIGATION_KIND
from rules import codes


class MitigationList(CaseList):
    """The claims a person may open."""

    kind = MITIGATION_KIND
    heading = gettext_lazy("从轻免于惩戒")


class MitigationFacts:
    """What a claim says."""

    kind = MITIGATION_KIND
    case: Any

    def facts(self) -> list[Fact]:
        """This will say who claims what on which grounds, what was thought of it, and what it changed."""
        claim = self.case
        plain = [
            words.about(claim.record, seen=True),
            Fact(_("申请方"), claim.record.subject_name, note=wording.day(claim.filed_on)),
            Fact(_("理由"), "、".join(codes.label("mitigation_ground", each) for each in claim.grounds)),
            Fact(_("何时做到"), wording.day(claim.done_on)),
            Fact(_("事实和证据说明"), claim.facts, is_prose=True),
            Fact(_("审查意见"), claim.opinion, is_prose=True),
            Fact(_("决定"), wording.day(claim.decided_on)),
            Fact(_("决定理由"), claim.reply, is_prose=True),
            Fact(_("措施的变化"), "；".join(_change(each) for each in claim.changed)),
        ]
        return [fact for fact in plain if fact.text]


def _change(changed: dict[str, str]) -> str:
    measure = codes.label("sanction", changed["code"])
    if not changed["until"]:
        return _("%s解除") % measure
    return _("%(measure)s缩短到%(until)s") % {"measure": measure, "until": changed["until"]}


class MitigationPage(MitigationFacts, CasePage):
    """One claim."""

    acts = {  # noqa: RUF012
        "take_up": "duties:take_up",
        "lighten": "duties:lighten",
        "waive": "duties:waive",
        "refuse": "duties:refuse_claim",
    }
    main = ("take_up", "lighten")
    grave = frozenset({"waive"})
    file_page = "duties:mitigation_file"


class MitigationFile(MitigationFacts, CaseFile):
    """Evidence of a claim."""


class Claim(CaseAct):
    """The recorded claims."""

    kind = record_kind.KIND
    form_class = forms.ClaimForm
    question = gettext_lazy("申请从轻或免于惩戒")
    keeps = gettext_lazy("支持的只改变惩戒措施，记录本身保留；由信用牵头部门两人先后审查、决定。")
    verb = gettext_lazy("提出申请")
    done = gettext_lazy("已提出申请。")
    made: Any = None

    def facts(self) -> list[Fact]:
        """This will say which record."""
        return [words.about(self.case, seen=True), Fact(_("被记录方"), self.case.subject_name)]

    def act(self, kept: dict[str, Any]) -> None:
        """This will file the claim."""
        self.made = mitigation.file(
            actor=self.user, record=self.case, grounds=kept["grounds"], done_on=kept["done_on"], facts=kept["facts"],
            uploads=[kept["file"]], now=self.now,
        )  # fmt: skip

    def after(self) -> str:
        """This will lead to the claim."""
        return MITIGATION_KIND.address(self.made)


class TakeUp(MitigationFacts, CaseAct):
    """The evidence is examined."""

    form_class = forms.OpinionForm
    question = gettext_lazy("审查申请")
    keeps = gettext_lazy("写完意见由另一人决定；您之后不能再决定它。")
    verb = gettext_lazy("提交审查意见")
    done = gettext_lazy("已提交审查意见。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the opinion."""
        mitigation.take_up(
            actor=self.user, claim=self.case, opinion=kept["opinion"], version=kept["version"], now=self.now
        )


class Lighten(MitigationFacts, CaseAct):
    """Some measures are shortened or lifted."""

    form_class = forms.LightenForm
    question = gettext_lazy("从轻")
    keeps = gettext_lazy("所选措施当即变更；记录保留并注明从轻。")
    verb = gettext_lazy("决定从轻")
    done = gettext_lazy("已从轻。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the measures in force."""
        held = self.case.record.measures.filter(state=SanctionState.ACTIVE).order_by("starts_on", "code")
        return super().get_form_kwargs() | {"measures": list(held)}

    def act(self, kept: dict[str, Any]) -> None:
        """This will lighten."""
        mitigation.lighten(
            actor=self.user, claim=self.case, changed=kept["changed"], reply=kept["reply"], version=kept["version"],
            now=self.now,
        )  # fmt: skip


class Waive(MitigationFacts, CaseAct):
    """Every measure is lifted."""

    form_class = forms.ReplyForm
    question = gettext_lazy("免于惩戒")
    keeps = gettext_lazy("执行中的措施当即全部解除；记录保留并注明免于惩戒。")
    verb = gettext_lazy("决定免于惩戒")
    done = gettext_lazy("已免于惩戒。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will waive."""
        mitigation.waive(actor=self.user, claim=self.case, reply=kept["reply"], version=kept["version"], now=self.now)


class RefuseClaim(MitigationFacts, CaseAct):
    """The measures stay."""

    form_class = forms.ReplyForm
    question = gettext_lazy("不予支持")
    keeps = gettext_lazy("措施不变，理由告知申请方。")
    verb = gettext_lazy("不予支持")
    done = gettext_lazy("已答复。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will refuse."""
        mitigation.refuse(actor=self.user, claim=self.case, reply=kept["reply"], version=kept["version"], now=self.now)
