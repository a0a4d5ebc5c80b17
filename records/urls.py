"""Addresses of the casework's staff pages."""

from records.web.urls import app_name, urlpatterns

__all__ = ["app_name", "urlpatterns"]
