"""One's own second factor and password."""

from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as verify_session

from accounts.models import SecondFactor, User
from accounts.services import second_factors, users
from accounts.web.forms import RefusableForm
from ledger.refusals import Refused


class TokenForm(RefusableForm):
    """One code from the phone."""

    token = forms.CharField(
        label=gettext_lazy("动态口令"),
        max_length=16,
        help_text=gettext_lazy("手机验证器上现在显示的 6 位数字。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "narrow mono", "spellcheck": "false"}),
    )


class PasswordForm(RefusableForm):
    """The present password and a new one, twice."""

    current = forms.CharField(
        label=gettext_lazy("当前口令"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("新口令"),
        strip=False,
        max_length=256,
        help_text=gettext_lazy("至少 12 个字符，不用常见的词。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再填一次新口令"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        data = super().clean() or self.cleaned_data
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("两次填的新口令不一样"))
        return data


class SecondFactorPage(View):
    """Set up, confirm or stop one's own TOTP authenticator."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show where one stands: nothing, begun, or in use."""
        return self._page(request, TokenForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Begin, confirm or stop, as the button says."""
        actor, step, form = _me(request), request.POST.get("step", ""), TokenForm(request.POST)
        try:
            if step == "begin":
                second_factors.begin(actor=actor)
                return redirect("accounts:second_factor")
            if form.is_valid() and step == "confirm":
                return self._confirmed(request, form.cleaned_data["token"])
            if form.is_valid() and step == "stop":
                second_factors.stop(actor=actor, token=form.cleaned_data["token"], now=timezone.now())
                messages.success(request, _("动态口令已停用"))
                return redirect("accounts:second_factor")
        except Refused as refusal:
            form.refuse(refusal)
        return self._page(request, form, status=422)

    def _confirmed(self, request: HttpRequest, token: str) -> HttpResponse:
        codes = second_factors.confirm(actor=_me(request), token=token, now=timezone.now())
        verify_session(request, second_factors.of(_me(request)))
        return render(request, "accounts/recovery_codes.html", {"codes": codes})

    def _page(self, request: HttpRequest, form: TokenForm, status: int = 200) -> HttpResponse:
        factor = second_factors.of(_me(request))
        context: dict[str, Any] = {"form": form, "factor": factor}
        if factor is not None and not factor.confirmed:
            context |= _enrolment(factor, _me(request))
        elif factor is not None:
            context["codes_left"] = len(factor.recovery_digests)
        return render(request, "accounts/second_factor.html", context, status=status)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePassword(View):
    """Change one's own password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return render(request, "accounts/password.html", {"form": PasswordForm()})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Change it; this session goes on, all others of the account end."""
        form = PasswordForm(request.POST)
        if form.is_valid():
            try:
                user = users.change_password(
                    actor=_me(request),
                    current=form.cleaned_data["current"],
                    new=form.cleaned_data["new"],
                    now=timezone.now(),
                )
            except Refused as refusal:
                form.refuse(refusal)
            else:
                update_session_auth_hash(request, user)
                messages.success(request, _("口令已修改，其他设备上的登录已失效"))
                return redirect("accounts:password")
        return render(request, "accounts/password.html", {"form": form}, status=422)


def _me(request: HttpRequest) -> User:
    """The signed-in account itself; the policy lets nobody else come here."""
    found: User = User.objects.select_related("person").get(pk=request.user.pk)
    return found


def _enrolment(factor: SecondFactor, user: User) -> dict[str, Any]:
    uri = second_factors.provisioning_uri(factor, username=user.username)
    key = second_factors.shown_key(factor)
    drawing = segno.make(uri, error="m").svg_inline(
        omitsize=True, light="#fff", svgclass="qr", lineclass=None, border=4
    )
    return {
        "qr": mark_safe(drawing),  # noqa: S308  drawn by us: squares only
        "key": " ".join(key[place : place + 4] for place in range(0, len(key), 4)),
    }
