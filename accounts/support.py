"""The support site at /admin/: tables of settings and running, to look at; nothing can be changed there.

Django's permissions and its superuser are not consulted: the access policy opens the site, and every change of the portal
is an act of a service.
"""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import policy

LEFT_OUT = ("login", "logout", "password_change", "password_change_done", "autocomplete", "view_on_site", None)


class SupportSite(admin.AdminSite):
    """Django's admin site behind the access policy."""

    site_header = _("政务诚信档案平台 · 技术支持")
    site_title = _("技术支持")
    index_title = _("只读的配置与运行数据")
    site_url = "/staff/"
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """This will leave out sign-in, sign-out and passwords: they are the portal's own, and acts in its log."""
        return [entry for entry in super().get_urls() if getattr(entry, "name", "") not in LEFT_OUT]

    def has_permission(self, request: HttpRequest) -> bool:
        """This will ask the policy, for the row of this site."""
        return policy.allows(user=request.user, name="admin:index", now=timezone.now()).allowed  # type: ignore[arg-type]


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for the type checker only
    """A table to look at."""

    actions = None
    list_display_links = None
    list_per_page = 50
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        """This will leave the list alone: there is nothing to open, add, change or delete."""
        return [entry for entry in super().get_urls() if str(entry.name).endswith("_changelist")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """This will list the room: who is here may look."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """This will show the table: who is here may look."""
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """This will refuse: rows are made by services."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """This will refuse: rows are changed by services."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """This will refuse: rows end, they are not deleted."""
        return False
