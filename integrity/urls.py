"""Where each face of the portal hangs."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from integrity import health

FACES = [
    ("accounts/", "accounts.urls"),
    ("staff/", "accounts.staff_urls"),
    ("staff/rules/", "rules.urls"),
    ("staff/exchange/", "exchange.urls"),
    ("staff/", "records.urls"),
    ("api/v1/", "accounts.api.urls"),
    ("api/v1/", "records.api.urls"),
    ("api/v1/", "disclosure.api.urls"),
    ("api/v1/", "exchange.api.urls"),
    ("", "disclosure.urls"),
]


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    *(path(place, include(module)) for place, module in FACES if _exists(module)),
]

handler400 = "integrity.errors.bad_request"
handler403 = "integrity.errors.forbidden"
handler404 = "integrity.errors.not_found"
handler500 = "integrity.errors.server_error"
