"""Addresses under /staff/custody/."""

from django.urls import path

from records.web.custody import acts, pages

app_name = "custody"
urlpatterns = [
    path("", pages.RequestList.as_view(), name="list"),
    path("key/", pages.KeyPage.as_view(), name="key"),
    path("ask/<uuid:pk>/", acts.AskForIdentity.as_view(), name="ask"),
    path("ask/<uuid:pk>/<uuid:item>/", acts.AskForOriginal.as_view(), name="ask_original"),
    path("<uuid:pk>/", pages.RequestPage.as_view(), name="request"),
    path("<uuid:pk>/release/", acts.Release.as_view(), name="release"),
    path("<uuid:pk>/refuse/", acts.RefuseRelease.as_view(), name="refuse"),
    path("<uuid:pk>/view/", acts.ViewIdentity.as_view(), name="view"),
    path("<uuid:pk>/original/", acts.DownloadOriginal.as_view(), name="original"),
]
