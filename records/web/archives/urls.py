"""Addresses under /staff/archives/."""

from django.urls import URLPattern

app_name = "archives"
urlpatterns: list[URLPattern] = []
