"""The acts of the offices and of the applicant on an objection, each a page with its question and its consequences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import Stale
from records.services import attachments
from records.services.objections import deciding, filing, investigating, notices, reviewing, screening, timing
from records.web.cases.pages import CaseAct
from records.web.forms import objections as forms
from records.web.forms.acts import PlainForm, ReasonForm
from records.web.objections.pages import InquiryView, ObjectionView
from records.workflow import publicity
from rules import explaining
from rules.clock import local_day


class ObjectionAct(ObjectionView, CaseAct):
    """One act on one objection."""

    def given(self, kept: dict[str, Any]) -> dict[str, Any]:
        """This will give what every service asks for."""
        return {"actor": self.user, "objection": self.case, "version": kept["version"], "now": self.now}


class Submit(ObjectionAct):
    """The applicant hands his draft in."""

    form_class = PlainForm
    question = gettext_lazy("提交这件异议？")
    keeps = gettext_lazy("提交后由信用牵头部门作形式审查；受理以前您可以随时撤回。不收费。")
    verb = gettext_lazy("提交异议")
    done = explaining.filling(gettext_lazy("已提交，{objection.accept_days}内告知是否受理。"))

    def act(self, kept: dict[str, Any]) -> None:
        """This will submit it."""
        filing.submit(**self.given(kept))


class Withdraw(ObjectionAct):
    """The applicant takes it back."""

    form_class = forms.OpinionForm
    question = gettext_lazy("撤回这件异议？")
    keeps = gettext_lazy("撤回后去掉标注，记录不变；有需要可以重新提出。")
    verb = gettext_lazy("撤回异议")
    done = gettext_lazy("已撤回，标注已去掉。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will withdraw it."""
        filing.withdraw(**self.given(kept), note=kept["note"])


class Accept(ObjectionAct):
    """The officer accepts; the mark is set in the same act."""

    form_class = forms.OpinionForm
    question = gettext_lazy("受理这件异议？")
    verb = gettext_lazy("受理")
    done = gettext_lazy("已受理，记录已标注“异议处理中”。")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say what acceptance does to the public page, by the rules of today."""
        suspends = publicity.suspends_from(local_day(self.now))
        shown = _("公示当即暂停，办结以后仍然成立的恢复") if suspends else _("公示不停")
        keeps = _("只作形式审查。受理当时在记录和公示页标注“异议处理中”，并报省信用平台；%s。") % shown
        return super().get_context_data(**more) | {"keeps": keeps}

    def act(self, kept: dict[str, Any]) -> None:
        """This will accept it."""
        screening.accept(**self.given(kept), note=kept["note"])


class AskSupplement(ObjectionAct):
    """The officer tells everything that is missing, once."""

    form_class = forms.MissingForm
    question = gettext_lazy("一次性告知补正？")
    keeps = explaining.filling(
        gettext_lazy("只能告知一次，请把缺少的材料列全。申请人 {objection.supplement_days}内补正，逾期视为撤回。")
    )
    verb = gettext_lazy("告知补正")
    done = gettext_lazy("已一次性告知，等申请人补正。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will send the notice."""
        screening.ask_supplement(**self.given(kept), items=kept["items"].splitlines())


class NotAccept(ObjectionAct):
    """The officer refuses to take it up and says where to go."""

    form_class = forms.RefusalForm
    question = gettext_lazy("不予受理？")
    keeps = gettext_lazy("写明理由，并告知申请人可以走的途径；记录不变。")
    verb = gettext_lazy("不予受理")
    done = gettext_lazy("已作不予受理，理由和途径已告知申请人。")
    is_grave = True

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the grounds, the fitting one first."""
        return super().get_form_kwargs() | {"offered": screening.refusals(self.case)}

    def act(self, kept: dict[str, Any]) -> None:
        """This will refuse it."""
        screening.not_accept(**self.given(kept), refusal=kept["refusal"], remedy=kept["remedy"], reason=kept["reason"])


class CheckPlatform(ObjectionAct):
    """The officer notes what the comparison with the platform showed."""

    form_class = forms.CheckForm
    question = gettext_lazy("登记平台核对结果")
    keeps = gettext_lazy("核对本平台、来源文书和省信用平台三处是否一致。")
    verb = gettext_lazy("登记")
    done = gettext_lazy("已登记核对结果。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will note it."""
        investigating.check_platform(**self.given(kept), result=kept["result"])


class AskProvider(ObjectionAct):
    """The officer asks the unit that keeps the record."""

    form_class = forms.QuestionForm
    question = gettext_lazy("向提供单位核实？")
    keeps = explaining.filling(
        gettext_lazy("提供单位 {objection.provider_reply_days}内回复；回复只给办理单位看，结论写进决定。")
    )
    verb = gettext_lazy("发出核实函")
    done = gettext_lazy("已发出核实函，等提供单位回复。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will ask."""
        investigating.ask_provider(**self.given(kept), question=kept["question"])


class Pause(ObjectionAct):
    """The officer stops the clock for experts."""

    form_class = ReasonForm
    question = gettext_lazy("送检验或者专家论证？")
    keeps = gettext_lazy("从今天起不计入处理期限，收到结论后恢复；标注保留。")
    verb = gettext_lazy("暂停计时")
    done = gettext_lazy("已暂停计时；收到结论后请恢复。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will pause it."""
        investigating.pause(**self.given(kept), reason=kept["reason"])


class Resume(ObjectionAct):
    """The officer lets the clock run again."""

    form_class = forms.ConclusionForm
    question = gettext_lazy("收到结论，恢复计时？")
    keeps = gettext_lazy("检验论证的时间不计入；处理期限顺延同样多的工作日。")
    verb = gettext_lazy("恢复计时")
    done = gettext_lazy("已恢复计时。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will resume it."""
        investigating.resume(**self.given(kept), received_on=kept["received_on"], conclusion=kept["conclusion"])


class Query(ObjectionAct):
    """The decider sends the draft back."""

    form_class = ReasonForm
    question = gettext_lazy("退回重拟？")
    keeps = gettext_lazy("决定须与拟处理意见一致；不同意的写明理由退回，期限不因此延长。")
    verb = gettext_lazy("退回重拟")
    done = gettext_lazy("已退回，等处理人重拟。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will send it back."""
        deciding.query(**self.given(kept), reason=kept["reason"])


class Extend(ObjectionAct):
    """The officer asks the main head for more time."""

    form_class = ReasonForm
    question = gettext_lazy("申请延长处理期限？")
    keeps = gettext_lazy("由本单位主要负责人批准，只能延长一次。")
    verb = gettext_lazy("报请批准")
    done = gettext_lazy("已报请主要负责人批准。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will propose it."""
        timing.propose_extension(**self.given(kept), reason=kept["reason"])


class Serve(ObjectionAct):
    """The officer records how the decision reached an applicant who filed on paper."""

    form_class = forms.ServiceForm
    question = gettext_lazy("登记决定送达")
    keeps = gettext_lazy("从送达之日起计算申请复核的期限。")
    verb = gettext_lazy("登记送达")
    done = gettext_lazy("已登记送达。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will record it."""
        deciding.serve(
            **self.given(kept), method=kept["method"], received_by=kept["received_by"], served_on=kept["served_on"]
        )


class RequestReview(ObjectionAct):
    """The applicant applies for a review, once."""

    form_class = ReasonForm
    question = gettext_lazy("申请复核？")
    keeps = explaining.filling(
        gettext_lazy("由上级信用牵头部门另派人复核，{objection.review_decide_days}内决定；只能申请一次，结果不会更重。")
    )
    verb = gettext_lazy("申请复核")
    done = gettext_lazy("已申请复核，记录再次标注“异议处理中”。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will apply."""
        reviewing.request(**self.given(kept), reason=kept["reason"])


class DismissReview(ObjectionAct):
    """A new person of the superior office lets the decision stand."""

    form_class = forms.DecisionForm
    question = gettext_lazy("复核决定：不成立？")
    keeps = gettext_lazy("维持原决定，去掉标注。还可以依法申请行政复议或者提起行政诉讼。")
    verb = gettext_lazy("作出复核决定")
    done = gettext_lazy("已作出复核决定，标注已去掉。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will decide it."""
        reviewing.dismiss(**self.given(kept), reasons=kept["reasons"], number=kept["document_number"])


class RequestNotice(ObjectionAct):
    """The subject asks for the correction notice."""

    template_name = "staff/objections/notice.html"
    form_class = PlainForm
    question = gettext_lazy("公布更正公告？")
    keeps = gettext_lazy("公告只说明记录已经撤销、更正或停止公示，不重复原来的内容。公布后任何人都能看到。")
    verb = gettext_lazy("公布更正公告")
    done = gettext_lazy("已公布更正公告。")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the notice word for word before it is published."""
        return super().get_context_data(draft=notices.preview(self.case), **more)

    def act(self, kept: dict[str, Any]) -> None:
        """This will publish it."""
        notices.request(**self.given(kept))


class Answer(InquiryView, CaseAct):
    """The providing unit answers."""

    form_class = forms.AnswerForm
    question = gettext_lazy("回复核实函")
    keeps = gettext_lazy("回复交异议处理人；请写清来源、办理经过和证据。")
    verb = gettext_lazy("回复")
    done = gettext_lazy("已回复。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will answer, and keep the file with the answer."""
        if kept["version"] != self.case.version:
            raise Stale(_("这封核实函已经有人回复，请先看现在的情况"))
        investigating.answer(
            actor=self.user, inquiry=self.case, text=kept["text"], version=kept["version"], now=self.now
        )
        if upload := kept.get("file"):
            attachments.add(actor=self.user, role="clerk", obj=self.case, kind="reply", upload=upload, now=self.now)
