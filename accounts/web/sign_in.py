"""The sign-in, the sign-out and the one-click change of role of the demo."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as verify_session

from accounts import network
from accounts.models import User
from accounts.selectors.demo import demo_accounts
from accounts.services import signing_in
from accounts.services.signing_in import SignedIn
from ledger.refusals import Refused

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(forms.Form):
    """Account, password and code in one step."""

    username = forms.CharField(
        label=_("账号"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("口令"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    token = forms.CharField(
        label=_("动态口令"),
        required=False,
        max_length=16,
        help_text=_("手机验证器上的 6 位数字，或一个恢复码。没有启用的不用填。"),
        widget=forms.TextInput(
            attrs={"inputmode": "text", "autocomplete": "one-time-code", "class": "narrow mono", "spellcheck": "false"}
        ),
    )


@method_decorator(sensitive_post_parameters("password", "token"), name="dispatch")
class SignIn(View):
    """Show the form; let in whoever proves who he is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, and in the demo the accounts one may try."""
        return self._page(request, SignInForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Sign in, or say how many tries are left."""
        form = SignInForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            found = signing_in.sign_in(**form.cleaned_data, network=network.of(request), now=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return self._page(request, form, status=refusal.status)
        open_session(request, found)
        return redirect(way_on(request))

    def _page(self, request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
        if settings.DEMO:
            context["demo_accounts"] = demo_accounts(now=timezone.now())
        return render(request, "accounts/sign_in.html", context, status=status)


class SignOut(View):
    """End the session."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Write the entry, drop the session, and go to the public home page."""
        if isinstance(request.user, User):
            signing_in.sign_out(actor=request.user, now=timezone.now())
        logout(request)
        return redirect("accounts:sign_in")


class SwitchAccount(View):
    """Take the place of a demo account. Outside the demo this page does not exist."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Change to the demo account named, and to no other."""
        if not settings.DEMO:
            raise Http404
        user = get_object_or_404(User, username=request.POST.get("username", ""), is_demo=True, is_active=True)
        open_session(request, signing_in.sign_in_demo(user=user, now=timezone.now()))
        return redirect(settings.LOGIN_REDIRECT_URL)


def open_session(request: HttpRequest, found: SignedIn) -> None:
    """Begin a session under a new id, with its two clocks, verified where a second factor was shown."""
    logout(request)
    login(request, found.user, backend=BACKEND)
    if found.factor is not None:
        verify_session(request, found.factor)
    now = timezone.now().isoformat()
    request.session["signed_in_at"] = request.session["seen_at"] = now


def way_on(request: HttpRequest) -> str:
    """Return where the person wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return str(settings.LOGIN_REDIRECT_URL)
