"""The public front page, and the list of everything that became, changed or ceased to be public."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import charts as bar_charts
from disclosure import reading
from disclosure.search import listing
from disclosure.search.criteria import PROMISES, RECORDS, Criteria
from disclosure.search.listing import Tally
from disclosure.web import charts, codes, rendering, shown, turns
from rules import clock

LATEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the question, the box, what is public now, and what is not here."""
    today = clock.local_day(clock.now())
    with reading.reader() as alias:
        tag = rendering.tag_of(request, alias)
        if same := rendering.unchanged(request, tag):
            return same
        all_of_it = Criteria(kind=RECORDS)
        tally = listing.tally(all_of_it, today=today, alias=alias)
        rows, _more = listing.page(all_of_it, after=None, limit=LATEST, today=today, alias=alias)
        promises, _more = listing.page(Criteria(kind=PROMISES), after=None, limit=LATEST, today=today, alias=alias)
        words = codes.words(alias)
        context = {
            "current": "home",
            "figures": _figures(tally, today, alias),
            "turns": charts.turns(today=today, alias=alias),
            "kinds": _kinds(tally, words),
            "latest": shown.items([row.body for row in rows], today=today),
            "promises": shown.items([row.body for row in promises], today=today),
            "promises_url": f"{reverse('public:search')}?kind={PROMISES}",
            "total": shown.count_words(tally.count, tally.is_exact),
            "news": turns.latest(LATEST, kinds=turns.NEWS, today=today, alias=alias),
        }
        return rendering.page(request, "public/home.html", context, alias=alias, tag=tag, robots="noarchive")


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """List what was published, marked, corrected and ended, newest first; of what ended only when and why."""
    today = clock.local_day(clock.now())
    with reading.reader() as alias:
        tag = rendering.tag_of(request, alias)
        if same := rendering.unchanged(request, tag):
            return same
        page = turns.page(request.GET.get("cursor", ""), today=today, alias=alias)
        context = {"current": "search", "page": page, "first_url": reverse("public:changes") if page.is_later else ""}
        return rendering.page(request, "public/changes.html", context, alias=alias, tag=tag, robots=rendering.NOINDEX)


def _figures(tally: Tally, today: date, alias: str) -> list[dict[str, Any]]:
    """At most four numbers, each with the rows that make it."""
    severity = tally.parts.get("severity", {})
    note = _("一般 %(general)d，严重 %(serious)d") if tally.is_exact else _("数到上限为止，未逐条点清")
    told = (
        note % {"general": severity.get("general", 0), "serious": severity.get("serious", 0)}
        if tally.is_exact
        else note
    )
    base = reverse("public:search")
    figures = [
        {"label": _("失信记录"), "value": shown.count_words(tally.count, tally.is_exact), "url": base, "note": told}
    ]
    for status, label, remark in (
        ("marked", _("正在处理异议"), _("内容已作标注")),
        ("soon", _("30 天内到期"), _("到期当日 24 时撤下")),
        ("corrected", _("更正过内容"), _("页上写明更正了什么")),
    ):
        count = _part(tally, status, today, alias)
        figures.append({"label": label, "value": count, "url": f"{base}?status={status}", "note": remark})
    return figures


def _part(tally: Tally, status: str, today: date, alias: str) -> str:
    if tally.is_exact:
        return shown.count_words(tally.parts["status"].get(status, 0), is_exact=True)
    part = listing.tally(replace(Criteria(kind=RECORDS), status=status), today=today, alias=alias)
    return shown.count_words(part.count, part.is_exact)


def _kinds(tally: Tally, words: dict[str, dict[str, str]]) -> dict[str, Any] | None:
    """What the shown records are about; left out where the count is not exact or there is nothing to compare."""
    rows: Sequence[tuple[str, list[int]]] = charts.by_kind(tally.parts.get("source_type", {}), words["source_type"])
    if len(rows) < 2:
        return None
    say = _("现在公示的记录里，最多的一类是“%(kind)s”，%(n)d 条。") % {"kind": rows[0][0], "n": rows[0][1][0]}
    return bar_charts.bars(
        title=_("现在公示的是哪些事"),
        say=say,
        label=_("公示中的失信记录，按类型"),
        of=_("类型"),
        legend=[_("条数")],
        rows=rows,
    )
