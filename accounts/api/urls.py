"""API addresses of the accounts room, under /api/v1/."""

from django.urls import path

from accounts.api.views import OfficialList, Token

app_name = "accounts_api"
urlpatterns = [
    path("token/", Token.as_view(), name="token"),
    path("officials/", OfficialList.as_view(), name="officials"),
]
