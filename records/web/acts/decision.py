"""The decision of the credit lead office: recognise, reject, return."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from records.selectors import consequences
from records.services import recognition
from records.web.forms import acts as forms
from records.web.pages import AsksOfReporter, RecordAct
from rules import clock


class Recognise(AsksOfReporter):
    """The approver fixes severity and sanctions and answers the statement; the record takes effect."""

    form_class = forms.RecognitionForm
    template_name = "staff/records/recognise.html"
    question = gettext_lazy("认定生效？")
    verb = gettext_lazy("认定生效")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will hand the form the day and whether a statement waits for its answer."""
        told = {"today": clock.local_day(self.now), "must_answer": forms.must_answer(self.record)}
        return super().get_form_kwargs() | told

    def get_initial(self) -> dict[str, Any]:
        """This will start from what the clerk proposed."""
        proposed = {"severity": self.record.severity_proposed, "sanctions": self.record.sanctions_proposed}
        return super().get_initial() | proposed

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the statement to be answered and what follows."""
        statements = self.record.statements.filter(edition=self.record.edition).order_by("received_on", "id")
        lines = consequences.preview(self.record, now=self.now)
        return super().get_context_data(statements=statements, consequences=lines, **more)

    def act(self, kept: dict[str, Any]) -> None:
        """This will recognise the record."""
        recognition.recognise(
            actor=self.user, record=self.record, severity=kept["severity"], sanctions=kept["sanctions"],
            answer=kept.get("answer", ""), points_to_nobody=kept.get("points_to_nobody", False), version=kept["version"], now=self.now,
        )  # fmt: skip

    def done_words(self) -> str:
        """This will say whether it is public now, and until when."""
        if self.record.state == "disclosed" and self.record.public_until:
            return _("已认定生效并开始公示，公示到 %(day)s；已排队报送省信用平台。") % {
                "day": wording.day(self.record.public_until)
            }
        if self.record.publication_waits:
            return _("已认定生效。文字扫描有命中，处理后才能公示。")
        return _("已认定生效，按规定不公示；已排队报送省信用平台。")


class Reject(RecordAct):
    """The approver does not recognise the record."""

    form_class = forms.ReasonForm
    question = gettext_lazy("不予认定？")
    keeps = gettext_lazy("不予认定后本记录结束，不公示、不报送。同一文书不会再次认定，除非有新的材料另行登记。")
    verb = gettext_lazy("不予认定")
    done = gettext_lazy("已决定不予认定，本记录到此结束。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will end the record without recognition."""
        recognition.reject(
            actor=self.user, record=self.record, reason=kept["reason"], version=kept["version"], now=self.now
        )


class ReturnToDepartment(RecordAct):
    """The approver returns the record to the department."""

    form_class = forms.ReturnForm
    question = gettext_lazy("退回部门补正？")
    keeps = gettext_lazy("退回后由填报人修改，重新初审、告知后再到您这里。报送期限不因此延长。")
    verb = gettext_lazy("退回")
    done = gettext_lazy("已退回，现在在填报部门手里。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will return the record with its reasons."""
        recognition.send_back(
            actor=self.user, record=self.record, reason=kept["reason"], version=kept["version"], now=self.now
        )
