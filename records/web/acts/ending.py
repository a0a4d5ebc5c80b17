"""Withdrawal by two signatures, the correction notice after it, and the flag of a running lawsuit."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from records.services import litigation, righting, withdrawal
from records.web.forms import acts as forms
from records.web.pages import RecordAct


class ProposeWithdrawal(RecordAct):
    """The first signature under a withdrawal."""

    form_class = forms.WithdrawalForm
    question = gettext_lazy("提议撤销这条记录？")
    keeps = gettext_lazy("提议后须由另一名认定人签署才会撤销。签署前内容有变，提议自动失效。撤销不能恢复。")
    verb = gettext_lazy("提议撤销")
    done = gettext_lazy("已提议撤销，等另一名认定人签署。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the proposal."""
        withdrawal.propose(
            actor=self.user, record=self.record, ground=kept["ground"], reason=kept["reason"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class PublishNotice(RecordAct):
    """The correction notice of a withdrawn record that had been public."""

    template_name = "staff/records/correction_notice.html"
    form_class = forms.PlainForm
    question = gettext_lazy("公布更正公告？")
    keeps = gettext_lazy("公告只说明记录已经撤销，不重复原来的内容。公布后任何人都能看到。")
    verb = gettext_lazy("公布更正公告")
    done = gettext_lazy("已公布更正公告。")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the notice word for word before it is published."""
        return super().get_context_data(draft=righting.wording(self.record), **more)

    def act(self, kept: dict[str, Any]) -> None:
        """This will publish it."""
        righting.publish(actor=self.user, record=self.record, version=kept["version"], now=self.now)


class FlagLitigation(RecordAct):
    """A lawsuit or reconsideration against the source document is noted."""

    form_class = forms.LitigationForm
    question = gettext_lazy("标注“复议或诉讼中”？")
    keeps = gettext_lazy("标注不改变状态；停止执行的，未认定的不得认定生效。")
    verb = gettext_lazy("标注")
    done = gettext_lazy("已标注“复议或诉讼中”。结果出来后请解除标注。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will set the flag."""
        litigation.flag(
            actor=self.user, record=self.record, suspended=kept["suspended"], reason=kept["reason"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class ClearLitigation(RecordAct):
    """The lawsuit or reconsideration is over."""

    form_class = forms.ReasonForm
    question = gettext_lazy("解除“复议或诉讼中”标注？")
    keeps = gettext_lazy("写明结果。裁判撤销了来源文书的，请另行提议撤销本记录。")
    verb = gettext_lazy("解除标注")
    done = gettext_lazy("已解除标注。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will clear the flag."""
        litigation.clear(
            actor=self.user, record=self.record, reason=kept["reason"], version=kept["version"], now=self.now
        )
