"""Why somebody can or cannot see something: the policy's own answer, with the rule, and the whole table in words."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts import access, places, policy, roles
from accounts.access import Row
from accounts.models import User
from accounts.web.fields import DepartmentField, departments_of_today

ASK_ABOUT_OTHERS = frozenset({"secadmin", "auditor"})
_PSEUDO = {
    access.ANONYMOUS: gettext_lazy("任何人"),
    access.SIGNED_IN: gettext_lazy("登录的人"),
    access.SUBJECT: gettext_lazy("本人"),
}
_FACES = {"page": gettext_lazy("页面"), "api": gettext_lazy("接口"), "data": gettext_lazy("数据")}


class AskForm(forms.Form):
    """Who, and what: an address of ours, or a line of the table."""

    username = forms.CharField(
        label=gettext_lazy("谁"), required=False, max_length=64, help_text=gettext_lazy("账号；不填就是您自己。")
    )
    address = forms.CharField(
        label=gettext_lazy("要打开的地址"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("从浏览器复制，如 /staff/departments/。"),
        widget=forms.TextInput(attrs={"class": "mono", "spellcheck": "false"}),
    )
    name = forms.ChoiceField(label=gettext_lazy("或选一项"), required=False)
    department = DepartmentField(label=gettext_lazy("哪个部门的"), required=False, empty_label=gettext_lazy("不分部门"))

    def __init__(self, *args: Any, me: User, may_ask: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.me, self.may_ask = me, may_ask
        names = sorted(policy.POLICY)
        self.fields["name"].choices = [("", _("请选择")), *((name, name) for name in names)]  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments_of_today()  # type: ignore[attr-defined]

    def clean_username(self) -> User:
        """The account asked about."""
        text = self.cleaned_data["username"].strip()
        if not text or text == self.me.username:
            return self.me
        if not self.may_ask:
            raise forms.ValidationError(_("别人的权限只有安全管理员和安全审计员可以问"))
        found = User.objects.select_related("person").filter(username=text).first()
        if found is None:
            raise forms.ValidationError(_("没有这个账号"))
        return found

    def clean(self) -> dict[str, Any]:
        """Find the line of the table, and the place of the thing behind an address."""
        data = super().clean() or self.cleaned_data
        place = places.Place(data.get("department"))
        if data.get("address") and data.get("username"):
            place = self._resolved(data) or place
        elif not data.get("name"):
            self.add_error("address", _("请填地址，或选一项"))
        return data | {"place": place}

    def _resolved(self, data: dict[str, Any]) -> places.Place | None:
        try:
            match = resolve(urlsplit(data["address"].strip()).path)
        except (Resolver404, ValueError):
            self.add_error("address", _("平台里没有这个地址"))
            return None
        data["name"] = match.view_name
        found = places.locate(match.view_name, match.kwargs, user=data["username"], now=timezone.now())
        return found if found.department or found.is_hidden else None


class ExplainPage(View):
    """Ask, and read the answer; below it the whole table."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer what was asked in the address."""
        me, now = _me(request), timezone.now()
        may_ask = bool(me.roles(now) & ASK_ABOUT_OTHERS)
        form = AskForm(request.GET if request.GET else None, me=me, may_ask=may_ask)
        context: dict[str, Any] = {"form": form, "rows": [_told(row) for row in policy.POLICY.values()]}
        if form.is_bound and form.is_valid():
            context |= _answer(form.cleaned_data, now)
        return render(request, "staff/accounts/explain.html", context)


def _answer(asked: dict[str, Any], now: Any) -> dict[str, Any]:
    user, place = asked["username"], asked["place"]
    grants = user.grants(now)
    verdict = policy.allows(
        user=user,
        name=asked["name"],
        now=now,
        department=place.department,
        subject_person_id=place.subject_person_id,
        grants=grants,
    )
    if verdict.allowed and place.is_hidden:
        verdict = replace(verdict, allowed=False, reason=_("不在能看的范围内，或者没有这一件"))
    held = "；".join(f"{grant.department.name} {roles.label(grant.role)}" for grant in grants)
    return {"verdict": verdict, "asked": asked, "held": held or _("没有任何角色"), "place": place}


def _told(row: Row) -> dict[str, Any]:
    named = [str(_PSEUDO[name]) for name in _PSEUDO if name in row.audience]
    named += [roles.label(name) for name in roles.NAMES if name in row.audience]
    named += [_("客户端（%(scope)s）") % {"scope": scope} for scope in sorted(row.client_scopes)]
    return {
        "row": row,
        "face": _FACES[row.face],
        "audience": "、".join(named),
        "place": _("管辖范围内") if row.scope == access.PLACE else _("不分部门"),
    }


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the middleware let nobody else through
    return request.user
