"""Forms of the acts on what a record sets going; texts are judged by the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.models import ItemVerdict, Rectification, Sanction, SituationReport
from records.web.forms.acts import ActForm
from records.web.forms.fields import Day, LongText, OneOf, SomeOf, Text, Upload
from records.workflow.duties.situation import PARTS
from rules import codes, explaining


class Number(forms.IntegerField):
    """A whole number as typed; the service says which are acceptable."""

    def __init__(self, **rest: Any) -> None:
        """This will leave the limits to the service."""
        super().__init__(**rest)
        self.error_messages |= {"required": _("请填写数字"), "invalid": _("请填写整数")}


class SituationForm(ActForm):
    """The four parts of a situation report."""

    def __init__(self, *args: Any, case: SituationReport, **rest: Any) -> None:
        """This will offer one field for each part."""
        super().__init__(*args, **rest)
        for name, label in PARTS.items():
            self.fields[name] = LongText(label=label, rows=5, initial=getattr(case, name))


class OrderForm(ActForm):
    """What must be put right, one point a line, and by when."""

    requirements = LongText(
        label=gettext_lazy("整改要求"), rows=6, help_text=gettext_lazy("一行一项，逐项验收；一项不超过 500 字。")
    )
    limit_days = Number(
        label=gettext_lazy("期限（自然日）"), required=False, help_text=gettext_lazy("不填按现行规定天数。")
    )


class PlanForm(ActForm):
    """The plan with which the work begins."""

    plan = LongText(label=gettext_lazy("整改安排"), rows=5, help_text=gettext_lazy("谁来做、分几步、何时完成。"))


class AnswerForm(ActForm):
    """What was done, point by point, and the report as a whole."""

    def __init__(self, *args: Any, case: Rectification, **rest: Any) -> None:
        """This will offer one field for each point."""
        super().__init__(*args, **rest)
        for item in case.items.order_by("place"):
            self.fields[f"answer_{item.place}"] = LongText(
                label=_("第 %d 项整改情况") % item.place, rows=4, help_text=item.text, initial=item.answer
            )
        self.fields["report"] = LongText(label=_("整改报告"), rows=6, initial=case.report)


class ProofForm(ActForm):
    """Evidence of one point."""

    place = OneOf(label=gettext_lazy("证明哪一项"), required=True, widget=forms.RadioSelect)
    file = Upload(
        label=gettext_lazy("文件"), required=True, help_text=gettext_lazy("PDF、图片或 Office 文件，不超过 20 MB。")
    )

    def __init__(self, *args: Any, case: Rectification, **rest: Any) -> None:
        """This will offer the points."""
        super().__init__(*args, **rest)
        points = case.items.order_by("place").values_list("place", "text")
        self.fields["place"].choices = [(str(place), f"{place}. {text}") for place, text in points]  # type: ignore[attr-defined]


class ExtensionForm(ActForm):
    """How many days more, and why."""

    days = Number(
        label=gettext_lazy("延长天数（自然日）"),
        help_text=explaining.filling(gettext_lazy("最长 {rectify.max_extension_days}，只能延一次。")),
    )
    reason = LongText(label=gettext_lazy("理由"), rows=4)


class JudgeForm(ActForm):
    """A verdict on every point."""

    def __init__(self, *args: Any, case: Rectification, **rest: Any) -> None:
        """This will offer a verdict and a note for each point."""
        super().__init__(*args, **rest)
        for item in case.items.order_by("place"):
            verdict = OneOf(
                label=_("第 %d 项") % item.place, required=True, widget=forms.RadioSelect, help_text=item.text
            )
            verdict.choices = ItemVerdict.choices
            self.fields[f"met_{item.place}"] = verdict
            self.fields[f"note_{item.place}"] = LongText(label=_("第 %d 项验收意见") % item.place, rows=2)


class ResponsibilityForm(ActForm):
    """Who answers for a record, in what part, with which share, on what evidence."""

    official = OneOf(
        label=gettext_lazy("人员"), required=True, help_text=gettext_lazy("文书日期当天在该单位任职的人。")
    )
    kind = OneOf(label=gettext_lazy("责任类别"), required=True, widget=forms.RadioSelect)
    share = Number(label=gettext_lazy("责任份额（%）"), help_text=gettext_lazy("全部人员合计不超过 100。"))
    evidence = LongText(label=gettext_lazy("责任依据"), rows=4, help_text=gettext_lazy("职责分工、批示、会议纪要等。"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **rest: Any) -> None:
        """This will offer those who held a post on the day of the document."""
        super().__init__(*args, **rest)
        self.fields["official"].choices = [("", _("请选择")), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = codes.choices("responsibility")  # type: ignore[attr-defined]


class OpenCaseForm(ActForm):
    """Which records, which day is traced back to, and why."""

    records = SomeOf(label=gettext_lazy("所据记录"), required=True)
    acted_on = Day(
        label=gettext_lazy("行为发生日期"),
        required=True,
        help_text=gettext_lazy("按这一天的任职找人，不按现在的任职。"),
    )
    cause = LongText(label=gettext_lazy("追责事由"), rows=4)

    def __init__(self, *args: Any, found: list[tuple[str, str]], **rest: Any) -> None:
        """This will offer the decided records of the unit."""
        super().__init__(*args, **rest)
        self.fields["records"].choices = found  # type: ignore[attr-defined]


class TraceForm(ActForm):
    """Somebody who held a post on the day of the act."""

    official = OneOf(label=gettext_lazy("行为发生时任职的人员"), required=True, widget=forms.RadioSelect)
    kind = OneOf(label=gettext_lazy("责任类别"), required=True, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **rest: Any) -> None:
        """This will offer those who held a post that day."""
        super().__init__(*args, **rest)
        self.fields["official"].choices = people  # type: ignore[attr-defined]
        self.fields["kind"].choices = codes.choices("responsibility")  # type: ignore[attr-defined]


class DropForm(ActForm):
    """Whom to leave out, and why."""

    person = OneOf(label=gettext_lazy("人员"), required=True, widget=forms.RadioSelect)
    reason = LongText(label=gettext_lazy("理由"), rows=4)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **rest: Any) -> None:
        """This will offer those named."""
        super().__init__(*args, **rest)
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class FindForm(ActForm):
    """A finding and a measure for every person, and the conclusion."""

    def __init__(self, *args: Any, people: list[Any], **rest: Any) -> None:
        """This will offer two fields for each person."""
        super().__init__(*args, **rest)
        for person in people:
            who = f"{person.official.person.name} {person.post_title}"
            key = person.pk.hex
            self.fields[f"finding_{key}"] = LongText(label=_("%s：核查情况") % who, rows=3, initial=person.finding)
            measure = OneOf(label=_("%s：处理意见") % who, required=True, initial=person.measure)
            measure.choices = [("", _("请选择")), *codes.choices("accountability_measure")]
            self.fields[f"measure_{key}"] = measure
        self.fields["finding"] = LongText(label=_("核查结论"), rows=5)


class TransferForm(ActForm):
    """To which supervision organ, by which letter."""

    organ = Text(label=gettext_lazy("监察机关"), required=True)
    number = Text(label=gettext_lazy("移送函文号"), required=True)


class CloseForm(ActForm):
    """What was done, and what the supervision organ answered."""

    reason = LongText(label=gettext_lazy("落实情况"), rows=4, help_text=gettext_lazy("人员调离、离任不是办结的理由。"))
    answer = LongText(label=gettext_lazy("监察机关反馈"), rows=3, help_text=gettext_lazy("移送过的必须填写。"))


class ClaimForm(ActForm):
    """On which grounds, when, what exactly, with which evidence."""

    grounds = SomeOf(label=gettext_lazy("理由"), required=True)
    done_on = Day(label=gettext_lazy("何时做到"), required=True)
    facts = LongText(label=gettext_lazy("事实和证据说明"), rows=6)
    file = Upload(label=gettext_lazy("证据"), required=True, help_text=gettext_lazy("转账凭证、证明等，不超过 20 MB。"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the grounds in force."""
        super().__init__(*args, **rest)
        self.fields["grounds"].choices = codes.choices("mitigation_ground")  # type: ignore[attr-defined]


class OpinionForm(ActForm):
    """The opinion of whoever examined the evidence."""

    opinion = LongText(label=gettext_lazy("审查意见"), rows=5)


class ReplyForm(ActForm):
    """The reasons of a decision, which the claimant reads."""

    reply = LongText(label=gettext_lazy("决定理由"), rows=5)


class LightenForm(ReplyForm):
    """For every measure: as it is, shorter, or lifted."""

    def __init__(self, *args: Any, measures: list[Sanction], **rest: Any) -> None:
        """This will offer a choice and a day for each measure."""
        super().__init__(*args, **rest)
        for measure in measures:
            label = codes.label("sanction", measure.code)
            choice = OneOf(label=label, required=True, initial="keep", widget=forms.RadioSelect)
            choice.choices = [("keep", _("不变")), ("until", _("缩短")), ("lift", _("解除"))]
            self.fields[f"how_{measure.code}"] = choice
            self.fields[f"until_{measure.code}"] = Day(label=_("%s缩短到") % label)
        self.order_fields([name for name in self.fields if name != "reply"] + ["reply"])

    def clean(self) -> dict[str, Any]:
        """This will ask for the day where a measure is shortened, and gather what changes."""
        kept = super().clean()
        changed: dict[str, Any] = {}
        for name, how in list(kept.items()):
            code = name.removeprefix("how_")
            if name == code or how == "keep":
                continue
            if how == "until" and not kept.get(f"until_{code}") and f"until_{code}" not in self.errors:
                self.add_error(f"until_{code}", _("请填写日期"))
            changed[code] = kept.get(f"until_{code}") if how == "until" else None
        kept["changed"] = changed
        return kept
