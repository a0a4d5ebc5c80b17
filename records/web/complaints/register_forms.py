"""Forms of the registers beside the cases: what staff take down, channels, the corps of supervisors, media clues."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from records.models import ComplaintKind
from records.services.intake.register import Intake
from records.web import subjects
from records.web.forms.fields import Day, LongText, OneOf, Text, Tick, Upload
from rules import codes

HIDDEN_CHANNELS = frozenset({"SUPERVISOR"})
HEX = r"^[0-9a-f]{20,80}$"


class PlainForm(forms.Form):
    """A form without colons after its labels."""

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will keep the day on which names and codes are looked up."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        self.today = today

    def find_unit(self, name: str = "unit") -> None:
        """This will find the unit typed, or say at its field why not."""
        if self.cleaned_data.get(name):
            match = subjects.unit(self.cleaned_data[name], on=self.today)
            self.cleaned_data["department"] = match.unit
            if match.unit is None:
                self.add_error(name, match.problem)


class Sealed(PlainForm):
    """A form whose second sending is known again by a random mark it carries."""

    nonce = forms.RegexField(HEX, widget=forms.HiddenInput, error_messages={"required": "", "invalid": ""})

    def clean(self) -> dict[str, Any]:
        """This will say in words what a missing mark means."""
        if self.errors.pop("nonce", None):
            self.add_error(None, _("页面已过期，请刷新后再办"))
        return super().clean() or {}


class ClueForm(Sealed):
    """What somebody saw or was told: whom it concerns, what happened, when."""

    unit = Text(label=gettext_lazy("被投诉单位（名称或代码）"), required=True)
    kind = OneOf(label=gettext_lazy("种类"), required=True, widget=forms.RadioSelect)
    content = LongText(
        label=gettext_lazy("什么事"), rows=8, required=True, help_text=gettext_lazy("至少10个字。加密保存。")
    )
    happened = Text(label=gettext_lazy("什么时候发生的"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the kinds."""
        super().__init__(*args, **rest)
        self.fields["kind"].choices = ComplaintKind.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """This will find the unit."""
        super().clean()
        self.find_unit()
        return self.cleaned_data

    def intake(self) -> Intake:
        """This will give what the register takes in."""
        kept = self.cleaned_data
        return Intake(
            object_department=kept["department"],
            content=kept["content"],
            kind=kept["kind"],
            happened=kept["happened"],
            channel=kept.get("channel", ""),
            name=kept.get("name", ""),
            contact=kept.get("contact", ""),
            received_on=kept.get("received_on"),
        )


class RegisterForm(ClueForm):
    """What staff take down from telephone, box or counter."""

    channel = OneOf(label=gettext_lazy("从哪个渠道来"), required=True)
    received_on = Day(label=gettext_lazy("收到日期"), required=True)
    name = Text(label=gettext_lazy("举报人怎么称呼"), help_text=gettext_lazy("本人愿意留才填；封存，办理人也看不到。"))
    contact = Text(label=gettext_lazy("联系方式"), help_text=gettext_lazy("同上。不留也照样办。"))
    commitment = Text(label=gettext_lazy("涉及的承诺编号"), help_text=gettext_lazy("说的是某项承诺没有兑现时填。"))
    field_order = ("channel", "received_on", "unit", "kind", "content", "happened", "commitment", "name", "contact")

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the channels staff take down."""
        super().__init__(*args, **rest)
        offered = [each for each in codes.choices("channel", self.today) if each[0] not in HIDDEN_CHANNELS]
        self.fields["channel"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]


class KeyForm(PlainForm):
    """A form that makes one row; the same form sent twice makes one."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": "", "invalid": ""})

    def clean(self) -> dict[str, Any]:
        """This will say in words what a missing key means."""
        if self.errors.pop("key", None):
            self.add_error(None, _("页面已过期，请刷新后再办"))
        return super().clean() or {}


class VersionForm(PlainForm):
    """A form that changes a row: the version the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "", "invalid": ""})

    def clean(self) -> dict[str, Any]:
        """This will say in words what a missing version means."""
        if self.errors.pop("version", None):
            self.add_error(None, _("页面已过期，请刷新后再办"))
        return super().clean() or {}


class ChannelFields(forms.Form):
    """What a channel says of itself."""

    code = OneOf(label=gettext_lazy("渠道"), required=True)
    name = Text(label=gettext_lazy("名称"), required=True)
    contact = Text(
        label=gettext_lazy("联系方式"), required=True, help_text=gettext_lazy("电话、地址或网址，对外公布。")
    )
    hours = Text(label=gettext_lazy("受理时间"), required=True, help_text=gettext_lazy("例：工作日 8:30–17:30。"))
    is_active = Tick(label=gettext_lazy("现在开通"), initial=True)

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the channels of the code list."""
        super().__init__(*args, **rest)
        self.fields["code"].choices = [("", _("请选择")), *codes.choices("channel", self.today)]  # type: ignore[attr-defined]


class ChannelForm(ChannelFields, KeyForm):
    """A new channel."""

    unit = Text(label=gettext_lazy("由哪个单位负责（名称或代码）"), required=True)
    field_order = ("unit", "code", "name", "contact", "hours", "is_active")

    def clean(self) -> dict[str, Any]:
        """This will find the unit."""
        super().clean()
        self.find_unit()
        return self.cleaned_data


class ChannelChangeForm(ChannelFields, VersionForm):
    """A channel changed or closed."""


class AppointForm(KeyForm):
    """A letter of appointment."""

    account = Text(label=gettext_lazy("账号"), required=True, help_text=gettext_lazy("社会监督员登录用的账号名。"))
    unit = Text(label=gettext_lazy("聘任单位（名称或代码）"), required=True)
    field = Text(label=gettext_lazy("监督领域"), required=True, help_text=gettext_lazy("例：安全生产。"))
    number = Text(label=gettext_lazy("聘书编号"), required=True)
    term_from = Day(label=gettext_lazy("聘期第一天"), required=True)
    term_until = Day(label=gettext_lazy("聘期最后一天"), required=True, help_text=gettext_lazy("这一天还算在内。"))
    contact = Text(label=gettext_lazy("联系方式"), help_text=gettext_lazy("加密保存。"))

    def clean(self) -> dict[str, Any]:
        """This will find the unit and the person."""
        super().clean()
        self.find_unit()
        if self.cleaned_data.get("account"):
            found = User.objects.filter(username=self.cleaned_data["account"].strip()).select_related("person").first()
            self.cleaned_data["person"] = found.person if found else None
            if found is None:
                self.add_error("account", _("没有这个账号"))
        return self.cleaned_data


class TermForm(VersionForm):
    """The last day of a term."""

    term_until = Day(
        label=gettext_lazy("聘期最后一天"), required=True, help_text=gettext_lazy("填昨天即从今天起停止。")
    )


CLIPPING_HELP = gettext_lazy("报纸版面、网页截图，PDF 或图片，最大 20 MB。")


class ClippingForm(VersionForm):
    """The report itself."""

    clipping = Upload(label=gettext_lazy("剪报"), required=True, help_text=CLIPPING_HELP)


class MediaForm(KeyForm):
    """A report in the media."""

    unit = Text(label=gettext_lazy("涉及单位（名称或代码）"), required=True)
    outlet = Text(label=gettext_lazy("媒体"), required=True)
    title = Text(label=gettext_lazy("标题"), required=True)
    published_on = Day(label=gettext_lazy("报道日期"), required=True)
    link = Text(label=gettext_lazy("链接"), help_text=gettext_lazy("没有网址的可以不填，在摘要里写明版面。"))
    summary = LongText(label=gettext_lazy("摘要"), rows=4)
    clipping = Upload(label=gettext_lazy("剪报"), help_text=CLIPPING_HELP)

    def clean(self) -> dict[str, Any]:
        """This will find the unit."""
        super().clean()
        self.find_unit()
        return self.cleaned_data


class CheckForm(VersionForm):
    """Whether a report holds."""

    is_true = OneOf(label=gettext_lazy("核实结果"), required=True, widget=forms.RadioSelect)
    note = LongText(label=gettext_lazy("核实情况"), rows=4, required=True)

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the two answers."""
        super().__init__(*args, **rest)
        self.fields["is_true"].choices = [("yes", _("属实，需要办理")), ("no", _("不属实"))]  # type: ignore[attr-defined]


class JoinForm(VersionForm):
    """Which complaint deals with a report; or a new one from it."""

    complaint = OneOf(label=gettext_lazy("由哪件投诉处理"), required=True, widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **rest: Any) -> None:
        """This will offer the complaints about the same department, and a new one."""
        super().__init__(*args, **rest)
        self.fields["complaint"].choices = [*offered, ("new", _("另登记一件投诉（渠道：媒体）"))]  # type: ignore[attr-defined]
