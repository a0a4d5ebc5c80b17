"""The acts on a promise from its submission to its verdict, a page each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from records.services.commitments import breaching, drafting, performance, publication, review
from records.web.cases.pages import CaseAct
from records.web.commitments import telling
from records.web.forms.acts import NoteForm, PlainForm, ReasonForm
from records.web.forms.promises import AnswerForm, BreachForm, ClaimForm, OrderForm, VerdictForm, proofs
from records.workflow.commitments.kind import KIND
from records.workflow.commitments.publicity import hits


class PromiseAct(CaseAct):
    """Any act on one promise; the head of the page says what was promised."""

    kind = KIND

    def facts(self) -> Any:
        """This will say what was promised."""
        return telling.facts(self.case)

    @property
    def given(self) -> dict[str, Any]:
        """This will give what every service is told."""
        return {"actor": self.user, "commitment": self.case, "now": self.now}


class Submit(PromiseAct):
    """Hand a promise in."""

    form_class = PlainForm
    question = _("提交审核？")
    keeps = _("交本单位审核人审核。文字和日期存为一版，以后可比。")
    verb = _("提交")
    done = _("已提交，等审核人审核。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will hand it in."""
        drafting.submit(**self.given, version=kept["version"])


class Cancel(PromiseAct):
    """Drop a promise that was never given."""

    form_class = PlainForm
    question = _("撤销这项承诺？")
    keeps = _("承诺还没有作出，撤销后不公开、不报送；编号和经过留存。作出以后就不能撤销。")
    verb = _("撤销")
    done = _("已撤销。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will drop it."""
        drafting.cancel(**self.given, version=kept["version"])


class Activate(PromiseAct):
    """Pass a promise."""

    form_class = NoteForm
    question = _("审核通过，作出承诺？")
    keeps = _("即日生效；从此文字和日期不能悄悄改动。主动公开的随即公开，并报省信用平台。")
    verb = _("审核通过")
    done = _("承诺已经作出。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will give the promise."""
        review.activate(**self.given, version=kept["version"], note=kept["note"])


class SendBack(PromiseAct):
    """Return a promise to the clerk."""

    form_class = ReasonForm
    question = _("退回填报人？")
    keeps = _("理由会显示在承诺上；重新提交后成为新的一版。")
    verb = _("退回")
    done = _("已退回。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will send it back."""
        review.send_back(**self.given, reason=kept["reason"], version=kept["version"])


class Publish(PromiseAct):
    """Answer the hits of the scan and publish."""

    template_name = "staff/commitments/publish.html"
    form_class = AnswerForm
    question = _("公开这项承诺？")
    keeps = _("即刻出现在公示网站。")
    verb = _("公开")
    done = _("已公开。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will publish it."""
        publication.publish(**self.given, reason=kept["reason"], version=kept["version"])

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the hits."""
        return super().get_context_data(hits=hits(self.case), **more)


class Claim(PromiseAct):
    """Say that a promise was kept."""

    form_class = ClaimForm
    question = _("申报履行？")
    keeps = _("附上证明，交上级督导员或信用牵头部门核定。申报人不能核定自己申报的。")
    verb = _("申报履行")
    done = _("已申报，等核定。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will claim it."""
        performance.claim(
            **self.given,
            performed_on=kept["performed_on"],
            note=kept["note"],
            proof=proofs(kept),
            version=kept["version"],
        )


class Fulfil(PromiseAct):
    """Find a promise kept."""

    template_name = "staff/commitments/verdict.html"
    form_class = VerdictForm
    question = _("核定已履行？")
    keeps = _("核定的是现在这一版，公开页会写明。")
    verb = _("核定已履行")
    done = _("已核定。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will find it kept."""
        performance.fulfil(**self.given, score=kept["score"], note=kept["verdict_note"], version=kept["version"])


class NotAccept(PromiseAct):
    """Find a claim unproven."""

    form_class = ReasonForm
    question = _("不予核定，退回继续履行？")
    keeps = _("到期日已过的，随即记为逾期。")
    verb = _("退回继续履行")
    done = _("已退回。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will lead it back."""
        performance.not_accept(**self.given, reason=kept["reason"], version=kept["version"])


class Order(PromiseAct):
    """Order the department to put an overdue promise right."""

    form_class = OrderForm
    question = _("责令限期整改？")
    keeps = _("向承诺单位下达。期满不改或者拒不整改的，才能认定未履行。")
    verb = _("下达整改")
    done = _("已下达限期整改。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will order it."""
        breaching.order_rectification(
            **self.given,
            requirements=[line for line in kept["requirements"].splitlines() if line.strip()],
            limit_days=kept["limit_days"],
            version=kept["version"],
        )


class Breach(PromiseAct):
    """Find a promise broken."""

    form_class = BreachForm
    question = _("认定未履行？")
    keeps = _("承诺以未履行办结，公开理由，报省信用平台；同时生成一份失信记录草稿，另行填报、初审、认定。")
    verb = _("认定未履行")
    done = _("已认定未履行，失信记录草稿已生成。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will find it broken."""
        breaching.breach(**self.given, note=kept["verdict_note"], version=kept["version"])
