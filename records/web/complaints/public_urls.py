"""Addresses under /complaints/: the form, the receipt and the thread, without account, script or cookie."""

from django.urls import URLPattern, path

from records.web.complaints import channels
from records.web.report import urls

app_name = "report"
urlpatterns: list[URLPattern] = [
    *urls.urlpatterns,
    path("channels/", channels.public, name="channels"),
]
