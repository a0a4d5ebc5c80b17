"""Addresses under /staff/objections/."""

from django.urls import URLPattern

app_name = "objections"
urlpatterns: list[URLPattern] = []
