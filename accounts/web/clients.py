"""API clients: the list, one client, and the acts on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts import policy
from accounts.models import AdminProposal, ApiClient, User
from accounts.scopes import SCOPES
from accounts.services import clients
from accounts.web.acts import ActPage, ReasonForm
from accounts.web.fields import DepartmentField, departments_of_today
from accounts.web.forms import RefusableForm


class ClientForm(RefusableForm):
    """A client, its scopes and what they are for."""

    name = forms.CharField(label=gettext_lazy("客户端名称"), max_length=120)
    department = DepartmentField(label=gettext_lazy("对接部门"))
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("授权范围"),
        choices=[(name, text) for name, text in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只给用途需要的；以后增加还要复核。"),
    )
    purpose = forms.CharField(label=gettext_lazy("用途"), max_length=200)
    reason = forms.CharField(label=gettext_lazy("依据和理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["department"].queryset = departments_of_today()  # type: ignore[attr-defined]


class ClientsPage(View):
    """Every client with its scopes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        rows = ApiClient.objects.select_related("department").order_by("name", "id")
        context = {
            "rows": [{"client": row, "scopes": _told(row.scopes)} for row in rows],
            "may_register": _may(request, "people:register_client"),
        }
        return render(request, "staff/accounts/clients.html", context)


class ClientPage(View):
    """One client: what it may, for what, and the acts on it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draw it."""
        client = get_object_or_404(ApiClient.objects.select_related("department"), pk=pk)
        proposals = AdminProposal.objects.filter(client=client).select_related("proposed_by", "decided_by")
        context = {
            "client": client,
            "scopes": _told(client.scopes),
            "proposals": proposals.order_by("-proposed_at"),
            "may_change": _may(request, "people:change_client"),
            "may_stop": _may(request, "people:stop_client"),
        }
        return render(request, "staff/accounts/client.html", context)


class RegisterClient(ActPage):
    """Ask for a new client."""

    form_class = ClientForm
    heading = gettext_lazy("登记接口客户端")
    lead = gettext_lazy("须由安全管理员在 24 小时内复核；复核后由您生成密钥。")
    verb = gettext_lazy("提交复核")

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("people:clients")

    def perform(self, facts: dict[str, Any]) -> str:
        """Leave the proposal."""
        clients.propose(actor=self.me(), now=self.now(), **facts)
        messages.success(self.request, _("已提交，等安全管理员复核"))
        return self.cancel_url()


class _OfClient(ActPage):
    """An act on one client."""

    client: ApiClient

    def load(self) -> None:
        """Find the client by its key."""
        self.client = get_object_or_404(ApiClient.objects.select_related("department"), pk=self.kwargs["pk"])

    def cancel_url(self) -> str:
        """Back to the client."""
        return reverse("people:client", args=[self.client.pk])

    def more(self) -> dict[str, Any]:
        """Which client it is."""
        return {"facts": [(_("客户端"), self.client.name), (_("现有范围"), "；".join(_told(self.client.scopes)))]}


class ChangeClient(_OfClient):
    """Ask for other scopes or another purpose."""

    form_class = ClientForm
    heading = gettext_lazy("变更授权范围")
    lead = gettext_lazy("须由安全管理员在 24 小时内复核；收窄的范围在复核后对已发出的令牌也立即生效。")
    verb = gettext_lazy("提交复核")

    def form_arguments(self) -> dict[str, Any]:
        """What it is now."""
        names = ("name", "department", "scopes", "purpose")
        return {"initial": {name: getattr(self.client, name) for name in names}}

    def perform(self, facts: dict[str, Any]) -> str:
        """Leave the proposal."""
        clients.propose(actor=self.me(), client=self.client, now=self.now(), **facts)
        messages.success(self.request, _("已提交，等安全管理员复核"))
        return self.cancel_url()


class RenewSecret(_OfClient):
    """Make a new secret and show it once."""

    heading = gettext_lazy("生成新密钥")
    lead = gettext_lazy("旧密钥立即失效。新密钥只显示一次，平台只保存它的摘要。")
    verb = gettext_lazy("生成并显示")
    grave = True

    def perform(self, facts: dict[str, Any]) -> HttpResponseBase:
        """Show it on an answer nothing keeps."""
        secret = clients.renew_secret(actor=self.me(), client=self.client, now=self.now())
        context = {
            "title": _("新密钥"),
            "value": secret,
            "back": self.cancel_url(),
            "whose": self.client.name,
            "also": [(_("客户端编号"), self.client.client_id), (_("领取令牌"), "/api/v1/token/")],
        }
        return render(self.request, "staff/accounts/once.html", context)


class StopClient(_OfClient):
    """Stop a client at once."""

    form_class = ReasonForm
    heading = gettext_lazy("停用客户端")
    lead = gettext_lazy("立即生效：不再发令牌，已发出的令牌也打不开任何内容。")
    verb = gettext_lazy("停用")
    grave = True

    def form_arguments(self) -> dict[str, Any]:
        """Why it is stopped."""
        return {"label": _("理由")}

    def perform(self, facts: dict[str, Any]) -> str:
        """Stop it."""
        clients.stop(actor=self.me(), client=self.client, reason=facts["reason"], now=self.now())
        messages.success(self.request, _("已停用"))
        return self.cancel_url()


def _told(scopes: list[str]) -> list[str]:
    return [str(SCOPES.get(name, name)) for name in scopes]


def _may(request: HttpRequest, name: str) -> bool:
    assert isinstance(request.user, User)  # noqa: S101  the middleware let nobody else through
    return policy.allows(user=request.user, name=name, now=timezone.now()).allowed
