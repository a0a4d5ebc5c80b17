"""Addresses of the open API; their names are a contract."""

from django.urls import path

from disclosure.api import export, views

app_name = "public_api"
urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/export/", export.Export.as_view(), name="export"),
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("documents/<uuid:document_id>/proof/", views.document_proof, name="document_proof"),
    path("heads/", views.heads, name="heads"),
    path("heads/consistency/", views.consistency, name="consistency"),
    path("changes/", views.changes, name="changes"),
]
