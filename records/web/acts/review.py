"""First review: pass on, or return with reasons pinned to fields; and the clerk's own submit and recall."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.selectors import consequences
from records.services import drafting, review
from records.web.forms import acts as forms
from records.web.pages import AsksOfReporter, RecordAct
from rules import explaining


class Submit(RecordAct):
    """The clerk hands the draft to the reviewer."""

    form_class = forms.PlainForm
    question = gettext_lazy("提交给部门审核人初审？")
    keeps = explaining.filling(
        gettext_lazy(
            "提交后由另一人初审；他审之前您可以收回。文书日期起 {push.record_create_days}内要报送，期限不因提交而停。"
        )
    )
    verb = gettext_lazy("提交初审")
    done = gettext_lazy("已提交，现在等部门审核人初审。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will submit the draft."""
        drafting.submit(actor=self.user, record=self.record, version=kept["version"], now=self.now)


class Recall(RecordAct):
    """The clerk takes a submitted record back."""

    form_class = forms.PlainForm
    question = gettext_lazy("收回这条记录？")
    keeps = gettext_lazy("收回后回到草稿，可以修改后重新提交。")
    verb = gettext_lazy("收回")
    done = gettext_lazy("已收回，现在是草稿。改好后请重新提交。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will take the record back into the draft."""
        drafting.recall(actor=self.user, record=self.record, version=kept["version"], now=self.now)


class PassOn(AsksOfReporter):
    """The reviewer passes the record; what follows is shown before he does."""

    form_class = forms.NoteForm
    question = gettext_lazy("通过初审？")
    verb = gettext_lazy("通过初审")
    done = gettext_lazy("已通过初审。")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show what would follow from recognition."""
        lines = consequences.preview(self.record, now=self.now)
        told = (
            _("来源机关已听取陈述，免去告知，直接交信用牵头部门认定。您之后不能再认定它。")
            if self.record.prior_hearing_by_source
            else _("随后向当事人送达告知书，陈述申辩期满再交信用牵头部门认定。您之后不能再认定它。")
        )
        return super().get_context_data(consequences=lines, told=told, **more)

    def act(self, kept: dict[str, Any]) -> None:
        """This will pass the record on."""
        review.pass_on(
            actor=self.user,
            record=self.record,
            version=kept["version"],
            now=self.now,
            note=kept["note"],
            points_to_nobody=kept.get("points_to_nobody", False),
        )

    def done_words(self) -> str:
        """This will say where the record is now."""
        if self.record.state == "pending_approval":
            return _("已通过初审，现在在%(lead)s待认定。") % {"lead": self.record.lead_name}
        return explaining.filled(_("已通过初审。下一步：送达告知书，当事人有 {record.prior_notice_days}陈述申辩。"))


class SendBack(RecordAct):
    """The reviewer returns the record to the clerk."""

    form_class = forms.ReturnForm
    question = gettext_lazy("退回给填报人补正？")
    keeps = gettext_lazy("退回后由填报人修改，重新提交才会回到您这里。报送期限不因此延长。")
    verb = gettext_lazy("退回")
    done = gettext_lazy("已退回，现在在填报人手里。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will return the record with its reasons."""
        review.send_back(
            actor=self.user, record=self.record, reason=kept["reason"], version=kept["version"], now=self.now
        )
