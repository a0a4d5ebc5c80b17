"""Light, dark and large type: two cookies from a plain form, no session."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

YEAR = 365 * 24 * 60 * 60
KNOWN = {"theme": ("light", "dark"), "type": ("large", "normal")}


@require_safe
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the wish in a cookie and go back to the page it came from; an address elsewhere leads to the front page."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, values in KNOWN.items():
        wish = request.GET.get(name)
        if wish == "normal":
            response.delete_cookie(name, samesite="Lax")
        elif wish in values:
            response.set_cookie(name, wish, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    response["Cache-Control"] = "no-store"
    return response
