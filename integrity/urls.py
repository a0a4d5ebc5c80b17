"""Where each face of the portal hangs."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from integrity import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("disclosure.api.urls")),
    path("api/v1/", include("exchange.api.urls")),
    path("api/v1/", include("records.api.urls")),
    path("accounts/", include("accounts.urls")),
    path("staff/", include("accounts.staff_urls")),
    path("staff/rules/", include("rules.urls")),
    path("staff/exchange/", include("exchange.urls")),
    path("staff/commitments/", include("records.web.commitments.urls")),
    path("staff/duties/", include("records.web.duties.urls")),
    path("staff/objections/", include("records.web.objections.urls")),
    path("staff/repairs/", include("records.web.repairs.urls")),
    path("staff/complaints/", include("records.web.complaints.urls")),
    path("staff/custody/", include("records.web.custody.urls")),
    path("staff/archives/", include("records.web.archives.urls")),
    path("staff/notifications/", include("records.web.notifications.urls")),
    path("staff/", include("records.urls")),
    path("complaints/", include("records.web.complaints.public_urls")),
    path("admin/", admin.site.urls),
    path("", include("disclosure.urls")),
]

handler400 = "integrity.errors.bad_request"
handler403 = "integrity.errors.forbidden"
handler404 = "integrity.errors.not_found"
handler500 = "integrity.errors.server_error"
