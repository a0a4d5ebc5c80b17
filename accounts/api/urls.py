"""API addresses of the accounts room, under /api/v1/."""

from django.urls import path

from accounts.api import schema
from accounts.api.views import OfficialList, Token

__all__ = ["schema", "urlpatterns"]  # importing it registers the ways to be known with the API description

app_name = "accounts_api"
urlpatterns = [
    path("token/", Token.as_view(), name="token"),
    path("officials/", OfficialList.as_view(), name="officials"),
]
