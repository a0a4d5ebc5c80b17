"""Addresses of the sign-in, under /accounts/."""

from django.urls import path

from accounts.web.second_factor import ChangePassword, SecondFactorPage
from accounts.web.sign_in import SignIn, SignOut, SwitchAccount

app_name = "accounts"
urlpatterns = [
    path("", SignIn.as_view(), name="sign_in"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
    path("switch/", SwitchAccount.as_view(), name="switch"),
    path("second-factor/", SecondFactorPage.as_view(), name="second_factor"),
    path("password/", ChangePassword.as_view(), name="password"),
]
