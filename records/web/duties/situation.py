"""Pages of the situation report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from records.services import situation
from records.web.cases.lists import CaseList
from records.web.cases.pages import CaseAct, CasePage
from records.web.content import Fact
from records.web.duties import words
from records.web.duties.forms import SituationForm
from records.web.forms.acts import NoteForm, PlainForm, ReasonForm
from records.workflow.duties.kind import SITUATION_KIND
from records.workflow.duties.situation import PARTS


class SituationList(CaseList):
    """The reports a person may open."""

    kind = SITUATION_KIND
    heading = gettext_lazy("失信情况报告")


class SituationFacts:
    """What a report says."""

    kind = SITUATION_KIND
    case: Any

    def facts(self) -> list[Fact]:
        """This will give the four parts, and whose report it is."""
        report = self.case
        superior = report.superior.name if report.superior else _("信用牵头部门")
        plain = [
            words.about(report.record, seen=True),
            Fact(_("报告单位"), report.department.name),
            Fact(_("报给"), superior),
            Fact(
                _("期限"),
                wording.day(report.due_on),
                note=_("%s已逾期") % wording.day(report.missed_on) if report.missed_on else "",
            ),
            *(Fact(str(label), getattr(report, name), is_prose=True) for name, label in PARTS.items()),
        ]
        return [fact for fact in plain if fact.text]


class SituationPage(SituationFacts, CasePage):
    """One report."""

    template_name = "staff/duties/situation.html"
    acts = {  # noqa: RUF012
        "write": "duties:write",
        "submit": "duties:submit_report",
        "accept": "duties:accept_report",
        "send_back": "duties:return_report",
    }
    main = ("submit", "write", "accept")


class Write(SituationFacts, CaseAct):
    """The unit writes its report."""

    form_class = SituationForm
    question = gettext_lazy("起草失信情况报告")
    keeps = gettext_lazy("保存后由主要负责人签报上级；签报前可以反复修改。")
    verb = gettext_lazy("保存")
    done = gettext_lazy("已保存，等主要负责人签报。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will show what is written already."""
        return super().get_form_kwargs() | {"case": self.case}

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the texts."""
        situation.write(
            actor=self.user, report=self.case, texts={name: kept.get(name) or "" for name in PARTS},
            version=kept["version"], now=self.now,
        )  # fmt: skip


class SubmitReport(SituationFacts, CaseAct):
    """The head signs."""

    form_class = PlainForm
    question = gettext_lazy("签报上级")
    keeps = gettext_lazy("以本单位名义书面向上级说明；上级接受或者退回。")
    verb = gettext_lazy("签报")
    done = gettext_lazy("已报上级。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will hand the report in."""
        situation.submit(actor=self.user, report=self.case, version=kept["version"], now=self.now)


class AcceptReport(SituationFacts, CaseAct):
    """The superior takes it."""

    form_class = NoteForm
    question = gettext_lazy("接受情况报告")
    keeps = gettext_lazy("接受之后存档，期限办结。")
    verb = gettext_lazy("接受")
    done = gettext_lazy("已接受。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will accept it."""
        situation.accept(actor=self.user, report=self.case, note=kept["note"], version=kept["version"], now=self.now)


class ReturnReport(SituationFacts, CaseAct):
    """The superior sends it back."""

    form_class = ReasonForm
    question = gettext_lazy("退回情况报告")
    keeps = gettext_lazy("写明缺什么；报告单位的期限接着算。")
    verb = gettext_lazy("退回")
    done = gettext_lazy("已退回。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will send it back."""
        situation.send_back(
            actor=self.user, report=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )
