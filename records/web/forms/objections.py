"""Forms of objections: the statement, the steps of the office, the draft with what it would correct, the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.widgets import ChoiceCards
from records.models import DishonestyRecord, NoticeMethod, Objection, Outcome
from records.web.forms.acts import ActForm
from records.web.forms.fields import Day, LongText, OneOf, SomeOf, Text, Tick, Upload
from records.web.forms.filing import FilingForm
from records.workflow.objections import filing, guards, outcomes
from records.workflow.objections.filing import Statement
from rules import clock, codes
from rules.models import Code

WORDS = ("document_name", "document_number", "issuer_name", "facts", "basis_codes", "economic_loss_yuan",
         "social_impact", "key_areas")  # fmt: skip
"""The fields of the record a correction may reword."""


class StatementForm(forms.Form):
    """What the subject says: ground, facts, what he asks for; the key makes a second press give the first case."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ground = OneOf(label=gettext_lazy("异议的理由"), widget=forms.RadioSelect)
    facts = LongText(
        label=gettext_lazy("事实和理由"),
        rows=8,
        help_text=gettext_lazy("写清哪一处不对、事实是什么、有什么证据。至少 10 字。"),
    )
    wanted = OneOf(label=gettext_lazy("您的请求"), widget=forms.RadioSelect)
    is_against_source = Tick(
        label=gettext_lazy("我不服的是处分、处罚或裁判决定本身"),
        help_text=gettext_lazy("勾选的，我们会告诉您向哪里申请复审、复核、复议或者起诉；这里只处理记录和公示。"),
    )
    evidence = Upload(
        label=gettext_lazy("证据材料"),
        help_text=gettext_lazy("PDF、图片或 Office 文件，最大 20 MB；提交前可以多次添加。"),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the grounds and requests; a draft may leave them open, so none is marked."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        self.fields["ground"].choices = codes.choices(guards.GROUNDS)  # type: ignore[attr-defined]
        self.fields["wanted"].choices = filing.wanted_words()  # type: ignore[attr-defined]
        for name in ("ground", "facts", "wanted"):
            self.fields[name].unmarked = True  # type: ignore[attr-defined]

    def statement(self) -> Statement:
        """This will give what was typed in the form the services take."""
        kept = self.cleaned_data
        return Statement(
            ground=kept["ground"],
            facts=kept["facts"],
            wanted=kept["wanted"],
            is_against_source=kept["is_against_source"],
        )


def statement_of(objection: Objection) -> dict[str, Any]:
    """This will give the first values of the form for a case that is being written."""
    names = ("ground", "facts", "wanted", "is_against_source", "version")
    return {"key": objection.pk, **{name: getattr(objection, name) for name in names}}


class RegistrationForm(StatementForm):
    """A paper filing: when it came in, who brought it, the authorisation of an agent, the papers themselves."""

    received_on = Day(label=gettext_lazy("收到日期"), required=True, help_text=gettext_lazy("受理期限从这一天起算。"))
    agent_name = Text(label=gettext_lazy("代理人姓名"), help_text=gettext_lazy("当事人自己提出的不用填。"))
    proof = Upload(label=gettext_lazy("授权委托书"), help_text=gettext_lazy("有代理人的必须上传。"))
    field_order = ("key", "version", "received_on", "agent_name", "proof", "ground", "facts", "wanted")

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will call the papers what they are."""
        super().__init__(*args, **rest)
        self.fields["evidence"].label = _("异议申请书和证据（扫描件）")
        self.fields["evidence"].help_text = _("PDF、图片或 Office 文件，最大 20 MB。")
        self.fields["is_against_source"].label = _("申请人不服的是处分、处罚或裁判决定本身")


class SupplementForm(StatementForm):
    """What was missing, and a word about it."""

    note = LongText(label=gettext_lazy("补正说明"), rows=3)


class EvidenceForm(ActForm):
    """One more piece of evidence."""

    file = Upload(
        label=gettext_lazy("文件"), required=True, help_text=gettext_lazy("PDF、图片或 Office 文件，最大 20 MB。")
    )


class OpinionForm(ActForm):
    """A word one may add."""

    note = LongText(label=gettext_lazy("说明"), rows=3)


class MissingForm(ActForm):
    """Everything that is missing, one line each; there is no second notice."""

    items = LongText(
        label=gettext_lazy("缺少的材料"),
        rows=6,
        required=True,
        help_text=gettext_lazy("每行一项，一次列全；之后不能再要求补正。"),
    )


class RefusalForm(ActForm):
    """Why the objection is not taken up, and where the applicant can turn."""

    refusal = OneOf(label=gettext_lazy("不予受理的情形"), required=True)
    reason = LongText(label=gettext_lazy("理由"), rows=4, required=True)
    remedy = LongText(
        label=gettext_lazy("告知的途径"), rows=4, help_text=gettext_lazy("不填的，用所选情形下印好的文字。")
    )

    def __init__(self, *args: Any, offered: list[Code], **rest: Any) -> None:
        """This will offer the grounds of refusal, each with the way it tells."""
        super().__init__(*args, **rest)
        notes = {each.code: str(each.facts.get("remedy", "")) for each in offered}
        self.fields["refusal"].widget = ChoiceCards(notes=notes)
        self.fields["refusal"].choices = [(each.code, each.label) for each in offered]  # type: ignore[attr-defined]


class CheckForm(ActForm):
    """What the comparison with source document and platform showed."""

    result = LongText(label=gettext_lazy("核对结果"), rows=4, required=True)


class QuestionForm(ActForm):
    """What the providing unit shall verify."""

    question = LongText(label=gettext_lazy("要核实的问题"), rows=5, required=True)


class AnswerForm(ActForm):
    """The answer of the providing unit."""

    text = LongText(label=gettext_lazy("核实情况"), rows=8, required=True)
    file = Upload(label=gettext_lazy("证明材料"), help_text=gettext_lazy("PDF、图片或 Office 文件，最大 20 MB。"))


class ConclusionForm(ActForm):
    """The experts' conclusion and the day it came."""

    received_on = Day(
        label=gettext_lazy("收到结论的日期"), required=True, help_text=gettext_lazy("这一天仍不计入，次日起继续计时。")
    )
    conclusion = LongText(label=gettext_lazy("结论"), rows=4, required=True)


class DraftForm(ActForm):
    """Findings, the outcome proposed, and, for a correction, the new words and lighter measures."""

    findings = LongText(label=gettext_lazy("核查情况和意见"), rows=6, required=True)
    outcome = OneOf(label=gettext_lazy("拟处理意见"), required=True)
    document_name = Text(label=gettext_lazy("文书名称"))
    document_number = Text(label=gettext_lazy("文号"))
    issuer_name = Text(label=gettext_lazy("制发机关"))
    facts = LongText(label=gettext_lazy("事实"), rows=6)
    basis_codes = SomeOf(label=gettext_lazy("认定依据"))
    economic_loss_yuan = Text(label=gettext_lazy("造成的经济损失（元）"))
    social_impact = OneOf(label=gettext_lazy("社会影响"))
    key_areas = SomeOf(label=gettext_lazy("重点领域"))
    severity = OneOf(label=gettext_lazy("失信等级"))
    sanctions = SomeOf(label=gettext_lazy("惩戒措施"), help_text=gettext_lazy("去掉勾选即解除；不能增加。"))
    period_until = Day(label=gettext_lazy("最长公示到"), help_text=gettext_lazy("只能比现在早。"))

    def __init__(self, *args: Any, record: DishonestyRecord, **rest: Any) -> None:
        """This will offer the outcomes the record allows and the lists in force; measures only those it has."""
        super().__init__(*args, **rest)
        today = clock.local_day(clock.now())
        notes = {code: outcomes.closed_to(record, code) or "" for code in Outcome.values}
        self.fields["outcome"].widget = ChoiceCards(notes=notes)
        self.fields["outcome"].choices = Outcome.choices  # type: ignore[attr-defined]
        for name, list_name in FilingForm.lists.items():
            if name in self.fields:
                self.fields[name].choices = codes.choices(list_name, on=today)  # type: ignore[attr-defined]
        self.fields["severity"].choices = codes.choices("severity", on=today)  # type: ignore[attr-defined]
        held = [(code, codes.label("sanction", code)) for code in record.sanctions]
        self.fields["sanctions"].choices = held  # type: ignore[attr-defined]
        if not held:
            del self.fields["sanctions"]
        for name in self.correctable():
            self.fields[name].unmarked = True  # type: ignore[attr-defined]

    def correctable(self) -> list[str]:
        """This will name the fields of a correction that the form has."""
        return [name for name in (*WORDS, "severity", "sanctions", "period_until") if name in self.fields]


class ReviewForm(DraftForm):
    """A review that grants something: reasons and document number beside the outcome."""

    document_number_decision = Text(label=gettext_lazy("决定书文号"), required=True)

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will call findings what they are here, and leave out the outcome that grants nothing."""
        super().__init__(*args, **rest)
        self.fields["findings"].label = _("复核决定的理由")
        self.fields["outcome"].label = _("复核决定")
        granted = [each for each in Outcome.choices if each[0] != Outcome.DISMISS]
        self.fields["outcome"].choices = granted  # type: ignore[attr-defined]


class DecisionForm(ActForm):
    """The signed decision: its reasons and its number."""

    reasons = LongText(
        label=gettext_lazy("决定理由"),
        rows=6,
        required=True,
        help_text=gettext_lazy("会送达申请人；逐条回应他的理由。"),
    )
    document_number = Text(
        label=gettext_lazy("决定书文号"), required=True, help_text=gettext_lazy("例：安发改异〔2026〕3号")
    )


class ServiceForm(ActForm):
    """How and when the decision reached the applicant."""

    method = OneOf(label=gettext_lazy("送达方式"), required=True, widget=forms.RadioSelect)
    received_by = Text(label=gettext_lazy("签收人"), required=True)
    served_on = Day(label=gettext_lazy("送达日期"), required=True)

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the methods of service."""
        super().__init__(*args, **rest)
        self.fields["method"].choices = NoticeMethod.choices  # type: ignore[attr-defined]
