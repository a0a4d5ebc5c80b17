"""Forms of the acts on a complaint."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from accounts.models import Department, RoleGrant
from records.models import Complaint, ComplaintKind
from records.web import subjects
from records.web.forms.acts import ActForm
from records.web.forms.fields import LongText, OneOf, SomeOf, Text, Tick, Upload
from records.workflow.complaints import clocks

OTHER = "other"


class KindForm(ActForm):
    """A screening decision: the kind may be put right, a note may be added."""

    kind = OneOf(
        label=gettext_lazy("投诉的种类"),
        required=True,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("种类决定期限；举报人选错的，在这里改正。"),
    )
    note = LongText(label=gettext_lazy("备注"), rows=3, help_text=gettext_lazy("只在内部留存。"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the kinds."""
        super().__init__(*args, **rest)
        self.fields["kind"].choices = ComplaintKind.choices  # type: ignore[attr-defined]


class AcceptForm(KindForm):
    """Taking a complaint up: besides its kind, whether it is simple."""

    is_simple = Tick(
        label=gettext_lazy("按简易事项办理"),
        required=False,
        help_text=gettext_lazy("12345 转来、能当场答复的一类；办结期限较短，转为普通程序只有一次。"),
    )
    field_order = ("kind", "is_simple", "note")

    def __init__(self, *args: Any, channel: str, **rest: Any) -> None:
        """This will not offer it where a law sets the term by the channel."""
        super().__init__(*args, **rest)
        if not clocks.may_be_simple(kind=ComplaintKind.GENERAL, channel=channel):
            del self.fields["is_simple"]


class RelateForm(ActForm):
    """Which promise a complaint is about, and its key areas."""

    commitment = Text(
        label=gettext_lazy("涉及的承诺编号"), help_text=gettext_lazy("须是被投诉单位的承诺；不涉及承诺的留空。")
    )
    key_areas = SomeOf(label=gettext_lazy("重点领域"), help_text=gettext_lazy("可以选几个，也可以不选。"))

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **rest: Any) -> None:
        """This will offer the areas of the day."""
        super().__init__(*args, **rest)
        self.fields["key_areas"].choices = offered  # type: ignore[attr-defined]


class TransferForm(KindForm):
    """Whom a complaint is handed to: one of the offices that handle complaints, or another by name or code."""

    to = OneOf(label=gettext_lazy("转给哪个单位"), required=True, widget=forms.RadioSelect)
    unit = Text(
        label=gettext_lazy("其他单位（名称或代码）"),
        help_text=gettext_lazy("须是被投诉单位的上级或主管部门；被投诉单位和它的下属不能选。"),
    )
    field_order = ("to", "unit", "kind", "note")

    def __init__(self, *args: Any, offered: list[Department], today: date, **rest: Any) -> None:
        """This will offer the offices above and beside the department complained about."""
        super().__init__(*args, **rest)
        self.offered, self.today = {str(each.pk): each for each in offered}, today
        units = [(key, each.name) for key, each in self.offered.items()]
        self.fields["to"].choices = [*units, (OTHER, _("其他单位"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """This will find the office."""
        kept = super().clean()
        chosen = kept.get("to")
        if chosen == OTHER:
            match = subjects.unit(kept.get("unit") or "", on=self.today)
            kept["department"] = match.unit
            if match.unit is None:
                self.add_error("unit", match.problem)
        elif chosen:
            kept["department"] = self.offered[chosen]
        return kept


class NotAcceptForm(ActForm):
    """Why a complaint is not taken up, and where its sender can go."""

    reason = LongText(
        label=gettext_lazy("不予受理的理由"), rows=4, required=True, help_text=gettext_lazy("举报人会看到。")
    )
    where_to = LongText(
        label=gettext_lazy("可以去的地方"),
        rows=3,
        required=True,
        help_text=gettext_lazy("写清单位、电话或地址，例如：人民法院立案庭、劳动监察大队。"),
    )


class MergeForm(ActForm):
    """Which other complaint deals with the same matter."""

    into = OneOf(label=gettext_lazy("并入哪一件"), required=True, widget=forms.RadioSelect)
    note = LongText(label=gettext_lazy("备注"), rows=3)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **rest: Any) -> None:
        """This will offer the other complaints about the same department."""
        super().__init__(*args, **rest)
        self.fields["into"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            self.fields["into"].help_text = _("没有针对同一单位的其他投诉可以并入。")


class AssignForm(ActForm):
    """Who investigates."""

    handler = OneOf(label=gettext_lazy("办理人"), required=True, widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: list[RoleGrant], **rest: Any) -> None:
        """This will offer the handlers of the office."""
        super().__init__(*args, **rest)
        people = {str(grant.person_id): grant.person.name for grant in offered}
        self.fields["handler"].choices = list(people.items())  # type: ignore[attr-defined]
        if not people:
            self.fields["handler"].help_text = _("本单位还没有能办这件投诉的投诉办理人，请安全管理员授予角色。")


class FindingsForm(ActForm):
    """What was found."""

    text = LongText(
        label=gettext_lazy("核查情况"),
        rows=12,
        required=True,
        help_text=gettext_lazy("查了什么、向谁核实、证据是什么、结论依据什么。不要写能认出举报人的话。"),
    )


class EvidenceForm(forms.Form):
    """A file that proves what was found."""

    file = Upload(
        label=gettext_lazy("核查证据"), required=True, help_text=gettext_lazy("PDF、图片或 Office 文件，最大 20 MB。")
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)


class OrderForm(ActForm):
    """What must be put right, point by point, and by when."""

    requirements = LongText(
        label=gettext_lazy("整改要求"),
        rows=6,
        required=True,
        help_text=gettext_lazy("一行一项，逐项验收。只写要改什么，不写来源，不写任何能认出举报人的话。"),
    )
    limit_days = forms.IntegerField(
        label=gettext_lazy("整改期限（天）"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text=gettext_lazy("不填按规定的天数。"),
        error_messages={"invalid": gettext_lazy("请填整数天数")},
    )


class DefaultForm(ActForm):
    """The facts of a confirmed default, in the superior's own words."""

    facts = LongText(
        label=gettext_lazy("失信事实"),
        rows=8,
        required=True,
        help_text=gettext_lazy(
            "会写进失信记录草稿，以后可能公开。问自己一句：这句话是不是只有一个人说得出来？是就换个写法。"
        ),
    )


class AnswerForm(ActForm):
    """The explanation to the sender."""

    text = LongText(
        label=gettext_lazy("向举报人的解释说明"),
        rows=8,
        required=True,
        help_text=gettext_lazy("查了什么、为什么不属实、还可以怎样反映。举报人凭查询码看到全文。"),
    )


class WriteForm(forms.Form):
    """A message to the sender."""

    text = LongText(label=gettext_lazy("写给举报人的话"), rows=5, required=True)

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)


def joinable(rows: Iterable[Complaint]) -> list[tuple[str, str]]:
    """This will name the complaints another may be joined to: number or day, kind and state."""
    return [
        (
            str(each.pk),
            f"{each.number or wording.day(each.received_on)} · {each.get_kind_display()} · {each.get_state_display()}",
        )
        for each in rows
    ]
