"""Acts on officials: register, add and end a post, look at a number in clear."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import ranks, scope, sealed
from accounts.identifiers import id_number
from accounts.models import Official, Post, Reveal
from accounts.services import officials, reveals
from accounts.web.acts import ActPage, ReasonForm
from accounts.web.fields import DayField, DepartmentField, departments_of_today
from accounts.web.forms import RefusableForm
from ledger.refusals import Missing

_PRIVATE = {"class": "mono", "autocomplete": "off", "spellcheck": "false"}


class RegisterForm(RefusableForm):
    """A new official."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    id_number = forms.CharField(
        label=gettext_lazy("公民身份号码"),
        max_length=40,
        help_text=gettext_lazy("18 位。保存后加密，页面上只显示前 6 位和后 4 位。"),
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    phone = forms.CharField(
        label=gettext_lazy("手机号码"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("保存后加密，页面上中间四位打星。"),
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    department = DepartmentField(label=gettext_lazy("所在部门"))
    personnel_kind = forms.ChoiceField(label=gettext_lazy("人员类别"), choices=ranks.PersonnelKind.choices)
    rank_code = forms.ChoiceField(
        label=gettext_lazy("职级"), required=False, choices=[("", gettext_lazy("没有或不适用")), *ranks.Rank.choices]
    )

    def __init__(self, *args: Any, units: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["department"].queryset = units  # type: ignore[attr-defined]


class RegisterOfficial(ActPage):
    """Enter an official of one's own department."""

    form_class = RegisterForm
    heading = gettext_lazy("登记公职人员")
    lead = gettext_lazy("只登记本部门的人员；任职另外登记。")
    verb = gettext_lazy("登记")

    def form_arguments(self) -> dict[str, Any]:
        """The departments one keeps personnel files for."""
        reach = scope.departments(user=self.me(), now=self.now(), roles_wanted=frozenset({"personnel"}))
        return {"units": departments_of_today(reach)}

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("people:officials")

    def perform(self, facts: dict[str, Any]) -> str:
        """Register, and say what looks odd."""
        official = officials.register(actor=self.me(), now=self.now(), **facts)
        messages.success(self.request, _("已登记，下一步登记任职"))
        for warning in id_number.warnings(sealed.open_id_number(official.person)):
            messages.warning(self.request, warning)
        return reverse("people:official", args=[official.pk])


class PostForm(RefusableForm):
    """A post with its days."""

    department = DepartmentField(label=gettext_lazy("部门"))
    title = forms.CharField(label=gettext_lazy("职务"), max_length=60)
    leadership_code = forms.ChoiceField(label=gettext_lazy("领导职务层次"), choices=ranks.Leadership.choices)
    held_from = DayField(label=gettext_lazy("任职日期"))
    held_to = DayField(label=gettext_lazy("免职日期"), required=False)

    def __init__(self, *args: Any, units: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["department"].queryset = units  # type: ignore[attr-defined]


class _OfOfficial(ActPage):
    """An act on one official."""

    official: Official

    def load(self) -> None:
        """Find the official by his key."""
        rows = Official.objects.select_related("person", "department")
        self.official = get_object_or_404(rows, pk=self.kwargs["pk"])

    def place(self) -> dict[str, Any]:
        """Where the official works, and who he is."""
        return {"department": self.official.department, "subject_person_id": self.official.person_id}

    def cancel_url(self) -> str:
        """Back to the official."""
        return reverse("people:official", args=[self.official.pk])

    def more(self) -> dict[str, Any]:
        """Who it is."""
        return {"facts": [(_("姓名"), self.official.person.name), (_("部门"), self.official.department.name)]}


class AddPost(_OfOfficial):
    """Enter a post held from a day."""

    form_class = PostForm
    heading = gettext_lazy("登记任职")
    verb = gettext_lazy("登记任职")

    def form_arguments(self) -> dict[str, Any]:
        """The departments one keeps personnel files for."""
        reach = scope.departments(user=self.me(), now=self.now(), roles_wanted=frozenset({"personnel"}))
        return {"units": departments_of_today(reach)}

    def perform(self, facts: dict[str, Any]) -> str:
        """Enter it."""
        officials.add_post(actor=self.me(), official=self.official, now=self.now(), **facts)
        messages.success(self.request, _("已登记任职"))
        return self.cancel_url()


class EndForm(RefusableForm):
    """The first day without the post."""

    held_to = DayField(label=gettext_lazy("免职日期"))


class EndPost(ActPage):
    """Enter when a post ended."""

    form_class = EndForm
    heading = gettext_lazy("登记免职")
    lead = gettext_lazy("历史保留：以后查某一天谁在任，仍能查到。")
    verb = gettext_lazy("登记免职")
    post_held: Post

    def load(self) -> None:
        """Find the post by its key."""
        rows = Post.objects.select_related("official__person", "department")
        self.post_held = get_object_or_404(rows, pk=self.kwargs["pk"])

    def place(self) -> dict[str, Any]:
        """Where the post is."""
        return {"department": self.post_held.department}

    def cancel_url(self) -> str:
        """Back to the official."""
        return reverse("people:official", args=[self.post_held.official_id])

    def more(self) -> dict[str, Any]:
        """Which post it is."""
        post = self.post_held
        return {"facts": [(_("姓名"), post.official.person.name), (_("职务"), f"{post.department.name} {post.title}")]}

    def perform(self, facts: dict[str, Any]) -> str:
        """End it."""
        officials.end_post(actor=self.me(), post=self.post_held, now=self.now(), **facts)
        messages.success(self.request, _("已登记免职"))
        return self.cancel_url()


class RevealNumber(_OfOfficial):
    """Look at a number in clear: the reason first, then the number on this one answer."""

    form_class = ReasonForm
    heading = gettext_lazy("查看完整号码")
    lead = gettext_lazy("查看人、时间和理由记入日志，不能删改；本人可以看到谁看过。")
    verb = gettext_lazy("记入日志并显示")

    def load(self) -> None:
        """Find the official; only two numbers can be asked for."""
        super().load()
        if self.kwargs["field"] not in Reveal.Field.values:
            raise Missing(_("没有这一项"))

    def form_arguments(self) -> dict[str, Any]:
        """What is asked for."""
        return {"label": _("为什么要看"), "hint": _("写明工作事由，如“寄送认定文书核对收件人”，至少 4 个字。")}

    def perform(self, facts: dict[str, Any]) -> HttpResponseBase:
        """Show it on an answer nothing keeps."""
        field = self.kwargs["field"]
        value = reveals.reveal(
            actor=self.me(), official=self.official, field=field, reason=facts["reason"], now=self.now()
        )
        context = {"official": self.official, "label": Reveal.Field(field).label, "value": value}
        answer = render(self.request, "staff/accounts/revealed.html", context)
        answer["Cache-Control"] = "no-store, private"
        return answer
