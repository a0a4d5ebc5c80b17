"""Forms of credit repair: few fields each; the services judge what is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.widgets import ChoiceCards
from records.models import CreditRepair, DecisionOutcome, MaterialState, RepairMaterial
from records.web.forms.acts import ActForm
from records.web.forms.fields import Day, LongText, OneOf, SomeOf, Text, Tick, Upload
from records.workflow.repairs import materials
from rules import codes

GROUNDS_HELP = gettext_lazy("履行了什么义务、怎样纠正、何时完成。越具体，核实越快。")


class ApplicationFields(forms.Form):
    """What an applicant writes."""

    grounds = LongText(label=gettext_lazy("履行和纠正的情况"), rows=6, required=True, help_text=GROUNDS_HELP)
    measures = SomeOf(label=gettext_lazy("已采取的措施"))
    agent_name = Text(
        label=gettext_lazy("代理人"), help_text=gettext_lazy("由他人代办的，写代理人姓名，并交授权委托书。")
    )

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will offer the measures in force."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        self.fields["measures"].choices = codes.choices("repair_measure", on=today)  # type: ignore[attr-defined]


class NewApplicationForm(ApplicationFields):
    """The first form; its key makes the same form sent twice one application."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": "", "invalid": ""})

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will give a fresh key."""
        super().__init__(*args, **rest)
        self.fields["key"].initial = uuid4

    def clean(self) -> dict[str, Any]:
        """This will say in words what a missing key means."""
        if self.errors.pop("key", None):
            self.add_error(None, _("页面已过期，请刷新后再办"))
        return super().clean() or {}


class EditForm(ApplicationFields, ActForm):
    """The same fields of an application that exists."""


class PledgeForm(ActForm):
    """The pledge, signed by the person who hands in."""

    pledge = Tick(label=gettext_lazy("我已阅读并代表申请人签署上面的信用承诺书"))


class PaperPledgeForm(ActForm):
    """The pledge as it was signed on paper, and the day it came in."""

    pledge = Text(label=gettext_lazy("承诺书签署人"), required=True)
    received_on = Day(label=gettext_lazy("收到日期"), required=True)


class GiveForm(forms.Form):
    """One material: which, and the file; paper is only noted."""

    code = OneOf(label=gettext_lazy("这份材料是"), required=True)
    file = Upload(label=gettext_lazy("文件"), help_text=gettext_lazy("PDF、图片或 Office 文件，最大 20 MB。"))
    on_paper = Tick(label=gettext_lazy("收到的是纸质材料，已核对原件"))

    def __init__(self, *args: Any, repair: CreditRepair, **rest: Any) -> None:
        """This will offer the lines of the checklist; paper only where the office enters it."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        lines = [line for line in materials.lines(repair) if _may_come(line)]
        self.fields["code"].choices = [(line.code, line.label) for line in lines]  # type: ignore[attr-defined]
        if not repair.is_paper:
            del self.fields["on_paper"]
            self.fields["file"].required = True

    def clean(self) -> dict[str, Any]:
        """This will ask for one of the two."""
        kept = super().clean() or {}
        if "on_paper" in self.fields and not kept.get("file") and not kept.get("on_paper") and not self.errors:
            self.add_error("file", _("请选择文件，或者勾选收到纸质材料"))
        return kept


def _may_come(line: RepairMaterial) -> bool:
    """The pledge is signed with the submission; it only comes as a file when it was found wanting."""
    return line.code != materials.PLEDGE or line.state == MaterialState.LACKING


class SupplementForm(ActForm):
    """For each material: whether it lacks, and what is wrong with it."""

    def __init__(self, *args: Any, lines: Iterable[RepairMaterial], **rest: Any) -> None:
        """This will make two fields for each line of the checklist."""
        super().__init__(*args, **rest)
        for line in lines:
            self.fields[f"lack_{line.code}"] = Tick(label=_("缺：%s") % line.label)
            self.fields[f"note_{line.code}"] = Text(
                label=_("%s缺什么") % line.label, help_text=_("例如：看不清印章；缺第二笔回单。")
            )
            for name in (f"lack_{line.code}", f"note_{line.code}"):
                self.fields[name].unmarked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """This will gather what lacks, by code."""
        kept = super().clean()
        names = [name.removeprefix("lack_") for name in self.fields if name.startswith("lack_")]
        kept["told"] = {code: kept.get(f"note_{code}", "") for code in names if kept.get(f"lack_{code}")}
        return kept


class FindingsForm(ActForm):
    """What was checked, and what is proposed."""

    findings = LongText(label=gettext_lazy("核实情况"), rows=6, required=True)
    proposed = OneOf(label=gettext_lazy("拟办意见"), required=True, widget=ChoiceCards())

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the two outcomes."""
        super().__init__(*args, **rest)
        self.fields["proposed"].choices = DecisionOutcome.choices  # type: ignore[attr-defined]


class ApproveForm(ActForm):
    """A grant: number and reasons."""

    number = Text(label=gettext_lazy("决定文号"), required=True, help_text=gettext_lazy("例如 安信修〔2026〕12号"))
    reason = LongText(label=gettext_lazy("理由"), rows=4, required=True)


class RefuseForm(ApproveForm):
    """A refusal also says when and how to ask again."""

    how = LongText(label=gettext_lazy("怎样再申请"), rows=3, required=True)
    reapply_from = Day(label=gettext_lazy("何时可以再申请"), help_text=gettext_lazy("不填的，按规定最早的一天。"))


class RevokeForm(ActForm):
    """Why a repair is revoked."""

    revoked_ground = OneOf(label=gettext_lazy("事由"), required=True)
    reason = LongText(label=gettext_lazy("查明的情况"), rows=4, required=True)

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the grounds in force."""
        super().__init__(*args, **rest)
        grounds = codes.choices("repair_revocation")
        self.fields["revoked_ground"].choices = [("", _("请选择")), *grounds]  # type: ignore[attr-defined]


class DelistForm(ActForm):
    """What the court wrote."""

    court = Text(label=gettext_lazy("法院"), required=True)
    number = Text(label=gettext_lazy("法院文书编号"), required=True)
    delisted_on = Day(label=gettext_lazy("移出日期"), required=True)
