"""Pages that explain: open data, the words used here, how to use the site without sight, mouse or script."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from disclosure import reading
from disclosure.web import rendering


def _plain(request: HttpRequest, template: str, current: str) -> HttpResponse:
    with reading.reader() as alias:
        tag = rendering.tag_of(request, alias)
        if same := rendering.unchanged(request, tag):
            return same
        return rendering.page(request, template, {"current": current}, alias=alias, tag=tag, robots="noarchive")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what is given away, in which form, and what one owes who takes it."""
    return _plain(request, "public/about.html", "about")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Explain the official words."""
    return _plain(request, "public/terms.html", "about")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works how, and what does not."""
    return _plain(request, "public/accessibility.html", "about")
