"""Pages on which the superior judges a rectification."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.models import ItemVerdict, RectificationState
from records.services.rectification import judging
from records.services.rectification.judging import Finding
from records.web.cases.pages import CaseAct
from records.web.duties import forms
from records.web.duties.rectification import RectificationFacts
from records.web.forms.acts import PlainForm, ReasonForm
from rules import explaining


class GrantExtension(RectificationFacts, CaseAct):
    """More time."""

    form_class = PlainForm
    question = gettext_lazy("批准延期")
    keeps = gettext_lazy("从原期限次日起续算所申请的天数；不能再延。")
    verb = gettext_lazy("批准延期")
    done = gettext_lazy("已批准延期。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will agree."""
        judging.grant_extension(actor=self.user, rectification=self.case, version=kept["version"], now=self.now)


class RefuseExtension(RectificationFacts, CaseAct):
    """No more time."""

    form_class = ReasonForm
    question = gettext_lazy("不同意延期")
    keeps = gettext_lazy("原期限不变。")
    verb = gettext_lazy("不同意")
    done = gettext_lazy("已答复，原期限不变。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will refuse."""
        judging.refuse_extension(
            actor=self.user, rectification=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class Judge(RectificationFacts, CaseAct):
    """Point by point."""

    template_name = "staff/duties/judge.html"
    form_class = forms.JudgeForm
    question = gettext_lazy("逐项验收")
    keeps = gettext_lazy("全部符合即验收通过；有一项不符合即退回，写明缺什么。")
    verb = gettext_lazy("提交验收意见")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the points."""
        return super().get_form_kwargs() | {"case": self.case}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show what the unit says it did."""
        return super().get_context_data(points=self.case.items.order_by("place"), **more)

    def act(self, kept: dict[str, Any]) -> None:
        """This will judge."""
        findings = {
            int(name[4:]): Finding(kept[name] == ItemVerdict.MET, kept.get(f"note_{name[4:]}") or "")
            for name in kept
            if name.startswith("met_")
        }
        judging.judge(
            actor=self.user, rectification=self.case, findings=findings, version=kept["version"], now=self.now
        )

    def done_words(self) -> str:
        """This will say what came of it."""
        self.case.refresh_from_db()
        return _("验收通过。") if self.case.state == RectificationState.ACCEPTED else _("已退回整改。")


class OrderAgain(RectificationFacts, CaseAct):
    """A second order."""

    form_class = ReasonForm
    question = gettext_lazy("再次责令整改")
    keeps = explaining.filling(
        gettext_lazy("再给 {rectify.second_order_days}；仍不整改的，认定为拒不整改，失信等级从重。")
    )
    verb = gettext_lazy("再次责令")
    done = gettext_lazy("已再次责令整改。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will order it again."""
        judging.order_again(
            actor=self.user, rectification=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class Refuse(RectificationFacts, CaseAct):
    """The unit refuses."""

    form_class = ReasonForm
    question = gettext_lazy("认定拒不整改")
    keeps = gettext_lazy("认定之后整改结束，失信等级从重，转认定程序；整改状态报省信用平台。")
    verb = gettext_lazy("认定拒不整改")
    done = gettext_lazy("已认定拒不整改。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will find it refused."""
        judging.refuse(
            actor=self.user, rectification=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )
