"""The list of public documents with its filters, all of them in the address."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from disclosure import answers, reading
from disclosure.search import codes as unit_codes
from disclosure.search import criteria, listing
from disclosure.search.criteria import Criteria
from disclosure.web import codes, facets, rendering, shown
from ledger.refusals import Invalid
from rules import clock

SIZE = 20
SORTS = (("newest", _("最近公示")), ("soonest", _("最先到期")))


@dataclass(frozen=True)
class Found:
    """One page of the list and what stands around it."""

    wanted: Criteria
    rows: list[listing.Row]
    has_more: bool
    tally: listing.Tally
    known: unit_codes.Former


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what matches; parameters of other names are ignored, values that cannot be are named."""
    given, today = request.GET.dict(), clock.local_day(clock.now())
    with reading.reader() as alias:
        tag = rendering.tag_of(request, alias)
        if same := rendering.unchanged(request, tag):
            return same
        try:
            wanted = criteria.read(given)
            wanted = wanted if wanted.kind else replace(wanted, kind=criteria.RECORDS)
            after = answers.open_place(given["cursor"], wanted) if given.get("cursor") else None
        except Invalid as refusal:
            told = {"current": "search", "problem": refusal.message, "q": given.get("q", "")[: criteria.LONGEST_QUERY]}
            return rendering.page(
                request, "public/search.html", told, alias=alias, status=400, robots=rendering.NOINDEX
            )
        known = unit_codes.former(alias)
        rows, has_more = listing.page(wanted, after=after, limit=SIZE, today=today, alias=alias, known=known)
        tally = listing.tally(wanted, today=today, alias=alias, known=known)
        context = _context(Found(wanted, rows, has_more, tally, known), after is not None, today, alias)
        return rendering.page(request, "public/search.html", context, alias=alias, tag=tag, robots=rendering.NOINDEX)


def _context(found: Found, is_later: bool, today: date, alias: str) -> dict[str, Any]:
    wanted, words = found.wanted, codes.words(alias)
    units = facets.units(wanted, found.tally, alias, found.known)
    return {
        "current": "search",
        "q": wanted.q,
        "wanted": wanted,
        "items": shown.items([row.body for row in found.rows], terms=wanted.terms, today=today),
        "count": shown.count_words(found.tally.count, found.tally.is_exact),
        "tally": found.tally,
        "facets": facets.of(wanted, found.tally, words, units),
        "lists": facets.lists(wanted),
        "of_promises": wanted.kind == criteria.PROMISES,
        "of_notices": wanted.kind == criteria.NOTICES,
        "conditions": facets.conditions(wanted, words, units),
        "hidden": {name: value for name, value in wanted.given.items() if name != "q"},
        "sorts": [
            {"label": label, "url": facets.address(wanted, sort=sort), "is_current": wanted.sort == sort}
            for sort, label in SORTS
        ],
        "next_cursor": answers.seal_place(found.rows[-1].key, wanted) if found.has_more else "",
        "first_url": facets.address(wanted) if is_later else "",
        "json_url": f"{reverse('public_api:documents')}?{urlencode({**wanted.given, 'kind': wanted.kind})}",
    }
