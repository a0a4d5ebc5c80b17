"""Addresses under /complaints/: the form, the receipt and the thread, without account, script or cookie."""

from django.urls import URLPattern

from records.web.report import urls

app_name = "report"
urlpatterns: list[URLPattern] = [*urls.urlpatterns]
