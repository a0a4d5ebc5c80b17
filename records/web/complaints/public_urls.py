"""Addresses under /complaints/: the form, the receipt and the thread, without account, script or cookie."""

from django.urls import URLPattern

app_name = "report"
urlpatterns: list[URLPattern] = []
