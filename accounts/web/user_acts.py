"""Acts on accounts and roles: open, switch, reset, ask for a grant or its end, answer as the second person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import Official, RoleGrant, User
from accounts.roles import Role
from accounts.services import grants, second_factors, users
from accounts.web.acts import ActPage, ReasonForm
from accounts.web.fields import DepartmentField, departments_of_today
from accounts.web.forms import RefusableForm


class RegisterForm(RefusableForm):
    """An account for an official on file, or for somebody from outside by name."""

    username = forms.CharField(
        label=gettext_lazy("账号"),
        max_length=64,
        help_text=gettext_lazy("小写字母、数字、点或连字符，以字母开头。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    official = forms.ModelChoiceField(
        label=gettext_lazy("公职人员"),
        required=False,
        queryset=Official.objects.none(),
        empty_label=gettext_lazy("不是登记在册的公职人员"),
    )
    name = forms.CharField(
        label=gettext_lazy("姓名"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("外部人员（第三方评估、社会监督员等）才填。"),
    )
    new = forms.CharField(
        label=gettext_lazy("初始口令"),
        max_length=256,
        strip=False,
        help_text=gettext_lazy("至少 12 个字符；请本人登录后修改。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = Official.objects.select_related("person").order_by("person__name")
        self.fields["official"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two is needed, not both."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("official")) == bool(data.get("name", "").strip()):
            self.add_error("official", _("请选择公职人员，或填写外部人员的姓名，只填一项"))
        return data


class RegisterUser(ActPage):
    """Open an account."""

    form_class = RegisterForm
    heading = gettext_lazy("开立账号")
    lead = gettext_lazy("账号本身没有任何权限；角色另行授予，须两人。")
    verb = gettext_lazy("开立账号")

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("people:users")

    def perform(self, facts: dict[str, Any]) -> str:
        """Open it."""
        user = users.open_account_for(
            actor=self.me(),
            official=facts["official"],
            name=facts["name"],
            username=facts["username"],
            password=facts["new"],
            now=self.now(),
        )
        messages.success(self.request, _("已开立账号"))
        return reverse("people:user", args=[user.pk])


class _OfUser(ActPage):
    """An act on one account."""

    account: User

    def load(self) -> None:
        """Find the account by its key."""
        self.account = get_object_or_404(User.objects.select_related("person"), pk=self.kwargs["pk"])

    def cancel_url(self) -> str:
        """Back to the account."""
        return reverse("people:user", args=[self.account.pk])

    def more(self) -> dict[str, Any]:
        """Whose it is."""
        return {"facts": [(_("账号"), self.account.username), (_("姓名"), self.account.person.name)]}


class SwitchUser(_OfUser):
    """Switch an account off, or on again."""

    heading = gettext_lazy("停用或启用账号")
    lead = gettext_lazy("停用后，该账号的登录从下一次请求起失效；角色授予和历史不变。")
    grave = True

    def page(self, form: forms.Form, status: int = 200) -> Any:
        """Name the verb by what the account is now."""
        self.verb = _("停用账号") if self.account.is_active else _("启用账号")
        return super().page(form, status)

    def perform(self, facts: dict[str, Any]) -> str:
        """Switch it."""
        users.switch(actor=self.me(), user=self.account, active=not self.account.is_active, now=self.now())
        messages.success(self.request, _("已启用") if self.account.is_active else _("已停用"))
        return self.cancel_url()


class ResetPassword(_OfUser):
    """Give an account a new random password, shown once."""

    heading = gettext_lazy("重置口令")
    lead = gettext_lazy("生成新的随机口令，只显示一次，请当面交给本人；该账号现有的登录立即失效。")
    verb = gettext_lazy("重置口令")
    grave = True

    def perform(self, facts: dict[str, Any]) -> HttpResponseBase:
        """Reset it and show the new one."""
        password = users.reset_password(actor=self.me(), user=self.account, now=self.now())
        context = {"title": _("新口令"), "value": password, "back": self.cancel_url(), "whose": self.account.username}
        return render(self.request, "staff/accounts/once.html", context)


class ResetSecondFactor(_OfUser):
    """Take the second factor of a lost phone out of use."""

    heading = gettext_lazy("停用动态口令")
    lead = gettext_lazy("本人丢失手机且没有恢复码时使用；停用后本人下次登录重新设置。请先当面核实身份。")
    verb = gettext_lazy("停用动态口令")
    grave = True

    def perform(self, facts: dict[str, Any]) -> str:
        """Stop it."""
        second_factors.reset(actor=self.me(), user=self.account, now=self.now())
        messages.success(self.request, _("已停用，等本人重新设置"))
        return self.cancel_url()


class GrantForm(RefusableForm):
    """Which role, where, and why."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=Role.choices)
    department = DepartmentField(label=gettext_lazy("部门"))
    valid_to = forms.DateTimeField(
        label=gettext_lazy("到什么时候为止"),
        required=False,
        help_text=gettext_lazy("不填为长期。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["department"].queryset = departments_of_today()  # type: ignore[attr-defined]


class ProposeGrant(_OfUser):
    """Ask for a role; a second security administrator answers within 24 hours."""

    form_class = GrantForm
    heading = gettext_lazy("授予角色")
    lead = gettext_lazy(
        "须由另一名安全管理员在 24 小时内复核。系统管理员、安全管理员、安全审计员互斥，也不与业务角色兼任。"
    )
    verb = gettext_lazy("提交复核")

    def perform(self, facts: dict[str, Any]) -> str:
        """Leave the proposal."""
        grants.propose(actor=self.me(), person=self.account.person, now=self.now(), **facts)
        messages.success(self.request, _("已提交，等另一名安全管理员复核"))
        return reverse("people:proposals")


class ProposeRevoke(ActPage):
    """Ask for the end of a grant."""

    form_class = ReasonForm
    heading = gettext_lazy("收回角色")
    lead = gettext_lazy("须由另一名安全管理员在 24 小时内复核；复核后从下一次请求起失效。")
    verb = gettext_lazy("提交复核")
    grave = True
    grant: RoleGrant

    def load(self) -> None:
        """Find the grant by its key."""
        rows = RoleGrant.objects.select_related("person", "department")
        self.grant = get_object_or_404(rows, pk=self.kwargs["pk"])

    def form_arguments(self) -> dict[str, Any]:
        """Why it is taken."""
        return {"label": _("理由")}

    def cancel_url(self) -> str:
        """Back to the accounts."""
        return reverse("people:users")

    def more(self) -> dict[str, Any]:
        """Which grant it is."""
        grant = self.grant
        return {
            "facts": [
                (_("姓名"), grant.person.name),
                (_("角色"), f"{roles.label(grant.role)}（{grant.department.name}）"),
            ]
        }

    def perform(self, facts: dict[str, Any]) -> str:
        """Leave the proposal."""
        grants.propose_revoke(actor=self.me(), grant=self.grant, reason=facts["reason"], now=self.now())
        messages.success(self.request, _("已提交，等另一名安全管理员复核"))
        return reverse("people:proposals")
