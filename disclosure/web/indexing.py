"""What search engines may take in: explaining pages, units, and documents of units by class, while they are shown."""

from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape

from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from disclosure import reading
from disclosure.web import documents, rendering
from rules import clock

MOST = 50_000  # what one sitemap may hold, by its standard
CLOSED = ("/staff/", "/accounts/", "/admin/", "/api/", "/search/", "/verify/", "/changes/", "/appearance/")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say where no robot need look, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('public:sitemap'))}")
    return rendering.stamped(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"), "")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Name one part for each month in which something now shown began, and one for the pages that stay."""
    with reading.reader() as alias:
        months = _months(clock.local_day(clock.now()), alias)
    parts = [0, *(month.year * 100 + month.month for month in months)]
    places = (request.build_absolute_uri(reverse("public:sitemap_part", args=[part])) for part in parts)
    rows = "".join(f"<sitemap><loc>{escape(place)}</loc></sitemap>" for place in places)
    return _xml(f'{HEAD}<sitemapindex xmlns="{SPACE}">{rows}</sitemapindex>')


@require_safe
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """List the shown documents that began in one month (``202605``), or the pages that stay (``0``)."""
    if part == 0:
        names = ("home", "departments", "about", "terms", "accessibility")
        return _urls(request, ((reverse(f"public:{name}"), None) for name in names))
    year, month = divmod(part, 100)
    if not (1949 <= year <= 9998 and 1 <= month <= 12):
        raise Http404
    first, following = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    with reading.reader():
        rows = (
            reading.visible(on=clock.now())
            .filter(
                visible_from__gte=first, visible_from__lt=following, is_person=False, severity__in=documents.INDEXED
            )
            .order_by("-visible_from", "-id")
            .values_list("id", "visible_from", "marked_on", "corrected_on")[:MOST]
        )
        listed = [(reverse("public:document", args=[row[0]]), max(day for day in row[1:] if day)) for row in rows]
    return _urls(request, listed)


def _months(today: date, alias: str) -> list[date]:
    """From the oldest to the newest first day now shown, newest first; both ends come from the index."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT min(visible_from), max(visible_from) FROM disclosure_shown"
            " WHERE visible_from <= %s AND visible_until >= %s", [today, today],
        )  # fmt: skip
        oldest, newest = cursor.fetchone()
    if oldest is None:
        return []
    span = range(oldest.year * 12 + oldest.month - 1, newest.year * 12 + newest.month)
    return [date(at // 12, at % 12 + 1, 1) for at in reversed(span)]


def _urls(request: HttpRequest, places: Iterable[tuple[str, date | None]]) -> HttpResponse:
    rows = (
        f"<url><loc>{escape(request.build_absolute_uri(place))}</loc>"
        + (f"<lastmod>{changed.isoformat()}</lastmod>" if changed else "")
        + "</url>"
        for place, changed in places
    )
    return _xml(f'{HEAD}<urlset xmlns="{SPACE}">{"".join(rows)}</urlset>')


def _xml(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return rendering.stamped(response, "")
