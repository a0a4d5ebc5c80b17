"""Acts on departments: register, rename, ask for a move, appoint who answers for one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department, Official
from accounts.services import departments, heads, moves, recoding
from accounts.web.acts import ActPage
from accounts.web.departments import moved
from accounts.web.fields import DayField, DepartmentField, departments_of_today
from accounts.web.forms import RefusableForm


class RegisterForm(RefusableForm):
    """A new department."""

    name = forms.CharField(label=gettext_lazy("部门名称"), max_length=120)
    uscc = forms.CharField(
        label=gettext_lazy("统一社会信用代码"),
        max_length=40,
        help_text=gettext_lazy("18 位；可以带空格，全角也行。"),
        widget=forms.TextInput(attrs={"class": "mono", "spellcheck": "false", "autocomplete": "off"}),
    )
    parent = DepartmentField(label=gettext_lazy("上级部门"))
    level = forms.ChoiceField(label=gettext_lazy("层级"), choices=Department.Level.choices)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=Department.Kind.choices)
    division_code = forms.CharField(
        label=gettext_lazy("行政区划代码"), max_length=9, widget=forms.TextInput(attrs={"class": "narrow mono"})
    )
    serial_prefix = forms.CharField(
        label=gettext_lazy("编号字头"),
        max_length=8,
        help_text=gettext_lazy("本部门记录编号的开头，2 至 8 个英文字母，如 JT。定了就不改。"),
        widget=forms.TextInput(attrs={"class": "narrow mono"}),
    )
    valid_from = DayField(label=gettext_lazy("设立日期"))
    is_credit_lead = forms.BooleanField(label=gettext_lazy("是本级社会信用体系建设牵头部门"), required=False)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["parent"].queryset = departments_of_today()  # type: ignore[attr-defined]


class RegisterDepartment(ActPage):
    """Add a department to the tree."""

    form_class = RegisterForm
    heading = gettext_lazy("登记部门")
    lead = gettext_lazy(
        "登记后立即出现在部门树里。统一社会信用代码填错了，以后由两名安全管理员更正；编号字头以后不能改。"
    )
    verb = gettext_lazy("登记部门")

    def cancel_url(self) -> str:
        """Back to the tree."""
        return reverse("people:departments")

    def perform(self, facts: dict[str, Any]) -> str:
        """Establish it."""
        unit = departments.establish(actor=self.me(), code=facts.pop("uscc"), now=self.now(), **facts)
        messages.success(self.request, _("已登记%(name)s") % {"name": unit.name})
        return reverse("people:department", args=[unit.uscc])


class _OfDepartment(ActPage):
    """An act on one department."""

    unit: Department

    def load(self) -> None:
        """Find the department by its code, or by one it bore: a form opened before a correction still finds it."""
        self.unit = get_object_or_404(Department.objects.select_related("parent").coded(self.kwargs["code"]))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, under the present code."""
        return moved(request, self.unit) or super().get(request, *args, **kwargs)

    def place(self) -> dict[str, Any]:
        """The department itself."""
        return {"department": self.unit}

    def cancel_url(self) -> str:
        """Back to the department."""
        return reverse("people:department", args=[self.unit.uscc])

    def more(self) -> dict[str, Any]:
        """Which department it is."""
        return {"facts": [(_("部门"), self.unit.name), (_("现在的上级"), self.unit.parent or "—")]}


class RenameForm(RefusableForm):
    """A new name and its first day."""

    name = forms.CharField(label=gettext_lazy("新名称"), max_length=120)
    valid_from = DayField(label=gettext_lazy("从哪天起"))


class EditDepartment(_OfDepartment):
    """Rename a department; the former name keeps its days."""

    form_class = RenameForm
    heading = gettext_lazy("部门改名")
    lead = gettext_lazy("以前的记录仍写以前的名称；改名日起的新记录写新名称。")
    verb = gettext_lazy("改名")

    def perform(self, facts: dict[str, Any]) -> str:
        """Rename it."""
        departments.rename(actor=self.me(), department=self.unit, now=self.now(), **facts)
        messages.success(self.request, _("已改名，旧名称保留在历史里"))
        return self.cancel_url()


class CloseForm(RefusableForm):
    """The first day without the department."""

    valid_to = DayField(label=gettext_lazy("从哪天起撤销"))


class CloseDepartment(_OfDepartment):
    """End a department; what it did stays."""

    form_class = CloseForm
    heading = gettext_lazy("撤销部门")
    lead = gettext_lazy("从这一天起不再列出，也不能再选；以前的记录、名称和责任人都保留。有下级部门时先调整它们。")
    verb = gettext_lazy("撤销部门")
    grave = True

    def perform(self, facts: dict[str, Any]) -> str:
        """End it."""
        departments.close(actor=self.me(), department=self.unit, now=self.now(), **facts)
        messages.success(self.request, _("已登记撤销"))
        return self.cancel_url()


class MoveForm(RefusableForm):
    """The new place and why."""

    parent = DepartmentField(label=gettext_lazy("新的上级部门"))
    reason = forms.CharField(label=gettext_lazy("依据和理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["parent"].queryset = departments_of_today()  # type: ignore[attr-defined]


class MoveDepartment(_OfDepartment):
    """Ask for another place in the tree; a second security administrator answers."""

    form_class = MoveForm
    heading = gettext_lazy("调整隶属关系")
    lead = gettext_lazy(
        "须由另一名安全管理员在 24 小时内复核。复核后，新上级立即能看、能管本部门及下级的事项，原上级不再能。"
    )
    verb = gettext_lazy("提交复核")

    def perform(self, facts: dict[str, Any]) -> str:
        """Leave the proposal."""
        moves.propose(actor=self.me(), department=self.unit, now=self.now(), **facts)
        messages.success(self.request, _("已提交，等另一名安全管理员复核"))
        return reverse("people:proposals")


class CodeForm(RefusableForm):
    """The right code, and how it is known to be right."""

    uscc = forms.CharField(
        label=gettext_lazy("正确的统一社会信用代码"),
        max_length=40,
        help_text=gettext_lazy("照登记证书填，18 位；可以带空格，全角也行。"),
        widget=forms.TextInput(attrs={"class": "mono", "spellcheck": "false", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("依据和理由"),
        max_length=500,
        help_text=gettext_lazy("写明错在哪里、依据哪份证书或者文件。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RecodeDepartment(_OfDepartment):
    """Ask for a mistyped credit code to be put right; a second security administrator answers."""

    form_class = CodeForm
    heading = gettext_lazy("更正统一社会信用代码")
    lead = gettext_lazy(
        "只更正登记时填错的代码；须由另一名安全管理员在 24 小时内复核。以前的代码保留，按它仍能找到本部门；"
        "已经形成的记录、公示和报送仍写当时的代码，生效中的记录由填报单位另行更正。"
    )
    verb = gettext_lazy("提交复核")

    def more(self) -> dict[str, Any]:
        """Which department it is, and the code it bears now."""
        return {"facts": [(_("部门"), self.unit.name), (_("现在的代码"), self.unit.uscc)]}

    def perform(self, facts: dict[str, Any]) -> str:
        """Leave the proposal."""
        recoding.propose(
            actor=self.me(), department=self.unit, code=facts["uscc"], reason=facts["reason"], now=self.now()
        )
        messages.success(self.request, _("已提交，等另一名安全管理员复核"))
        return reverse("people:proposals")


class HeadForm(RefusableForm):
    """Who, and from which day."""

    official = forms.ModelChoiceField(
        label=gettext_lazy("第一责任人"), queryset=Official.objects.none(), empty_label=gettext_lazy("请选择")
    )
    held_from = DayField(label=gettext_lazy("从哪天起"))

    def __init__(self, *args: Any, unit: Department, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = Official.objects.filter(department=unit).select_related("person").order_by("person__name")
        self.fields["official"].queryset = rows  # type: ignore[attr-defined]


class AppointHead(_OfDepartment):
    """Appoint the first responsible person; the former one's time ends that day."""

    form_class = HeadForm
    heading = gettext_lazy("登记第一责任人")
    lead = gettext_lazy("同一时间只有一人；前任的任期在这一天结束。以前的事项仍找当时的责任人。")
    verb = gettext_lazy("登记")

    def form_arguments(self) -> dict[str, Any]:
        """The officials of this department."""
        return {"unit": self.unit}

    def perform(self, facts: dict[str, Any]) -> str:
        """Appoint."""
        heads.appoint(actor=self.me(), department=self.unit, now=self.now(), **facts)
        messages.success(self.request, _("已登记第一责任人"))
        return self.cancel_url()

    def more(self) -> dict[str, Any]:
        """Who it is today."""
        head = self.unit.head_on(timezone.localdate())
        return {"facts": [(_("部门"), self.unit.name), (_("现任"), head.person.name if head else _("没有登记"))]}
