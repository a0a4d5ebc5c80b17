"""Addresses under /staff/commitments/."""

from django.urls import URLPattern, path

from records.web.commitments.details import WriteDetails

app_name = "commitments"
urlpatterns: list[URLPattern] = [
    path("<uuid:pk>/details/<slug:form>/", WriteDetails.as_view(), name="details"),
]
