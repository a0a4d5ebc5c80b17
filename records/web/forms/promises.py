"""The forms of a commitment: its content with its milestones, and one small form for each act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Official
from records.models import Commitment
from records.web.forms.acts import ActForm
from records.web.forms.fields import Day, LongText, OneOf, SomeOf, Text, Tick, Upload
from records.workflow.commitments.promise import LABELS, MOST_MILESTONES, Promise, Step
from rules import codes, explaining

LEAST_ROWS, SPARE_ROWS = 3, 1
LISTS = {
    "kind": "commitment_kind",
    "origin": "commitment_origin",
    "disclosure_mode": "disclosure_mode",
    "key_areas": "key_area",
}
WORDS = ("title", "content", "to_whom", "measure", "starts_on", "due_on")
PLAIN = (
    *WORDS, "kind", "origin", "document_name", "document_number", "amount_yuan", "disclosure_mode", "disclosure_reason",
    "disclosure_basis",
)  # fmt: skip


class StepRows(forms.Form):
    """Rows for milestones: what, how much of the whole, by when; rows left blank are no milestones."""

    def add_rows(self, steps: Iterable[Step]) -> None:
        """This will add the fields of the rows, those typed, or those kept and a spare one."""
        held = list(steps)
        typed = sum(1 for name in self.data if name.startswith("step_title_")) if self.is_bound else 0
        count = min(max(typed, len(held) + SPARE_ROWS, LEAST_ROWS), MOST_MILESTONES)
        self.numbers = range(1, count + 1)
        for number in self.numbers:
            step = held[number - 1] if number <= len(held) else None
            named = {"n": number}
            self.fields[f"step_title_{number}"] = Text(
                label=_("节点 %(n)d：做到什么") % named, initial=step.title if step else ""
            )
            self.fields[f"step_weight_{number}"] = forms.IntegerField(
                label=_("节点 %(n)d：权重") % named,
                required=False,
                min_value=1,
                max_value=100,
                initial=step.weight if step else None,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=_NUMBER,
            )
            self.fields[f"step_due_{number}"] = Day(
                label=_("节点 %(n)d：完成日期") % named, initial=step.due_on if step else None
            )
        for name, field in self.fields.items():
            if name.startswith("step_"):
                field.unmarked = True  # type: ignore[attr-defined]

    def rows(self) -> list[list[forms.BoundField]]:
        """This will give the fields row by row, for the page."""
        return [[self[f"step_{part}_{number}"] for part in ("title", "weight", "due")] for number in self.numbers]

    def steps(self) -> tuple[Step, ...]:
        """This will give the rows that were filled in."""
        kept = self.cleaned_data
        found = []
        for number in self.numbers:
            title, weight, due = (kept.get(f"step_{part}_{number}") for part in ("title", "weight", "due"))
            if title or weight or due:
                found.append(Step(title or "", weight or 0, due))
        return tuple(found)


_NUMBER = {
    "invalid": gettext_lazy("请填写 1 到 100 的整数"),
    "min_value": gettext_lazy("请填写 1 到 100 的整数"),
    "max_value": gettext_lazy("请填写 1 到 100 的整数"),
}


class PromiseForm(StepRows):
    """The content of a promise; a draft may leave gaps, so nothing is demanded here."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = OneOf(label=LABELS["kind"])
    title = Text(label=LABELS["title"], help_text=gettext_lazy("一句话说清承诺什么，会出现在公开目录里。"))
    to_whom = Text(label=LABELS["to_whom"], help_text=gettext_lazy("群众、企业或者某个单位；不写个人姓名。"))
    content = LongText(label=LABELS["content"], rows=5, help_text=gettext_lazy("主动公开的会原样公开。"))
    measure = LongText(
        label=LABELS["measure"], rows=3, help_text=gettext_lazy("到期时看什么、达到多少算兑现，别人能照着核对。")
    )
    starts_on = Day(label=LABELS["starts_on"])
    due_on = Day(label=LABELS["due_on"], help_text=gettext_lazy("到这一天24时为止；不因休息日顺延。"))
    responsible_official = OneOf(label=LABELS["responsible_official"], help_text=gettext_lazy("公开页只显示职务。"))
    origin = OneOf(label=LABELS["origin"])
    document_name = Text(label=LABELS["document_name"])
    document_number = Text(label=LABELS["document_number"])
    amount_yuan = Text(
        label=LABELS["amount_yuan"],
        help_text=gettext_lazy("合同、付款类承诺填写。"),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    key_areas = SomeOf(label=LABELS["key_areas"], help_text=gettext_lazy("可以选几个。"))
    disclosure_mode = OneOf(
        label=LABELS["disclosure_mode"],
        widget=forms.RadioSelect,
        initial="PROACTIVE",
        help_text=gettext_lazy("以公开为常态、不公开为例外。"),
    )
    disclosure_reason = LongText(label=LABELS["disclosure_reason"], rows=2)
    disclosure_basis = Text(label=LABELS["disclosure_basis"], help_text=gettext_lazy("写到条款。"))

    optional = frozenset({"document_name", "document_number", "amount_yuan", "key_areas"})

    def __init__(
        self,
        *args: Any,
        today: date,
        officials: Iterable[tuple[Official, str]] = (),
        steps: Iterable[Step] = (),
        leave_out: Iterable[str] = (),
        **rest: Any,
    ) -> None:
        """This will offer the lists in force on ``today`` and the officials of the department."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        self.officials = {str(official.pk): (official, post) for official, post in officials}
        for name, list_name in LISTS.items():
            blank = [("", _("请选择"))] if name in ("kind", "origin") else []
            self.fields[name].choices = blank + codes.choices(list_name, on=today)  # type: ignore[attr-defined]
        self.fields["responsible_official"].choices = [  # type: ignore[attr-defined]
            ("", _("请选择")),
            *((key, f"{official.person.name} {post}".strip()) for key, (official, post) in self.officials.items()),
        ]
        for name in leave_out:
            del self.fields[name]
        for name, field in self.fields.items():
            field.unmarked = name not in self.optional  # type: ignore[attr-defined]
        self.add_rows(steps)

    def word_fields(self) -> list[forms.BoundField]:
        """This will give the fields of the words and days that are on the form, in their order."""
        return [self[name] for name in (*WORDS, "key_areas") if name in self.fields]

    def promise(self) -> Promise:
        """This will give what was typed, for the service to judge."""
        kept = self.cleaned_data
        plain: dict[str, Any] = {name: kept[name] for name in PLAIN if name in kept}
        official = self.officials.get(kept.get("responsible_official") or "")
        return Promise(
            **plain,
            key_areas=tuple(kept.get("key_areas") or ()),
            responsible_official=official[0] if official else None,
            milestones=self.steps(),
        )


def initial_of(promise: Commitment | None) -> dict[str, Any]:
    """This will give a form's first values: those of a promise, or a fresh key."""
    if promise is None:
        return {"key": uuid4()}
    kept: dict[str, Any] = {name: getattr(promise, name) for name in PLAIN}
    return kept | {
        "key": promise.pk,
        "version": promise.version,
        "key_areas": promise.key_areas,
        "responsible_official": str(promise.responsible_official_id or ""),
    }


class ClaimForm(ActForm):
    """When and how the promise was kept, with its proof."""

    performed_on = Day(label=gettext_lazy("履行日期"), required=True)
    note = LongText(
        label=gettext_lazy("履行情况"),
        rows=5,
        required=True,
        help_text=gettext_lazy("对照可衡量的标准逐项写；附件里有什么证明。"),
    )
    proof = Upload(label=gettext_lazy("证明材料"), help_text=gettext_lazy("PDF、图片或 Office 文件，最大 20 MB。"))


class StepReportForm(ClaimForm):
    """When and how a milestone was reached, with its proof."""

    done_on = Day(label=gettext_lazy("完成日期"), required=True)
    note = LongText(label=gettext_lazy("完成情况"), rows=4, required=True)
    field_order = ("version", "done_on", "note", "proof")
    performed_on = None  # type: ignore[assignment]


class VerdictForm(ActForm):
    """The score and the words of a verdict."""

    score = forms.IntegerField(
        label=gettext_lazy("得分（0—100）"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={key: gettext_lazy("请填写 0 到 100 的整数分") for key in ("invalid", "required")},
    )
    verdict_note = LongText(
        label=gettext_lazy("核定意见"),
        rows=5,
        required=True,
        help_text=gettext_lazy("主动公开的承诺会连同意见一起公开；不写个人姓名。"),
    )


class BreachForm(ActForm):
    """Why a promise is found broken."""

    verdict_note = LongText(
        label=gettext_lazy("认定理由"),
        rows=5,
        required=True,
        help_text=gettext_lazy("主动公开的承诺会公开这段话；不写个人姓名。"),
    )


class OrderForm(ActForm):
    """What has to be put right, and within how many days."""

    requirements = LongText(
        label=gettext_lazy("整改要求"), rows=5, required=True, help_text=gettext_lazy("一行一项，验收时逐项核对。")
    )
    limit_days = forms.IntegerField(
        label=gettext_lazy("整改期限（天）"),
        required=False,
        min_value=1,
        max_value=366,
        help_text=explaining.filling(gettext_lazy("不填按 {rectify.default_days}。")),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={key: gettext_lazy("请填写 1 到 366 的整数") for key in ("invalid", "min_value", "max_value")},
    )


class CompensationForm(ActForm):
    """Who was compensated, with how much, and when."""

    amount = Text(
        label=gettext_lazy("补偿金额（元）"),
        required=True,
        help_text=gettext_lazy("没有损失填 0，并在说明里写明向谁核实过。"),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    compensated_on = Day(label=gettext_lazy("补偿到位日期"), required=True)
    note = LongText(label=gettext_lazy("补偿情况"), rows=4, required=True)


class AnswerForm(ActForm):
    """Why the hits of the text scan are false ones."""

    reason = LongText(
        label=gettext_lazy("为什么不是不得公开的内容"), rows=3, help_text=gettext_lazy("逐处说明；没有命中的可以不填。")
    )


class OpinionForm(ActForm):
    """The words of a signature."""

    opinion = LongText(label=gettext_lazy("审批意见"), rows=4, required=True)


class ChangeForm(PromiseForm):
    """What a lawful change rests on, and the new words."""

    basis_codes = SomeOf(label=gettext_lazy("法定依据"))
    reason = LongText(
        label=gettext_lazy("公共利益理由"),
        rows=4,
        required=True,
        help_text=gettext_lazy("会公开。负责人、机构、行政区划的调整，内部付款流程，都不是理由。"),
    )
    compensation_plan = LongText(
        label=gettext_lazy("补偿方案"), rows=3, required=True, help_text=gettext_lazy("补偿谁、怎么算、何时到位。")
    )
    ends = Tick(
        label=gettext_lazy("不再有新的承诺"),
        help_text=gettext_lazy("勾选后，下面的新内容不用填，批准后这项承诺到此为止。"),
    )

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will leave out what a change does not touch."""
        left_out = (
            "kind", "origin", "document_name", "document_number", "amount_yuan", "disclosure_mode", "disclosure_reason",
            "disclosure_basis", "responsible_official", "key_areas", "to_whom",
        )  # fmt: skip
        super().__init__(*args, today=today, leave_out=left_out, **rest)
        self.fields["basis_codes"].choices = codes.choices("legal_basis", on=today)  # type: ignore[attr-defined]


class AmendmentForm(PromiseForm):
    """Other words for a running promise."""

    reason = LongText(label=gettext_lazy("修订的理由"), rows=3, required=True, help_text=gettext_lazy("会公开。"))

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will leave out what an amendment does not touch."""
        left_out = (
            "kind", "origin", "document_name", "document_number", "amount_yuan", "disclosure_mode", "disclosure_reason",
            "disclosure_basis", "responsible_official", "starts_on",
        )  # fmt: skip
        super().__init__(*args, today=today, leave_out=left_out, **rest)


def proofs(kept: Mapping[str, Any]) -> list[Any]:
    """This will give the uploaded file as a list."""
    return [kept["proof"]] if kept.get("proof") else []
